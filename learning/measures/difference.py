"""M7, difference between people at the same activity."""

from dataclasses import dataclass
from fractions import Fraction

from learning.measures.kinds import KINDS, counted, exact_sum, profiles

PEOPLE = 3


@dataclass(frozen=True)
class Difference:
    """`value`: 0 all took the same kinds, 1 no two people share one; None if fewer than three people."""

    n: int
    pairs: int
    value: Fraction | None


def difference(takeaways):
    """D = mean over all pairs of people of ½ Σ_k (w_ik − w_jk)²; w_i: a person's kind weights, averaged over their takeaways.

    Unit: 0 to 1, exact. Pairs are of people at the same activity; over several activities all pairs count alike, those of activities with
    fewer than three people not at all. The sum over pairs is n Σ w² − (Σ w)² per kind. The pairwise mean is unbiased at small n [DIV].
    Takeaways without activity are ignored. n: people, each counted once per activity. Raises nothing.
    """
    n, pairs, total = 0, 0, Fraction(0)
    for things in _by_activity(takeaways).values():
        people = list(profiles(things).values())
        if len(people) >= PEOPLE:
            n += len(people)
            pairs += len(people) * (len(people) - 1) // 2
            total += _sum_over_pairs(people)
    return Difference(n, pairs, total / pairs if pairs else None)


def _sum_over_pairs(people):
    alike = counted(people)
    return sum(_of_kind([(own[kind], count) for own, count in alike if kind in own], len(people)) for kind in KINDS)


def _of_kind(weights, n):
    """`weights`: [(weight, how many people have it)]."""
    return (n * exact_sum((weight**2, count) for weight, count in weights) - exact_sum(weights) ** 2) / 2


def _by_activity(takeaways):
    things = {}
    for row in takeaways:
        if row.activity is not None:
            things.setdefault(row.activity, []).append(row)
    return things
