"""What is shown, from how many on, and why not."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from learning.disclosure import Hidden, cards, project_figures, release, said, shared, shared_by_activity
from learning.disclosure.cover import threshold
from learning.measures.bar import Bar
from learning.measures.kinds import KINDS
from learning.measures.rows import Prompt, Reach
from tests.learning.measures.build import END, LONG_AFTER, follow_up, kinds, people_there, random_project, reflection, rows, takeaway

OPEN = {"reach": Reach.PARTNERS, "widest": Reach.PARTNERS}
TICKED = {"counts_when_few": True}
SECRET = b"secret"


def answered(people, **how):
    """Everybody got something and will use it."""
    said = [reflection(person, gave=2, **how) for person in people]
    return said, [takeaway(person, will_use=1, **how) for person in people]


def project(*groups, there=12):
    """Groups of (people, did it give them something, how they stand)."""
    said, things = [], []
    for people, gave, how in groups:
        said += [reflection(person, gave=2 if gave else 0, **how) for person in people]
        things += [takeaway(person, will_use=1, **how) for person in people]
    return rows(range(there), reflections=said, takeaways=things)


def two_each(gave_two_hours_later=0):
    """A moment of release at which two on each side are enough."""
    found = project((range(3), True, OPEN), (range(3, 5), True, {}), (range(5, 7), False, {}))
    for hours in range(100):
        if threshold(SECRET, "M3.value", "t0", (LONG_AFTER + timedelta(hours=hours)).isoformat(), "3", "4", "5", "6") == 2:
            return replace(found, now=LONG_AFTER + timedelta(hours=hours + gave_two_hours_later))
    raise AssertionError


def value(found, history=()):
    return project_figures([release(found, history, SECRET)])["M3.value", "t0"]


def test_shared_figures_need_three_people():
    two, three = (shared(project((range(number), True, TICKED)))["gave"] for number in (2, 3))

    assert (two.hidden, two.value, two.n, two.base) == (Hidden.PROTECTED, None, None, None)
    assert (three.hidden, three.value, three.n, three.base) == (None, (("a_lot", 3),), 3, 12)


def test_shared_figures_fold_cost_into_little_or_less():
    found = rows("abc", reflections=[reflection(person, gave=gave, **TICKED) for person, gave in zip("abc", (-1, 0, 1), strict=True)])
    assert shared(found)["gave"].value == (("little", 2), ("something", 1))


def test_shared_figures_take_only_what_was_shared():
    said, things = answered("abc", **OPEN)
    private = takeaway("a", 1, will_use=0)
    assert shared(rows("abc", reflections=said, takeaways=[*things, private]))["will_use"].value == ((1, 3),)


def test_nothing_shared_is_not_hidden_to_protect():
    assert shared(rows("abcdef"))["gave"].hidden == Hidden.NO_DATA


def test_response_is_a_count_from_three_asked():
    asked = [Prompt(person=person, wave="t0", due_at=END, outcome="answered") for person in range(3)]
    assert shared(rows(range(3), prompts=asked))["M1.t0"].base == 3
    assert shared(rows(range(3), prompts=asked[:2]))["M1.t0"].hidden == Hidden.PROTECTED
    assert shared(rows(range(3), prompts=asked[:2]))["M1.w2"].hidden == Hidden.NOT_YET


@pytest.mark.parametrize(("people", "bar"), [(4, None), (5, Bar(5))])
def test_project_figures_need_five_people(people, bar):
    figure = value(project((range(people), True, OPEN)))
    assert (figure.bar, figure.hidden) == (bar, None if bar else Hidden.PROTECTED)


def test_hidden_people_without_cover_are_left_out_and_it_says_so():
    figure = value(project((range(5), True, OPEN), (range(5, 9), True, {}), ([9], False, {})))
    assert (figure.bar, figure.n, figure.base, figure.left_out) == (Bar(5), 5, 10, 5)


def test_hidden_people_with_cover_are_counted():
    figure = value(two_each())
    assert (figure.bar, figure.n, figure.left_out) == (Bar(5, 2), 7, 0)


def test_who_is_known_to_some_is_counted_under_cover_but_gives_none():
    some = {"reach": Reach.SOME, "widest": Reach.SOME}
    once = {"widest": Reach.PARTNERS}
    for how in (some, once):
        assert value(project((range(3), True, OPEN), (range(3, 5), True, how), (range(5, 7), False, {}))).hidden == Hidden.PROTECTED


def test_those_let_in_stay_as_they_were():
    before = two_each()
    first = release(before, (), SECRET)
    after = project((range(4), True, OPEN), ([4], False, {}), (range(5, 7), True, {}))

    assert project_figures([first, release(replace(after, now=before.now + timedelta(hours=1)), [first], SECRET)])["M3.value", "t0"].bar == Bar(5, 2)


def test_who_is_left_out_by_choice_is_in_no_figure():
    found = project((range(6), True, OPEN))
    figure = value(replace(found, left_out=frozenset([0])))
    assert (figure.n, figure.base, shared(replace(found, left_out=frozenset([0])))["gave"].n) == (5, 5, 5)


def test_cost_is_counted_only_of_those_who_shared_it():
    ticked, read = (project_figures([release(project((range(6), True, how)), (), SECRET)])["M3.cost", "t0"] for how in (TICKED, OPEN))
    assert (ticked.hidden, read.bar) == (Hidden.PROTECTED, Bar(0, 6))


def test_a_wave_that_is_not_over_has_not_been_asked():
    found = replace(project((range(6), True, OPEN)), now=END + timedelta(days=40))
    figures = project_figures([release(found, (), SECRET)])
    assert (figures["M3.value", "t0"].bar, figures["M4.value", "m3"].hidden, project_figures([])) == (Bar(6), Hidden.NOT_YET, {})


def test_small_figures_have_no_percentages_and_say_what_they_hide():
    figure = value(project((range(6), True, OPEN)))
    assert (figure.share, figure.interval, figure.between, figure.sentence) == (None, None, (6, 6), "M3.value")
    assert value(project((range(3), True, OPEN))).sentence == "hidden.protected"


def test_cards_are_exact_however_few():
    thing = takeaway("ana", will_use=1, kinds=(("how", 1),))
    found = cards(rows("ab", takeaways=[thing, takeaway("bo")], follow_ups=[follow_up(thing, "m3", "tried", evidence=1)]))
    assert (found["state"].value, found["state"].evidence, found["M7c"].n) == ((("tried", 1), ("unknown", 1)), (0, 1, 0, 0), 2)


@pytest.mark.parametrize("seed", range(20))
def test_what_was_said_is_as_among_all_shared_figures_in_all_and_at_each_activity(seed):
    found, chance = random_project(seed, standings=("open", "ticked", "closed"))[0], random.Random(seed)
    found = replace(found, takeaways=tuple(replace(row, kinds=kinds(*chance.sample(KINDS, 2))) for row in found.takeaways))
    whole, at_each = said(found, people_there(found))

    assert whole == {name: figure for name, figure in shared(found).items() if name != "M2" and not name.startswith("M1")}
    assert at_each == {activity: {name: of[name] for name in ("kinds", "M7")} for activity, of in shared_by_activity(found).items()}


def everything(found):
    published = {key: figure for key, figure in shared(found).items() if not key.startswith("M1")}
    return published, release(found, (), SECRET).figures


@pytest.mark.parametrize("seed", range(150))
def test_a_hidden_answer_never_moves_any_figure_of_a_small_project(seed):
    """Neither what somebody said nor that it was said, with whatever others share."""
    found, stands = random_project(seed, people=4)
    secret = {person for person, stand in stands.items() if stand in ("closed", "mixed")}
    without = replace(
        found,
        reflections=tuple(row for row in found.reflections if row.author not in secret),
        takeaways=tuple(row for row in found.takeaways if row.author not in secret),
        follow_ups=tuple(row for row in found.follow_ups if row.takeaway[1] not in secret),
        obstacles=tuple(row for row in found.obstacles if row.person not in secret),
        changes=tuple(row for row in found.changes if row.person not in secret),
    )

    assert everything(without) == everything(found)


def with_partly(gave, hidden_gave):
    """Five who shared all, and one who shared what C4 gave but not what C5 gave."""
    said, things = answered("abcde", **OPEN)
    said += [reflection("p", "C4", gave=gave, **OPEN), reflection("p", "C5", gave=hidden_gave)]
    return rows("abcdep", activities=("C4", "C5"), reflections=said, takeaways=[*things, takeaway("p", will_use=1, **OPEN)])


def test_of_people_who_share_a_part_a_yes_counts_and_no_no():
    yes, no = (value(with_partly(gave, 2)) for gave in (2, 0))

    assert (yes.bar, yes.n, yes.partly, yes.left_out) == (Bar(6, 0, 0), 6, 1, 0)
    assert (no.bar, no.n, no.partly) == (Bar(5, 0, 1), 6, 1)


@pytest.mark.parametrize("gave", [None, -1, 0, 2])
def test_what_they_did_not_share_moves_no_figure(gave):
    assert release(with_partly(0, gave), (), SECRET) == release(with_partly(0, 1), (), SECRET)


def test_who_can_add_only_a_yes_makes_no_percentage():
    said, things = answered(range(30), **OPEN)
    whole = value(rows(range(30), reflections=said, takeaways=things))
    part = value(rows(range(30), activities=("C4", "C5"), reflections=[*said, reflection(0, "C5", gave=2)], takeaways=things))

    assert (whole.share, part.share) == (1, None)
    assert (whole.interval is None, part.interval, part.between) == (False, None, (30, 30))


def test_who_shares_a_part_is_not_in_sensitive_figures():
    found = project_figures([release(with_partly(2, 0), (), SECRET)])
    assert (found["M3.cost", "t0"].n, found["M3.cost", "t0"].left_out) == (5, 1)
