"""M5, M5b, M6, M6b, M7, M7b, M7c, M8: takeaways."""

from fractions import Fraction
from itertools import combinations

import pytest

from learning.measures.bar import Bar
from learning.measures.between_partners import between_partners, joined
from learning.measures.breadth import breadth
from learning.measures.carried_over import carried
from learning.measures.change import change
from learning.measures.difference import Difference, difference
from learning.measures.kinds import KINDS, by_kind, profiles
from learning.measures.late_value import late_value
from learning.measures.life_table import life_table, survival_steps
from learning.measures.only_one import only_one
from tests.learning.measures.build import follow_up, kinds, rows, takeaway

FIVE = [kinds("what", "why"), kinds("how"), kinds("how", "who"), kinds("why", "how"), kinds("who", "me")]


def of_kinds(each):
    return [takeaway(person, kinds=own) for person, own in enumerate(each)]


def test_carried_over_of_twenty_with_nine_silent():
    things = [takeaway(number, will_use=1) for number in range(20)]
    said = [follow_up(thing, "m3", "tried" if number < 7 else "none_yet") for number, thing in enumerate(things[:11])]
    found = carried(rows(range(20), takeaways=things, follow_ups=said), "m3")

    assert (found, found.share, found.bounds) == (Bar(7, 4, 9), Fraction(7, 11), (Fraction(7, 20), Fraction(16, 20)))


def test_carried_over_is_about_live_things_named_at_once():
    things = [takeaway("ana", 0, will_use=0), takeaway("ana", 1), takeaway("ana", 2, will_use=1, days=31)]
    assert carried(rows(["ana"], takeaways=things), "m3") == Bar()


def test_carried_over_takes_stopped_for_applied_and_cannot_say_for_not_observed():
    things = [takeaway("ana", number, will_use=1) for number in range(3)]
    said = [follow_up(things[0], "m3", "stopped"), follow_up(things[1], "m3", "unsure"), follow_up(things[2], "m3", "unsure", "team")]
    assert carried(rows(["ana"], takeaways=things, follow_ups=said), "m3") == Bar(2, 0, 1)


def test_late_value_counts_what_came_after_thirty_days():
    things = [takeaway("ana", number, days=40 if number < 3 else 1) for number in range(12)]
    said = [follow_up(thing, "m12", "in_use" if number < 10 else "stopped", "no") for number, thing in enumerate(things)]
    assert late_value(rows(["ana"], takeaways=things, follow_ups=said)) == (3, 10)


def test_change_counts_only_pairs_observed_twice():
    moves = [("none_yet", "tried"), ("in_use", "other"), ("in_use", "stopped"), ("stopped", "in_use"), ("tried", "unsure"), ("in_use", None)]
    things = [takeaway("ana", number) for number in range(len(moves))]
    said = [
        follow_up(thing, wave, state)
        for thing, move in zip(things, moves, strict=True)
        for wave, state in zip(("m3", "m12"), move, strict=True)
        if state
    ]
    found = change(rows(["ana"], takeaways=things, follow_ups=said), "m3", "m12")

    assert (found.up, found.same, found.down, found.staying, sum(count for _, count in found.table)) == (2, 1, 1, (1, 2), 4)


def test_life_table_steps():
    assert [round(float(step), 2) for step in survival_steps([(16, 5), (9, 4), (4, 1)])] == [0.31, 0.62, 0.71]


def test_life_table_refuses_more_applied_than_at_risk():
    with pytest.raises(ValueError, match="3 of 2"):
        survival_steps([(2, 3)])


def sixteen():
    """(16, 5) (9, 4) (4, 1) of twenty: two leave after each wave, one more is never heard of."""
    lives = [("tried",)] * 5 + [("none_yet", "tried")] * 4 + [("none_yet", "none_yet", "in_use")] + [("none_yet",) * 3] * 3
    lives += [("none_yet",)] * 2 + [("none_yet", "none_yet")] * 1 + [()] * 4
    things = [takeaway(number % 5, number, will_use=1) for number in range(len(lives))]
    said = [
        follow_up(thing, wave, state)
        for thing, life in zip(things, lives, strict=True)
        for wave, state in zip(("w2", "m3", "m12"), life, strict=False)
    ]
    return rows(range(5), takeaways=things, follow_ups=said)


def test_life_table_of_five_people():
    steps = life_table(sixteen())

    assert [(step.at_risk, step.applied) for step in steps] == [(16, 5), (9, 4), (4, 1)]
    assert [step.bounds for step in steps] == [
        (Fraction(5, 20), Fraction(9, 20)),
        (Fraction(9, 20), Fraction(15, 20)),
        (Fraction(10, 20), Fraction(17, 20)),
    ]


def test_life_table_needs_five_people_and_ten_things():
    found = sixteen()
    assert life_table(found.of(range(4))) is None
    assert life_table(rows(range(9), takeaways=[takeaway(number, will_use=1) for number in range(9)])) is None


