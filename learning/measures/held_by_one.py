"""M9, only one person holds this."""

from dataclasses import dataclass
from datetime import timedelta

VALID = timedelta(days=365)  # how long a checked artefact is trusted
SOON = timedelta(days=60)


@dataclass(frozen=True)
class HeldByOne:
    """`one`: held by exactly one person; `nobody`: by none any more; `soon`: of the first, whose holder is expected to leave. Of `all`."""

    one: tuple
    nobody: tuple
    soon: tuple
    all: int


def held_by_one(rows, partner):
    """Kept live cards of o with exactly one current carrier and no artefact checked in 12 months / all kept live cards of o.

    Unit: cards; "bus factor" [BUS][IAEA]. The author is the first carrier; current: works for o today. A card whose carriers have all gone
    is worse, not better, and listed apart. `soon` (expected end within 60 days) is for the person and the own admin only. Raises nothing.
    """
    cards = [row for row in rows.takeaways if row.partner == partner and row.is_kept and row.is_live]
    bare = [row for row in cards if not has_artefact(rows, row)]
    held = {row.id: carriers(rows, row) & working(rows, partner) for row in bare}
    leaving = {
        row.person
        for row in rows.memberships
        if row.partner == partner and row.expected_end_on and row.expected_end_on <= rows.now.date() + SOON and is_current(rows, row)
    }
    one = sorted((key for key, people in held.items() if len(people) == 1), key=str)
    nobody = sorted((key for key, people in held.items() if not people), key=str)
    return HeldByOne(tuple(one), tuple(nobody), tuple(key for key in one if held[key] <= leaving), len(cards))


def carriers(rows, takeaway):
    return {takeaway.author} | {row.person for row in rows.carriers if row.takeaway == takeaway.id}


def is_current(rows, membership):
    """`ended_on` is the first day without."""
    today = rows.now.date()
    return membership.started_on <= today and (membership.ended_on is None or today < membership.ended_on)


def working(rows, partner):
    return {row.person for row in rows.memberships if row.partner == partner and is_current(rows, row)}


def has_artefact(rows, takeaway):
    """Checked, and not too long ago."""
    return any(row.takeaway == takeaway.id and row.checked_at and row.checked_at >= rows.now - VALID for row in rows.artefacts)
