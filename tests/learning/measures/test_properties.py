"""What must hold for every small project."""

import random
from dataclasses import replace
from fractions import Fraction

import pytest

from learning.measures.breadth import breadth
from learning.measures.carried_over import carried
from learning.measures.change import change
from learning.measures.difference import difference
from learning.measures.late_value import late_value
from learning.measures.life_table import life_table, survival_steps
from learning.measures.long_term import long_term
from learning.measures.obstacles import obstacles
from learning.measures.response import response
from learning.measures.rows import Rows
from learning.measures.short_term import short_term
from learning.measures.time_to_note import time_to_note
from tests.learning.measures.build import LONG_AFTER, follow_up, random_project, reflection, rows, takeaway

MEASURES = {
    "M1": lambda found: response(found, "t0"),
    "M2": time_to_note,
    "M3": short_term,
    "M4": lambda found: long_term(found, "m3"),
    "M5": lambda found: carried(found, "m3"),
    "M5b": late_value,
    "M6": lambda found: change(found, "m3", "m12"),
    "M6b": life_table,
    "M7": lambda found: difference(found.takeaways),
    "M7b": lambda found: breadth(found.takeaways),
    "M11": lambda found: sorted(obstacles(found, "m3"), key=str),
}
LISTS = ("attendances", "reflections", "takeaways", "follow_ups", "obstacles", "changes")


def all_of(found):
    return {name: measure(found) for name, measure in MEASURES.items()}


def relabelled(found, names):
    """The same rows with other people's names; ids of things hold the name of their author, so they change with it."""

    def key(old):
        return (old[0], names[old[1]], *old[2:])

    return replace(
        found,
        attendances=tuple(replace(row, person=names[row.person]) for row in found.attendances),
        reflections=tuple(replace(row, id=key(row.id), author=names[row.author]) for row in found.reflections),
        takeaways=tuple(replace(row, id=key(row.id), author=names[row.author]) for row in found.takeaways),
        follow_ups=tuple(replace(row, takeaway=key(row.takeaway)) for row in found.follow_ups),
        obstacles=tuple(replace(row, person=names[row.person]) for row in found.obstacles),
        changes=tuple(replace(row, person=names[row.person]) for row in found.changes),
    )


@pytest.mark.parametrize("seed", range(40))
def test_relabelling_people_changes_nothing(seed):
    found, _ = random_project(seed)
    labels = [f"q{number}" for number in range(8)]
    random.Random(seed).shuffle(labels)

    assert all_of(relabelled(found, {f"p{number}": label for number, label in enumerate(labels)})) == all_of(found)


@pytest.mark.parametrize("seed", range(40))
def test_the_order_of_rows_changes_nothing(seed):
    found, _ = random_project(seed)
    shuffled = {name: tuple(random.Random(seed).sample(getattr(found, name), len(getattr(found, name)))) for name in LISTS}

    assert all_of(replace(found, **shuffled)) == all_of(found)


def completed(found, chance):
    """Every missing answer given: somehow."""
    said = {row.takeaway for row in found.follow_ups if row.state != "unsure" and row.effect not in ("", "unsure")}
    kept = [row for row in found.follow_ups if row.takeaway in said]
    for thing in found.takeaways:
        if thing.id in said:
            continue
        if thing.will_use == 0 and not any(row.takeaway == thing.id for row in found.follow_ups):
            continue  # that its author will probably not use it is an answer, and nobody asks again
        before = next((row for row in found.follow_ups if row.takeaway == thing.id), None)
        state = before.state if before and before.state != "unsure" else chance.choice(["none_yet", "tried", "in_use", "other", "stopped", "wont"])
        effect = before.effect if before and before.effect not in ("", "unsure") else chance.choice(["no", "self", "team", "public", "harm"])
        if state in ("none_yet", "wont") and not (before and before.effect not in ("", "unsure")):
            effect = "no"
        kept.append(follow_up(thing, "m3", state, effect))
    reflections = [row if row.gave is not None else replace(row, gave=chance.choice([-1, 0, 1, 2])) for row in found.reflections]
    takeaways = [row if row.will_use is not None else replace(row, will_use=chance.choice([0, 1, 2])) for row in found.takeaways]
    return replace(found, follow_ups=tuple(kept)), replace(found, reflections=tuple(reflections), takeaways=tuple(takeaways))


