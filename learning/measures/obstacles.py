"""M11, obstacles: what stood in the way of those who have applied nothing."""

from learning.measures.bar import Bar
from learning.measures.long_term import person_facts

CODES = ("time", "money", "alone", "not_mine", "begin", "contract", "nothing", "other")


def obstacles(rows, wave):
    """Per code: people with nothing applied at w who name it / people with nothing applied at w, as bars, most named first.

    Unit: people. Base: those known to have applied nothing (M4's base); who skipped the question is "not known", so the bar holds them.
    Several codes may be named, so the bars do not add up to the base. Source: the enabling cycle [WT20]. Raises nothing.
    """
    facts, named = person_facts(rows, wave), named_at(rows, wave)
    stuck = [person for person, fact in facts.items() if fact["applied"] is False]
    bars = [(code, Bar.of(code in named[person] if person in named else None for person in stuck)) for code in CODES]
    return tuple(sorted(bars, key=lambda item: -item[1].yes))


def named_at(rows, wave):
    """Person → all codes named at this wave."""
    named = {}
    for row in rows.obstacles:
        if row.wave == wave:
            named.setdefault(row.person, set()).update(row.codes)
    return named
