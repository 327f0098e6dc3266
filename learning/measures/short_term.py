"""M3, short-term value: who got something out of it at once, and expects to use it."""

from dataclasses import dataclass
from datetime import timedelta

from learning.measures.bar import Bar, both, either
from learning.measures.rows import AT_ONCE

PARTS = ("value", "gave", "live", "plan", "cost")


@dataclass(frozen=True)
class ShortTerm:
    """Bars of people. `there`: who was there or expected; `value`: the measure; the others its components, each alone."""

    there: int
    value: Bar
    gave: Bar
    live: Bar
    plan: Bar
    cost: Bar


def answered(rows):
    """R_0: (person, activity) pairs with a reflection submitted at most 30 days after the end, by somebody who was there."""
    return {(row.author, row.activity) for row in _reflections(rows)}


def short_term(rows):
    """people in R_0 with gave ≥ 1 and ≥ 1 live takeaway, at one same activity / people in R_0.

    Unit: people; somebody with several activities counts once, yes if yes for one of them. Source: [WT11] immediate and potential value.
    A skipped tap makes a person "not known", unless the other half already decides. Several answers about one activity: the last one
    that says what it gave. Whoever named nothing has no live takeaway: a no. Activities without a known end have no R_0. Raises nothing.
    """
    facts = person_facts(rows).values()
    there = {row.person for row in rows.attendances if row.activity in rows.ends()}
    return ShortTerm(there=len(there), **{name: Bar.of(fact[name] for fact in facts) for name in PARTS})


def person_facts(rows):
    """Person in R_0 → three-valued facts: yes if yes at one activity."""
    return {person: {name: either(fact[name] for fact in facts) for name in PARTS} for person, facts in _facts(rows).items()}


def _facts(rows):
    """Person → one dict of three-valued facts per activity answered."""
    gave, things = {}, {}
    for row in sorted(_reflections(rows), key=lambda row: (row.submitted_at, str(row.id))):
        if row.gave is not None:
            gave[row.author, row.activity] = row.gave
    for row in rows.takeaways:
        if row.made_at <= row.since + timedelta(days=AT_ONCE):
            things.setdefault((row.author, row.activity), []).append(row)
    facts = {}
    for pair in answered(rows):
        own = things.get(pair, [])
        has_given = None if pair not in gave else gave[pair] >= 1
        is_live = either(None if row.will_use is None else row.is_live for row in own)
        facts.setdefault(pair[0], []).append(
            {
                "gave": has_given,
                "cost": None if pair not in gave else gave[pair] < 0,
                "live": is_live,
                "value": both(has_given, is_live),
                "plan": any(row.has_plan for row in own),
            }
        )
    return facts


def _reflections(rows):
    ends, there = rows.ends(), {(row.person, row.activity) for row in rows.attendances}
    for row in rows.reflections:
        if (row.author, row.activity) in there and row.activity in ends and row.submitted_at <= ends[row.activity] + timedelta(days=AT_ONCE):
            yield row
