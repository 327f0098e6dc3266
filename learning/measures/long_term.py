"""M4, long-term value: who still has something of it, and what came of it."""

from dataclasses import dataclass

from learning.measures.bar import Bar, either
from learning.measures.observed import applied, at_wave, harmed, realised, worth
from learning.measures.short_term import answered

OF_THINGS = {"value": worth, "applied": applied, "realised": realised, "harm": harmed}  # part → what a follow-up says of it


@dataclass(frozen=True)
class LongTerm:
    """Bars of people; `evidence`: of the people with a yes, how many at each level at best (E0 said so … E3 confirmed)."""

    value: Bar
    applied: Bar
    realised: Bar
    changed: Bar
    harm: Bar
    evidence: tuple[int, int, int, int]


def long_term(rows, wave):
    """people with ≥ 1 takeaway in use now, or realised, at wave w (m3, m12, end) / everybody who answered at t0.

    Unit: people, each once. Base: R_0 of the activities whose wave has closed. Things made before the wave opened count; one of which its
    author said "probably not" is not asked about and counts as not used until they say otherwise. Yes as soon as one is a yes; no only
    when every one asked about was observed and is a no; else not known: so the bounds hold for every completion of the missing answers.
    Who had named nothing is a no. Source: [WT11] applied and realised; transformative from F5. Raises nothing.
    """
    facts = person_facts(rows, wave)
    bars = {name: Bar.of(fact[name] for fact in facts.values()) for name in ("value", "applied", "realised", "changed", "harm")}
    best = [fact["evidence"]["value"] for fact in facts.values() if fact["value"]]
    return LongTerm(**bars, evidence=tuple(best.count(level) for level in range(4)))


def person_facts(rows, wave):
    """Person → three-valued facts at this wave, and how well at best each is known that is a yes."""
    ends, seen = rows.ends(), at_wave(rows, wave)
    base = {person for person, activity in answered(rows) if rows.has_closed(wave, ends[activity])}
    own, changes = {}, {}
    for row in rows.takeaways:
        if row.author not in base or not rows.has_closed(wave, row.since):
            continue
        if row.id in seen or (row.will_use != 0 and row.made_at <= rows.opens_at(wave, row.since)):
            own.setdefault(row.author, []).append(seen.get(row.id))
    for row in rows.changes:
        if row.wave == wave:
            changes.setdefault(row.person, []).append(row.changed == "changed")
    return {person: _facts(own.get(person, []), changes.get(person, [None])) for person in base}


def _facts(follow_ups, changes):
    known = [row for row in follow_ups if row is not None]
    return {
        **{name: either(None if row is None else fact(row) for row in follow_ups) for name, fact in OF_THINGS.items()},
        "changed": either(changes),
        "evidence": {name: max((row.evidence for row in known if fact(row)), default=0) for name, fact in OF_THINGS.items()},
    }