def test_life_table_learns_from_a_later_answer_about_an_earlier_wave():
    """Taking each wave's answers alone would say: all applied after two weeks."""
    things = [takeaway(number, will_use=1) for number in range(20)]
    said = [follow_up(thing, "w2", "tried") for thing in things[:10]] + [follow_up(thing, "m3", "none_yet") for thing in things[10:]]
    steps = life_table(rows(range(20), takeaways=things, follow_ups=said))

    assert [step.estimate for step in steps[:2]] == [Fraction(1, 2), Fraction(1, 2)]
    assert steps[0].bounds == (Fraction(1, 2), Fraction(1, 2))


@pytest.mark.parametrize(
    ("each", "expected"),
    [([kinds("how")] * 5, 0), ([kinds(kind) for kind in KINDS[:5]], 1), (FIVE, Fraction(425, 1000))],
)
def test_difference_between_five_people(each, expected):
    assert difference(of_kinds(each)) == Difference(5, 10, expected)


def test_difference_is_not_given_for_two_people_nor_across_activities():
    apart = [takeaway(person, activity=f"C{person}", kinds=kinds("what")) for person in range(3)]
    assert [difference(of_kinds(FIVE[:2])), difference(apart), difference([])] == [Difference(0, 0, None)] * 3


def test_difference_is_the_mean_over_all_pairs():
    people = list(profiles(of_kinds(FIVE)).values())
    pairs = [sum((one.get(kind, 0) - other.get(kind, 0)) ** 2 for kind in KINDS) / 2 for one, other in combinations(people, 2)]
    assert difference(of_kinds(FIVE)).value == sum(pairs) / len(pairs)


def test_a_profile_is_the_mean_of_a_persons_coded_things():
    things = [takeaway("ana", 0, kinds=kinds("what", "why")), takeaway("ana", 1, kinds=kinds("what")), takeaway("ana", 2)]
    assert profiles(things)["ana"]["what"] == Fraction(3, 4)
    assert dict(by_kind(things)[0])["what"] == Fraction(3, 2)
    assert by_kind(things)[1] == 1


def test_breadth_of_five_people():
    found = breadth(of_kinds(FIVE))
    assert (found.n, round(float(found.value), 2)) == (5, 3.85)
    assert (breadth([]).value, breadth(of_kinds([kinds("me")])).value, breadth(of_kinds([kinds(kind) for kind in KINDS])).value) == (None, 1, 6)


def test_only_one_follows_links_over_several_steps():
    first = takeaway("ana", 1)
    second = takeaway("bo", 1, taken_from=first.id)
    third = takeaway("cy", 1, taken_from=second.id)
    own = takeaway("ana", 2, taken_from=first.id)
    alone = [takeaway("dan", 1), takeaway("eve", 1, taken_from=("takeaway", "gone", "C4", 0))]

    assert only_one([third, first, *alone, second, own]) == (tuple(row.id for row in alone), 6)


def test_only_one_is_not_somebody_taking_from_themselves_and_does_not_run_in_circles():
    first, second = takeaway("ana", 1, taken_from=("takeaway", "ana", "C4", 2)), takeaway("ana", 2, taken_from=("takeaway", "ana", "C4", 1))
    assert only_one([first, second])[1] == 2
    assert set(only_one([first, second])[0]) == {first.id, second.id}


def test_between_partners_counts_per_source_and_leaves_out_ones_own():
    things = [
        takeaway("ana", 0, partner="A", source_partners=frozenset("B")),
        takeaway("ana", 1, partner="A", source_partners=frozenset("BC")),
        takeaway("bo", 0, partner="B", source_partners=frozenset("BX")),
    ]
    found = between_partners(rows([], takeaways=things, follow_ups=[follow_up(things[1], "m3", "stopped")]), frozenset("ABC"))

    assert dict(found.taken) == {("B", "A"): 2, ("C", "A"): 1}
    assert dict(found.applied) == {("B", "A"): 1, ("C", "A"): 1}
    assert found.breadth == Fraction(2, 6)


def test_between_partners_of_parts_joined_is_that_of_the_whole():
    partners = frozenset("ABC")
    things = [takeaway(f"p{place}", partner="ABC"[place % 3], source_partners=frozenset("ABCX"[place % 4] + "CAB"[place % 3])) for place in range(24)]
    said = [follow_up(thing, "m3", ("in_use", "none_yet")[place % 2]) for place, thing in enumerate(things)]
    whole = rows([], takeaways=things, follow_ups=said)
    parts = [rows([], takeaways=things[at : at + 5], follow_ups=said[at : at + 5]) for at in range(0, 24, 5)]

    assert joined([between_partners(part, partners) for part in parts], partners) == between_partners(whole, partners)
    assert between_partners(whole, partners).breadth not in (0, 1)
