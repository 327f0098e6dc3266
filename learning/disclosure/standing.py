"""How well an answer is known to others: who may be counted, who must be protected, who can give cover."""

from dataclasses import replace
from enum import Enum

from learning.measures.observed import at_wave


class Standing(Enum):
    """Of one person towards one block of figures.

    OPEN: all that counts there is shared with all partners or ticked; SHARED: and every bit of it shared, so it may be read;
    PARTLY: only some of it is open; MIXED: none, but some others know some of it; CLOSED: nobody but the person has ever known any of it.
    Only the closed can cover each other.
    """

    SHARED = "shared"
    OPEN = "open"
    PARTLY = "partly"
    MIXED = "mixed"
    CLOSED = "closed"

    @property
    def is_open(self):
        return self in (Standing.SHARED, Standing.OPEN)


def standing(items):
    items = list(items)
    if items and all(item.is_open for item in items):
        return Standing.SHARED if all(item.reach == 2 for item in items) else Standing.OPEN
    if any(item.is_open for item in items):
        return Standing.PARTLY
    return Standing.CLOSED if items and all(item.is_closed for item in items) else Standing.MIXED


def standings(rows, wave):
    """Person → standing. At t0 by their notes and things; later by what they said became of each thing, or the thing where they said nothing."""
    noted, said = {}, {}
    for row in (*rows.reflections, *(rows.takeaways if wave == "t0" else ())):
        noted.setdefault(row.author, []).append(row)
    if wave != "t0":
        seen = at_wave(rows, wave)
        for row in rows.takeaways:
            said.setdefault(row.author, []).append(seen.get(row.id, row))
        for row in (*rows.obstacles, *rows.changes):
            if row.wave == wave:
                said.setdefault(row.person, []).append(row)
    return {person: standing(said.get(person) or items) for person, items in noted.items()}


def open_rows(rows):
    """Only what its author lets be counted when few. Obstacles and changes are never among it: they are no plain items."""
    takeaways = tuple(row for row in rows.takeaways if row.is_open)
    ids = {row.id for row in takeaways}
    return replace(
        rows,
        reflections=tuple(row for row in rows.reflections if row.is_open),
        takeaways=takeaways,
        follow_ups=tuple(row for row in rows.follow_ups if row.takeaway in ids and row.is_open),
        obstacles=(),
        changes=(),
    )


def as_others_know(rows):
    """That somebody answered is known, but what they said only where it is open: the rest is taken out, as if it had been skipped."""
    seen = open_rows(rows)
    return replace(seen, reflections=tuple(row if row.is_open else replace(row, gave=None) for row in rows.reflections))


def without_left_out(rows):
    """ "Leave me out" means out of every total."""
    everybody = {row.person for row in (*rows.attendances, *rows.prompts)} | {row.author for row in (*rows.reflections, *rows.takeaways)}
    return rows.of(everybody - rows.left_out) if rows.left_out else rows
