"""M6, change between waves: what happened to things observed twice."""

from collections import Counter
from dataclasses import dataclass

from learning.measures.observed import IN_USE, at_wave, is_observed

ORDER = {"none_yet": 0, "wont": 0, "stopped": 0, "tried": 1, "in_use": 2, "other": 2}


@dataclass(frozen=True)
class Change:
    """`table`: ((state before, state after), count), ordered. `staying`: in use at both / in use before and observed after."""

    up: int
    same: int
    down: int
    table: tuple[tuple[tuple[str, str], int], ...]
    staying: tuple[int, int]


def change(rows, before, after):
    """Pairs observed at both waves: up, same, down (newly stopped, or lower) in the order none < tried < in use (= other).

    Unit: takeaways, counts. "I do not expect to use it" ranks as nothing yet; from stopped back to use is up. Staying power =
    P(in use at m12 given in use at m3), given as a count and its base. One wave unobserved: no pair. Raises nothing.
    """
    first, second = at_wave(rows, before), at_wave(rows, after)
    pairs = Counter(
        (first[key].state, second[key].state) for key in first.keys() & second.keys() if is_observed(first[key]) and is_observed(second[key])
    )
    turns = Counter()
    for (old, new), count in pairs.items():
        turns[_turn(old, new)] += count
    kept = sum(count for (old, new), count in pairs.items() if old in IN_USE and new in IN_USE)
    used = sum(count for (old, _), count in pairs.items() if old in IN_USE)
    return Change(turns["up"], turns["same"], turns["down"], tuple(sorted(pairs.items())), (kept, used))


def _turn(old, new):
    if new == "stopped" != old:
        return "down"
    if ORDER[new] == ORDER[old]:
        return "same"
    return "up" if ORDER[new] > ORDER[old] else "down"
