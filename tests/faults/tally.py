"""What came of an experiment, in one line."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field


@dataclass
class Tally:
    """`allowed`: how many may be doubled, with the same Message-ID; `broken`: promises that were not kept, in words."""

    name: str
    n: int
    faults: Counter
    lost: int
    doubled: int
    same_id: int
    seconds: float
    allowed: int = 0
    remark: str = ""
    broken: list[str] = field(default_factory=list)

    def __post_init__(self):
        if self.lost:
            self.broken.append(f"{self.lost} lost")
        if self.doubled > self.allowed:
            self.broken.append(f"{self.doubled} doubled, {self.allowed} allowed")
        if self.doubled != self.same_id:
            self.broken.append("doubled with another Message-ID")

    def __str__(self):
        figures = {"n": self.n, "faults": self.faults.total(), "lost": self.lost, "doubled": f"{self.doubled} (same Message-ID {self.same_id})"}
        line = "  ".join([f"{self.name:16}", *(f"{name} {value}" for name, value in figures.items()), f"{self.seconds:.0f} s"])
        return "  ".join([line, *filter(None, [self.remark]), *(f"BROKEN: {words}" for words in self.broken)])


def of_mails(name, expected, site, seconds, **more):
    """`expected`: the addresses that must get exactly one mail."""
    wanted, ids = set(expected), defaultdict(list)
    for arrival in site.arrived():
        if arrival.to in wanted:
            ids[arrival.to].append(arrival.message_id)
    again = {to: found for to, found in ids.items() if len(found) > 1}
    return Tally(
        name,
        n=len(expected),
        faults=site.faults,
        lost=len(wanted - ids.keys()),
        doubled=sum(len(found) - 1 for found in again.values()),
        same_id=sum(len(found) - 1 for found in again.values() if len(set(found)) == 1),
        seconds=seconds,
        **more,
    )
