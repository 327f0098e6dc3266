"""Kinds of knowledge per person: what M7 and M7b compare."""

from collections import Counter
from fractions import Fraction
from math import lcm
from operator import attrgetter

KINDS = ("what", "why", "how", "who", "place", "me")


def profiles(takeaways, of=attrgetter("author")):
    """Person → weights of the kinds they have, averaged over that person's coded takeaways, summing to 1. Uncoded ones say nothing of a kind.

    `of`: the key of a takeaway's profile, where one person has several. Whose takeaways are of the same kinds share one profile: of
    thousands of people only some hundreds differ.
    """
    coded, known = {}, {}
    for row in takeaways:
        if row.kinds:
            coded.setdefault(of(row), []).append(row.kinds)
    for key, things in coded.items():
        alike = tuple(sorted(map(id, things)))
        if alike not in known:
            known[alike] = _average(things)
        coded[key] = known[alike]
    return coded


def counted(things):
    """[(thing, how often)]; the same thing twice is counted, an equal one apart: fractions are slow to compare."""
    things = list(things)
    by_id = {id(thing): thing for thing in things}
    return [(by_id[key], count) for key, count in Counter(map(id, things)).items()]


def _average(things):
    found = {}
    for kind, weight in (each for own in things for each in own):
        found.setdefault(kind, []).append((weight, 1))
    return {kind: exact_sum(weights, len(things)) for kind, weights in found.items()}


def exact_sum(weights, divided_by=1):
    """Of [(weight, how often)]: very many fractions with few denominators. Adding numerators is many times as fast as adding fractions."""
    numerators = {}
    for weight, count in weights:
        numerators[weight.denominator] = numerators.get(weight.denominator, 0) + weight.numerator * count
    common = lcm(*numerators)
    return Fraction(sum(numerator * (common // denominator) for denominator, numerator in numerators.items()), common * divided_by)


def by_kind(takeaways):
    """(kind, weight) of all takeaways together, and how many are uncoded: what was skipped is shown."""
    found = {kind: [] for kind in KINDS}
    for kinds, count in counted(row.kinds for row in takeaways):
        for kind, weight in kinds:
            found[kind].append((weight, count))
    return tuple((kind, exact_sum(weights)) for kind, weights in found.items()), sum(not row.kinds for row in takeaways)
