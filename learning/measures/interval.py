"""Wilson's 95 % interval [WIL]."""

from math import sqrt

from learning.measures.bar import Bar

FROM = 20
Z = 1.959963984540054  # the 97.5 % point of the normal distribution


def wilson(yes, n):
    """(p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n) with p = yes/n. Raises ValueError unless 0 ≤ yes ≤ n and n ≥ 1."""
    if not 0 <= yes <= n or n < 1:
        raise ValueError(f"{yes} of {n}")
    p, shrink = yes / n, 1 + Z * Z / n
    middle = (p + Z * Z / (2 * n)) / shrink
    half = Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / shrink
    return max(0.0, middle - half), min(1.0, middle + half)


def interval(bar: Bar):
    """For people, from 20 known, and only to be read "as if typical of future groups". None below, or when more than half is not known.

    It covers chance, not silence: that is what the bounds are for. Not for takeaways: those of one person are not independent.
    """
    return wilson(bar.yes, bar.known) if bar.known >= FROM and bar.may_show_share else None
