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
        (sum(noted is not None and noted <= window for noted, passed in spells if passed >= window), sum(passed >= window for _, passed in spells))
        for window in WITHIN
    )
    return TimeToNote(len(spells), _median(spells), within)


def _spells(rows):
    """(time to the first note or None, time since the end) per attendance."""
    ends, first = rows.ends(), {}
    for row in rows.reflections:
        key = row.author, row.activity
        first[key] = min(first.get(key, row.submitted_at), row.submitted_at)
    for person, activity in {(row.person, row.activity) for row in rows.attendances}:
        if activity in ends and ends[activity] <= rows.now:
            noted = first.get((person, activity))
            yield None if noted is None else max(noted - ends[activity], timedelta(0)), rows.now - ends[activity]


def _median(spells):
    events, ended = Counter(), Counter()
    for noted, passed in spells:
        followed = min(passed, FOLLOWED)
        is_event = noted is not None and noted <= followed
        events[noted if is_event else followed] += is_event
        ended[noted if is_event else followed] += 1
    survival, followed, at_risk = Fraction(1), len(spells), len(spells)  # followed: so many since somebody was last lost from sight
    for time in sorted(ended):
        left = at_risk - events[time]
        if 2 * survival.numerator * left <= survival.denominator * followed:
            return time / timedelta(hours=1)
        at_risk -= ended[time]
        if at_risk < left:
            survival, followed = survival * Fraction(left, followed), at_risk
    return None
