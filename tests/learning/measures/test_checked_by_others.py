"""The same numbers from lifelines, statsmodels and brute force.

The libraries are loaded by the tests that ask them: it takes seconds, which only one process of the run pays.
"""

import random
from datetime import timedelta
from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from learning.measures.bar import Bar
from learning.measures.difference import difference
from learning.measures.interval import interval, wilson
from learning.measures.kinds import KINDS, profiles
from learning.measures.life_table import WAVES, life_table
from learning.measures.rows import Activity, Attendance, Rows
from learning.measures.time_to_note import TimeToNote, time_to_note
from tests.learning.measures.build import DAY, END, follow_up, kinds, reflection, rows, takeaway

pytestmark = pytest.mark.xdist_group("other libraries")
HOURS = st.lists(st.one_of(st.none(), st.integers(-48, 700)), min_size=1, max_size=25)


def kaplan_meier(durations, events):
    from lifelines import KaplanMeierFitter

    return KaplanMeierFitter().fit(durations, events)


def wilson_of_statsmodels(yes, n):
    from statsmodels.stats.proportion import proportion_confint

    return proportion_confint(yes, n, method="wilson")


@settings(deadline=None)  # the other library takes its time
@given(hours=HOURS, passed=st.lists(st.integers(0, 700), min_size=25, max_size=25))
@example(hours=[None, None, None, 0, 0, 0], passed=[0] * 25)
def test_median_time_to_note_is_that_of_lifelines(hours, passed):
    """One activity per person, over for different times; a note that lies in the future has not been made."""
    now = END + 40 * DAY
    noted = [None if hour is not None and hour > ago else hour for hour, ago in zip(hours, passed, strict=False)]
    found = Rows(
        now=now,
        activities=tuple(Activity(id=person, ended_at=now - timedelta(hours=passed[person])) for person in range(len(hours))),
        attendances=tuple(Attendance(person=person, activity=person) for person in range(len(hours))),
        reflections=tuple(
            reflection(person, person, days=(now - END) / DAY - (passed[person] - hour) / 24) for person, hour in enumerate(noted) if hour is not None
        ),
    )
    limits = [min(ago, 504) for ago in passed]
    events = [hour is not None and hour <= limit for hour, limit in zip(noted, limits, strict=False)]
    durations = [max(hour, 0) if event else limit for hour, limit, event in zip(noted, limits, events, strict=False)]
    survival = kaplan_meier(durations, events).survival_function_["KM_estimate"]
    theirs = next((time for time, value in survival.items() if value <= 0.5 + 1e-9), None)  # its own median misses ½ by a rounding error

    ours = time_to_note(found).median
    assert ours is None if theirs is None else ours == pytest.approx(theirs, abs=1e-3)


def test_time_to_note_of_four_people():
    said = [reflection("ana", days=-1), reflection("ana", days=5), reflection("bo", days=2), reflection("cy", days=22)]
    found = time_to_note(rows(["ana", "bo", "cy", "dan"], reflections=said))

    assert found == TimeToNote(4, 48.0, ((2, 4), (2, 4), (2, 4)))


def test_time_to_note_is_not_reached_if_under_half_noted_and_does_not_judge_a_fresh_activity():
    assert time_to_note(rows("abc", reflections=[reflection("a")])).median is None
    fresh = time_to_note(rows("ab", now=END + 3 * DAY, reflections=[reflection("a", days=1)]))
    assert fresh.within == ((1, 2), (0, 0), (0, 0))
    assert time_to_note(rows([])) == TimeToNote(0, None, ((0, 0),) * 3)


@pytest.mark.parametrize("seed", range(30))
def test_applied_by_wave_is_that_of_lifelines(seed):
    """As a right-censored time in waves; the estimate lies within its bounds."""
    chance = random.Random(seed)
    things = [takeaway(number % 7, number, will_use=1) for number in range(30)]
    answers = ["none_yet"] * 4 + ["tried", "wont", "unsure", None, None]
    lives = {thing: [chance.choice(answers) for _ in WAVES] for thing in things}
    said = [follow_up(thing, wave, state) for thing, life in lives.items() for wave, state in zip(WAVES, life, strict=True) if state]
    steps = life_table(rows(range(7), takeaways=things, follow_ups=said))

    times = []
    for life in lives.values():
        seen = [wave for wave, state in enumerate(life) if state not in (None, "unsure")]
        tried = [wave for wave in seen if life[wave] == "tried"]
        times.append((tried[0] + 1, True) if tried else (seen[-1] + 1 if seen else 0, False))
    durations, events = zip(*[(time, event) for time, event in times if time], strict=True)
    curve = kaplan_meier(durations, events).survival_function_at_times([1, 2, 3])

    assert [float(step.estimate) for step in steps] == pytest.approx([1 - value for value in curve])
    assert all(step.bounds[0] <= step.estimate <= step.bounds[1] for step in steps)


@settings(deadline=None)
@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_is_that_of_statsmodels(counts):
    assert wilson(*counts) == pytest.approx(wilson_of_statsmodels(*counts), abs=1e-9)


@pytest.mark.parametrize(("yes", "n", "expected"), [(4, 7, (0.25, 0.84)), (7, 9, (0.45, 0.94)), (12, 20, (0.39, 0.78))])
def test_wilson_examples(yes, n, expected):
    assert tuple(round(end, 2) for end in wilson(yes, n)) == expected


@pytest.mark.parametrize(("yes", "n"), [(1, 0), (3, 2), (-1, 5)])
def test_wilson_refuses_what_is_no_share(yes, n):
    with pytest.raises(ValueError, match=f"{yes} of {n}"):
        wilson(yes, n)


def test_intervals_and_percentages_are_kept_from_small_and_silent_groups():
    assert [interval(bar) is None for bar in (Bar(10, 9), Bar(10, 10), Bar(10, 10, 21))] == [True, False, True]
    assert [bar.may_show_share for bar in (Bar(5, 4), Bar(5, 5), Bar(5, 5, 10), Bar(5, 5, 11), Bar())] == [False, True, True, False, False]


@settings(deadline=None)
@given(st.lists(st.lists(st.lists(st.sampled_from(KINDS), max_size=2, unique=True), max_size=3), max_size=8))
def test_difference_is_that_of_brute_force(people):
    things = [takeaway(person, number, kinds=kinds(*names)) for person, own in enumerate(people) for number, names in enumerate(own)]
    each = list(profiles(things).values())
    pairs = [sum((one.get(kind, 0) - other.get(kind, 0)) ** 2 for kind in KINDS) / 2 for one, other in combinations(each, 2)]

    assert difference(things).value == (sum(pairs) / len(pairs) if len(each) >= 3 else None)
