"""M2, time to the first note."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

FOLLOWED = timedelta(days=21)
WITHIN = (timedelta(hours=48), timedelta(days=7), FOLLOWED)


@dataclass(frozen=True)
class TimeToNote:
    """`median` in hours, None if not reached; `within`: for 48 hours, 7 and 21 days, how many had noted of those for whom they have passed."""

    n: int
    median: float | None
    within: tuple[tuple[int, int], ...]


def time_to_note(rows):
    """Kaplan-Meier median of the hours from the end of an activity to a person's first submit; S(t) = Π(1 − d_i / n_i).

    Unit: hours; one spell per person and activity. Who has submitted nothing is censored at day 21, or now where that is sooner; a note
    made during the activity counts as 0 hours. The median is the first t with S(t) ≤ ½, exactly (fractions). Shares count only spells
    whose window has passed, so that a fresh activity does not look slow. Activities without a known end, or not over, have no spell. Raises nothing.
    """
    spells = list(_spells(rows))
    within = tuple(
        (
            sum(people for noted, passed, people in spells if passed >= window and noted is not None and noted <= window),
            sum(people for _, passed, people in spells if passed >= window),
        )
        for window in WITHIN
    )
    n = sum(people for _, _, people in spells)
    return TimeToNote(n, _median(spells, n), within)


def _spells(rows):
    """(time to the first note or None, time since the end, how many people) of all attendances; those who noted nothing together."""
    ends = {activity: end for activity, end in rows.ends().items() if end <= rows.now}
    there, first = {activity: set() for activity in ends}, {activity: {} for activity in ends}
    for row in rows.attendances:
        if row.activity in ends:
            there[row.activity].add(row.person)
    for row in rows.reflections:
        if row.activity in ends and row.author in there[row.activity]:
            noted = first[row.activity]
            noted[row.author] = min(noted.get(row.author, row.submitted_at), row.submitted_at)
    for activity, end in ends.items():
        for noted_at in first[activity].values():
            yield max(noted_at - end, timedelta(0)), rows.now - end, 1
        if silent := len(there[activity]) - len(first[activity]):
            yield None, rows.now - end, silent


def _median(spells, n):
    events, ended = Counter(), Counter()
    for noted, passed, people in spells:
        followed = min(passed, FOLLOWED)
        if noted is not None and noted <= followed:
            events[noted] += people
            ended[noted] += people
        else:
            ended[followed] += people
    survival, followed, at_risk = Fraction(1), n, n  # followed: so many since somebody was last lost from sight
    for time in sorted(ended):
        left = at_risk - events[time]
        if 2 * survival.numerator * left <= survival.denominator * followed:
            return time / timedelta(hours=1)
        at_risk -= ended[time]
        if at_risk < left:
            survival, followed = survival * Fraction(left, followed), at_risk
    return None
