"""M12, practice spread: how far one practice has come."""

from dataclasses import dataclass
from datetime import timedelta

from learning.measures.observed import last_known

STAGES = ("heard", "saw", "tried", "adapted", "routine", "stopped")
STAYS = timedelta(days=180)
OUTSIDE = "outside"


@dataclass(frozen=True)
class Spread:
    """Counts of partners, ratios as (count, base). `stages`: partner → stage now. `chain`: the longest, from an owner outwards."""

    reached: int
    tried: tuple[int, int]
    kept: tuple[int, int]
    adapted: tuple[int, int]
    stages: tuple[tuple, ...]
    chain: tuple


def spread(rows, practice, owners):
    """Reached: partners ≥ heard; tried: ≥ tried / heard; kept: routine or adapted ≥ 180 days after the first try / partners with ≥ 180 days; adapted / tried.

    Unit: partners, the owners not among them. PracticeStage is the only truth for stages, the last row counting, of one day the one said
    last; "stopped" was tried. A chain goes from an owner to the partner that made a takeaway about the practice from it, and on from there,
    never twice through one; it ends outside where an audience or community noticed. Source: RE-AIM reach, adoption, maintenance [REAIM].
    Raises ValueError for an unknown stage.
    """
    history = {}
    for row in sorted(rows.stages, key=lambda row: row.on):
        if row.practice == practice and row.partner not in owners:
            history.setdefault(row.partner, []).append(row)
    tried = {partner: first for partner, own in history.items() if (first := _first_try(own))}
    long_ago = [partner for partner, first in tried.items() if first + STAYS <= rows.now.date()]
    kept = sum(history[partner][-1].stage in ("routine", "adapted") for partner in long_ago)
    adapted = sum(any(row.stage == "adapted" for row in history[partner]) for partner in tried)
    stages = tuple(sorted(((partner, own[-1].stage) for partner, own in history.items()), key=str))
    return Spread(len(history), (len(tried), len(history)), (kept, len(long_ago)), (adapted, len(tried)), stages, _chain(rows, practice, owners))


def _first_try(own):
    """Even "stopped" without a try before it still means that it was tried, at the latest then."""
    return min((row.on for row in own if STAGES.index(row.stage) >= STAGES.index("tried")), default=None)


def _chain(rows, practice, owners):
    """Each step later than the one before: a thing is passed on once it has come."""
    things = sorted((row for row in rows.takeaways if row.practice == practice), key=lambda row: (row.made_at, str(row.id)))
    longest = {owner: (owner,) for owner in owners}
    for row in things:
        ways = [longest[source] for source in sorted(row.source_partners, key=str) if source in longest]
        if onwards := [(*way, row.partner) for way in ways if row.partner not in (*way, None)]:
            longest[row.partner] = max([longest.get(row.partner, ()), *onwards], key=len)
    partner_of, last = {row.id: row.partner for row in things}, last_known(rows)
    noticed = {partner for thing, partner in partner_of.items() if thing in last and last[thing].effect == "public"}
    ways = [(*way, OUTSIDE) if partner in noticed else way for partner, way in sorted(longest.items(), key=str)]
    return max(ways, key=len, default=())
