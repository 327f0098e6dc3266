"""Kinds of knowledge per person: what M7 and M7b compare."""

from fractions import Fraction

KINDS = ("what", "why", "how", "who", "place", "me")


def profiles(takeaways):
    """Person → weights of the kinds they have, averaged over that person's coded takeaways, summing to 1. Uncoded ones say nothing of a kind."""
    coded = {}
    for row in takeaways:
        if row.kinds:
            coded.setdefault(row.author, []).append(dict(row.kinds))
    return {person: things[0] if len(things) == 1 else _average(things) for person, things in coded.items()}


def _average(things):
    return {kind: exact_sum(own[kind] for own in things if kind in own) / len(things) for kind in {kind for own in things for kind in own}}


def exact_sum(weights):
    """Of very many fractions with few denominators: adding numerators is many times as fast as adding fractions."""
    numerators = {}
    for weight in weights:
        numerators[weight.denominator] = numerators.get(weight.denominator, 0) + weight.numerator
    return sum((Fraction(numerator, denominator) for denominator, numerator in numerators.items()), Fraction(0))


def by_kind(takeaways):
    """(kind, weight) of all takeaways together, and how many are uncoded: what was skipped is shown."""
    found = {kind: [] for kind in KINDS}
    for row in takeaways:
        for kind, weight in row.kinds:
            found[kind].append(weight)
    return tuple((kind, exact_sum(weights)) for kind, weights in found.items()), sum(not row.kinds for row in takeaways)