@pytest.mark.parametrize("seed", range(60))
def test_bounds_contain_the_truth_for_every_completion(seed):
    found, _ = random_project(seed)
    chance = random.Random(seed)
    for _ in range(20):
        later, sooner = completed(found, chance)
        pairs = [(long_term(found, "m3"), long_term(later, "m3"), name) for name in ("value", "applied", "realised", "harm")]
        pairs += [(short_term(found), short_term(sooner), name) for name in ("value", "gave", "live", "cost")]
        bars = [(getattr(seen, name), getattr(truth, name)) for seen, truth, name in pairs] + [(carried(found, "m3"), carried(later, "m3"))]
        for seen, truth in bars:
            assert truth.unknown == 0
            assert seen.total == truth.total
            assert seen.yes <= truth.yes <= seen.yes + seen.unknown


@pytest.mark.parametrize("seed", range(40))
def test_life_table_bounds_contain_the_truth_for_every_completion(seed):
    chance = random.Random(seed)
    things = [takeaway(number % 6, number, will_use=1) for number in range(18)]
    firsts = {thing: chance.randrange(4) for thing in things}  # wave at which it is first applied; 3: never
    truth = {thing: ["tried" if wave >= first else "none_yet" for wave in range(3)] for thing, first in firsts.items()}
    waves = ("w2", "m3", "m12")
    said = [follow_up(thing, waves[wave], truth[thing][wave]) for thing in things for wave in range(3) if chance.random() < 0.7]
    steps = life_table(rows(range(6), takeaways=things, follow_ups=said))

    for wave, step in enumerate(steps):
        true = Fraction(sum(first <= wave for first in firsts.values()), len(things))
        assert step.bounds[0] <= true <= step.bounds[1]
        assert step.bounds[0] <= step.estimate <= step.bounds[1]


@pytest.mark.parametrize("seed", range(40))
def test_one_silent_person_more_never_narrows_a_bound(seed):
    found, _ = random_project(seed)
    thing = takeaway("silent", will_use=1)
    more = replace(found, reflections=(*found.reflections, reflection("silent")), takeaways=(*found.takeaways, thing))
    more = replace(more, attendances=(*more.attendances, replace(more.attendances[0], person="silent", activity="C4")))
    pairs = [(getattr(long_term(found, "m3"), name), getattr(long_term(more, "m3"), name)) for name in ("value", "applied", "realised", "harm")]
    for bar, wider in [*pairs, (carried(found, "m3"), carried(more, "m3"))]:
        assert wider.unknown == bar.unknown + 1
        if bar.total:
            assert wider.bounds[0] <= bar.bounds[0]
            assert wider.bounds[1] >= bar.bounds[1]


@pytest.mark.parametrize("people", [0, 1, 2])
def test_hardly_anybody_gives_no_difference_and_no_life_table(people):
    things = [takeaway(person, will_use=1, kinds=(("how", 1),)) for person in range(people)]
    found = all_of(rows(range(people), reflections=[reflection(person, gave=2) for person in range(people)], takeaways=things))

    assert (found["M7"].value, found["M6b"]) == (None, None)
    assert found["M3"].value.yes == people
    assert found["M4"].value.unknown == people


def test_nobody_there_all_silent_and_all_left_are_sensible():
    nobody = all_of(Rows(now=LONG_AFTER))
    silent = all_of(rows("abc"))
    for found in (nobody, silent):
        assert (found["M3"].value.total, found["M4"].value.bounds, found["M5"].share, found["M5b"]) == (0, None, None, (0, 0))
        assert found["M7b"].value is None
    assert silent["M2"].within == ((0, 3), (0, 3), (0, 3))
    assert silent["M2"].median is None


def test_nobody_at_risk_adds_nothing():
    assert survival_steps([(2, 1), (0, 0)]) == survival_steps([(2, 1)]) * 2
