"""Kinds of knowledge per person: what M7 and M7b compare."""

from fractions import Fraction

KINDS = ("what", "why", "how", "who", "place", "me")


def profiles(takeaways):
    """Person → weights of the six kinds averaged over that person's coded takeaways, summing to 1. Uncoded ones say nothing of a kind."""
    coded = {}
    for row in takeaways:
        if row.kinds:
            coded.setdefault(row.author, []).append(dict(row.kinds))
    return {
        person: {kind: sum((own.get(kind, Fraction(0)) for own in things), Fraction(0)) / len(things) for kind in KINDS}
        for person, things in coded.items()
    }


def by_kind(takeaways):
    """(kind, weight) of all takeaways together, and how many are uncoded: what was skipped is shown."""
    totals = dict.fromkeys(KINDS, Fraction(0))
    for row in takeaways:
        for kind, weight in row.kinds:
            totals[kind] += weight
    return tuple(totals.items()), sum(not row.kinds for row in takeaways)
