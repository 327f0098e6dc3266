"""M7, difference between people at the same activity."""

from dataclasses import dataclass
from fractions import Fraction
from operator import attrgetter

from learning.measures.kinds import KINDS, counted, exact_sum, profiles

PEOPLE = 3


@dataclass(frozen=True)
class Difference:
    """`value`: 0 all took the same kinds, 1 no two people share one; None if fewer than three people."""

    n: int
    pairs: int
    value: Fraction | None


NO_PAIRS = Difference(0, 0, None)


def difference(takeaways):
    """D = mean over all pairs of people of ½ Σ_k (w_ik − w_jk)²; w_i: a person's kind weights, averaged over their takeaways.

    Unit: 0 to 1, exact. Pairs are of people at the same activity; over several activities all pairs count alike, those of activities with
    fewer than three people not at all. The sum over pairs is n Σ w² − (Σ w)² per kind. The pairwise mean is unbiased at small n [DIV].
    Takeaways without activity are ignored. n: people, each counted once per activity. Raises nothing.
    """
    return together(difference_at_each(takeaways).values())


def difference_at_each(takeaways):
    """{activity: its difference}, of those where it is known."""
    people = {}
    for (activity, _person), profile in profiles(takeaways, of=attrgetter("activity", "author")).items():
        if activity is not None:
            people.setdefault(activity, []).append(profile)
    return {activity: _among(own) for activity, own in people.items() if len(own) >= PEOPLE}


def together(differences):
    """That of several activities."""
    differences = list(differences)
    pairs = sum(each.pairs for each in differences)
    return Difference(sum(each.n for each in differences), pairs, sum(each.value * each.pairs for each in differences) / pairs) if pairs else NO_PAIRS


def _among(people):
    pairs = len(people) * (len(people) - 1) // 2
    return Difference(len(people), pairs, Fraction(_sum_over_pairs(people), pairs))


def _sum_over_pairs(people):
    alike = counted(people)
    return sum(_of_kind([(own[kind], count) for own, count in alike if kind in own], len(people)) for kind in KINDS)


def _of_kind(weights, n):
    """`weights`: [(weight, how many people have it)]."""
    return (n * exact_sum((weight**2, count) for weight, count in weights) - exact_sum(weights) ** 2) / 2
