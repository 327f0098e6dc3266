"""M7b, breadth: over how many kinds the learning spreads."""

from dataclasses import dataclass
from fractions import Fraction

from learning.measures.kinds import KINDS, counted, exact_sum, profiles


@dataclass(frozen=True)
class Breadth:
    n: int
    value: Fraction | None


def breadth(takeaways):
    """N_eff = 1 / Σ_k w̄_k², w̄ the mean of the people's kind weights: "as if 3.8 kinds equally" (Hill number of order 2 [DIV]).

    Unit: kinds, 1 to 6. n: people with a coded takeaway; nobody: None. It grows with n, so compare activities only at equal n. Raises nothing.
    """
    people = list(profiles(takeaways).values())
    if not people:
        return Breadth(0, None)
    alike = counted(people)
    means = [exact_sum(((own[kind], count) for own, count in alike if kind in own), len(people)) for kind in KINDS]
    return Breadth(len(people), 1 / sum(mean**2 for mean in means))
