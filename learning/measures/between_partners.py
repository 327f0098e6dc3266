"""M8, between partners: who took things from whom."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from learning.measures.observed import applied


@dataclass(frozen=True)
class Matrix:
    """(source, maker) → takeaways, and of those the ones ever applied. `breadth`: share of all ordered pairs of partners with one applied."""

    taken: tuple[tuple[tuple, int], ...]
    applied: tuple[tuple[tuple, int], ...]
    breadth: Fraction | None


def between_partners(rows, partners):
    """A[p→o] = takeaways made in o naming p as source; B[p→o] = those ever applied; breadth = pairs p ≠ o with B ≥ 1 / P(P − 1).

    Unit: takeaways; one that names two sources counts for each. Read only over cards the reader may read. Naming one's own organisation
    is not between partners; partners outside `partners` are not counted. Fewer than two partners: breadth None. Raises nothing.
    """
    used = {row.takeaway for row in rows.follow_ups if applied(row)}
    taken, kept = Counter(), Counter()
    for row in rows.takeaways:
        for source in row.source_partners & frozenset(partners) - {row.partner}:
            if row.partner in partners:
                taken[source, row.partner] += 1
                kept[source, row.partner] += row.id in used
    return _matrix(taken, +kept, partners)


def joined(matrices, partners):
    """The matrix of all takeaways, from those of parts of them that have none in common."""
    taken, kept = Counter(), Counter()
    for matrix in matrices:
        taken.update(dict(matrix.taken))
        kept.update(dict(matrix.applied))
    return _matrix(taken, kept, partners)


def _matrix(taken, kept, partners):
    pairs = len(partners) * (len(partners) - 1)
    return Matrix(_cells(taken), _cells(kept), Fraction(len(kept), pairs) if pairs else None)


def _cells(counter):
    return tuple(sorted(counter.items(), key=str))
