"""M10, retained after leaving: what stayed of the learning of people who left."""

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from learning.measures.held_by_one import carriers, has_artefact, is_current, working

CHECKED_AFTER = timedelta(days=30)


@dataclass(frozen=True)
class Retained:
    kept: int
    paper: int
    unknown: int
    gone: int

    @property
    def all(self):
        return self.kept + self.paper + self.unknown + self.gone

    @property
    def between(self):
        """Between kept / all and (kept + paper) / all. None for no cards."""
        return (Fraction(self.kept, self.all), Fraction(self.kept + self.paper, self.all)) if self.all else None

    @property
    def at_most(self):
        """If everything unknown were kept. None for no cards."""
        return Fraction(self.all - self.gone, self.all) if self.all else None


def retained(rows, partner):
    """Live cards made in o by people gone from o for ≥ 30 days, each in the first that fits.

    kept: a current carrier who said so; paper: an artefact checked in 12 months; unknown: a current carrier who has not said so, or an
    artefact nobody has checked lately; gone: neither person nor artefact. Unit: cards. The author, gone, carries nothing; who came back
    has not left. Source: [CAR][BUS]. Raises nothing.
    """
    gone = _gone(rows, partner)
    fates = [_fate(rows, row, partner) for row in rows.takeaways if row.partner == partner and row.is_live and row.author in gone]
    return Retained(*(fates.count(fate) for fate in ("kept", "paper", "unknown", "gone")))


def _gone(rows, partner):
    own = [row for row in rows.memberships if row.partner == partner]
    here = {row.person for row in own if is_current(rows, row)}
    last_ends = {}
    for row in own:
        if row.ended_on:
            last_ends[row.person] = max(row.ended_on, last_ends.get(row.person, row.ended_on))
    return {person for person, ended_on in last_ends.items() if person not in here and ended_on <= rows.now.date() - CHECKED_AFTER}


def _fate(rows, takeaway, partner):
    here = working(rows, partner)
    if any(row.takeaway == takeaway.id and row.person in here and row.confirmed_at for row in rows.carriers):
        return "kept"
    if has_artefact(rows, takeaway):
        return "paper"
    if carriers(rows, takeaway) & here or any(row.takeaway == takeaway.id for row in rows.artefacts):
        return "unknown"
    return "gone"
