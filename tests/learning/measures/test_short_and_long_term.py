"""M1, M3, M4, M11: people."""

from dataclasses import replace
from datetime import timedelta

from learning.measures.bar import Bar
from learning.measures.long_term import long_term
from learning.measures.obstacles import obstacles
from learning.measures.response import Response, response
from learning.measures.rows import Change, Obstacle, Prompt
from learning.measures.short_term import short_term
from tests.learning.measures.build import DAY, END, follow_up, reflection, rows, takeaway


def test_response_counts_the_silent_in_its_base_and_the_cancelled_not():
    outcomes = ["answered"] * 7 + ["left"] * 2 + ["silent"] * 2 + ["cancelled"] + [""]
    found = rows([], prompts=[Prompt(person=person, wave="t0", due_at=END, outcome=outcome) for person, outcome in enumerate(outcomes)])

    assert response(found, "t0") == Response(7, 11, (("left", 2), ("silent", 2)), 1)


def test_response_of_nobody_is_none_of_none():
    assert response(rows([]), "t0") == Response(0, 0, (), 0)


def test_short_term_counts_who_got_something_and_will_use_it():
    people = range(11)
    answered = [reflection(person, gave=2) for person in range(7)]
    things = [takeaway(person, will_use=1, has_plan=person == 0) for person in range(6)] + [takeaway(6, will_use=0)]
    found = short_term(rows(people, reflections=answered, takeaways=things))

    assert (found.there, found.value, found.gave, found.live, found.plan, found.cost) == (
        11,
        Bar(6, 1),
        Bar(7, 0),
        Bar(6, 1),
        Bar(1, 6),
        Bar(0, 7),
    )


def test_short_term_needs_both_halves_at_the_same_activity():
    found = rows(
        ["ana"],
        activities=("C4", "C5"),
        reflections=[reflection("ana", "C4", gave=2), reflection("ana", "C5", gave=-1)],
        takeaways=[takeaway("ana", activity="C5", will_use=2)],
    )

    assert short_term(found).value == Bar(0, 1)
    assert (short_term(found).gave, short_term(found).live, short_term(found).cost) == (Bar(1), Bar(1), Bar(1))


def test_short_term_does_not_guess_a_skipped_tap():
    things = [takeaway("ana", will_use=2), takeaway("bo", will_use=0)]
    found = rows(["ana", "bo"], reflections=[reflection("ana"), reflection("bo")], takeaways=things)

    assert short_term(found).value == Bar(0, 1, 1)


def test_short_term_takes_the_last_answer_and_none_after_thirty_days():
    said = [reflection("ana", days=0, gave=0), reflection("ana", days=3, gave=2), reflection("ana", days=4), reflection("bo", days=31, gave=2)]
    found = rows(["ana", "bo"], reflections=said, takeaways=[takeaway("ana", will_use=1)])

    assert short_term(found).value == Bar(1, 0)


def test_short_term_ignores_who_was_not_there():
    assert short_term(rows(["ana"], reflections=[reflection("guest", gave=2)])).value == Bar()


def project():
    things = {person: takeaway(person, will_use=1) for person in ("yes", "tried", "felt", "stuck", "silent", "unsure")}
    said = [
        follow_up(things["yes"], "m3", "other", "no", evidence=2),
        follow_up(things["tried"], "m3", "tried"),
        follow_up(things["felt"], "m3", "tried", "team", evidence=3),
        follow_up(things["stuck"], "m3", "none_yet"),
        follow_up(things["unsure"], "m3", "unsure"),
    ]
    people = [*things, "empty"]
    return rows(people, reflections=[reflection(person) for person in people], takeaways=things.values(), follow_ups=said)


def test_long_term_is_a_three_part_bar_over_everybody_who_answered_at_once():
    found = long_term(project(), "m3")

    assert (found.value, found.applied, found.realised, found.evidence) == (Bar(2, 2, 3), Bar(3, 2, 2), Bar(1, 3, 3), (0, 0, 1, 1))


def test_long_term_counts_a_person_as_no_only_when_every_thing_was_observed():
    things = [takeaway("ana", number, will_use=1) for number in range(2)]
    found = rows(["ana"], reflections=[reflection("ana")], takeaways=things, follow_ups=[follow_up(things[0], "m3", "none_yet")])

    assert long_term(found, "m3").value == Bar(0, 0, 1)


def test_long_term_carries_nothing_forward_and_waits_for_the_window_to_close():
    thing = takeaway("ana", will_use=1)
    said = [follow_up(thing, "m3", "in_use")]
    late = rows(["ana"], reflections=[reflection("ana")], takeaways=[thing], follow_ups=said)
    early = rows(["ana"], now=END + 119 * DAY, reflections=[reflection("ana")], takeaways=[thing], follow_ups=said)

    assert (long_term(late, "m12").value, long_term(early, "m3").value) == (Bar(0, 0, 1), Bar())


def test_long_term_takes_what_was_said_unasked_while_the_wave_was_open():
    thing = takeaway("ana", will_use=1)
    unasked = follow_up(thing, "any", "in_use")
    inside, outside = (replace(unasked, observed_at=END + timedelta(days=days)) for days in (100, 140))

    assert [
        long_term(rows(["ana"], reflections=[reflection("ana")], takeaways=[thing], follow_ups=[said]), "m3").value for said in (inside, outside)
    ] == [Bar(1), Bar(0, 0, 1)]


def test_long_term_counts_a_changed_goal_as_transformative():
    changes = [Change(person="ana", wave="m12", changed="changed"), Change(person="bo", wave="m12", changed="look")]
    found = rows(["ana", "bo", "cy"], reflections=[reflection(person) for person in ("ana", "bo", "cy")], changes=changes)

    assert long_term(found, "m12").changed == Bar(1, 1, 1)


def test_obstacles_are_counted_of_those_known_to_have_applied_nothing():
    found = project()
    said = [Obstacle(person="stuck", wave="m3", codes=frozenset({"time"})), Obstacle(person="yes", wave="m3", codes=frozenset({"money"}))]
    bars = dict(obstacles(type(found)(**{**vars(found), "obstacles": tuple(said)}), "m3"))

    assert (bars["time"], bars["money"]) == (Bar(1, 0, 1), Bar(0, 1, 1))
