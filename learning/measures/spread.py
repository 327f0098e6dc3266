"""M12, practice spread: how far one practice has come."""

from dataclasses import dataclass
from datetime import timedelta

STAGES = ("heard", "saw", "tried", "adapted", "routine", "stopped")
STAYS = timedelta(days=180)


@dataclass(frozen=True)
class Spread:
    """Counts of partners, ratios as (count, base). `stages`: partner → stage now. `chain`: the longest, from the owner outwards."""

    reached: int
    tried: tuple[int, int]
    kept: tuple[int, int]
    adapted: tuple[int, int]
    stages: tuple[tuple, ...]
    chain: tuple


def spread(rows, practice, owner):
    """Reached: partners ≥ heard; tried: ≥ tried / heard; kept: routine or adapted ≥ 180 days after the first try / partners with ≥ 180 days; adapted / tried.

    Unit: partners, the owner not among them. PracticeStage is the only truth for stages, the last row counting; "stopped" was tried. A chain goes
    from a source to the partner that made a takeaway about the practice from it, never twice through one, and ends outside where
    somebody told or showed it there. Source: RE-AIM reach, adoption, maintenance [REAIM]. Raises ValueError for an unknown stage.
    """
    history = {}
    for row in sorted(rows.stages, key=lambda row: (row.on, STAGES.index(row.stage))):
        if row.practice == practice and row.partner != owner:
            history.setdefault(row.partner, []).append(row)
    tried = {partner: first for partner, own in history.items() if (first := _first_try(own))}
    long_ago = [partner for partner, first in tried.items() if first + STAYS <= rows.now.date()]
    kept = sum(history[partner][-1].stage in ("routine", "adapted") for partner in long_ago)
    adapted = sum(any(row.stage == "adapted" for row in history[partner]) for partner in tried)
    stages = tuple(sorted(((partner, own[-1].stage) for partner, own in history.items()), key=str))
    return Spread(len(history), (len(tried), len(history)), (kept, len(long_ago)), (adapted, len(tried)), stages, _chain(rows, practice, owner))


def _first_try(own):
    """Even "stopped" without a try before it still means that it was tried, at the latest then."""
    return min((row.on for row in own if STAGES.index(row.stage) >= STAGES.index("tried")), default=None)


def _chain(rows, practice, owner):
    steps = {}
    for row in rows.takeaways:
        if row.practice == practice:
            for source in row.source_partners:
                steps.setdefault(source, set()).add(row.partner)
    outside = {row.partner for row in rows.passings if row.practice == practice and "outside" in row.audiences}

    def longest(path):
        ways = [longest((*path, partner)) for partner in sorted(steps.get(path[-1], ()), key=str) if partner not in path]
        own = (*path, "outside") if path[-1] in outside else path
        return max([own, *ways], key=len)

    return longest((owner,))
