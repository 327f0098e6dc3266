"""What an experiment is: a function of a running site and a size, and the site it wants."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.faults.rig import LEASE, site_of_its_own, wait_until
from tests.faults.tally import Tally


@dataclass(frozen=True)
class Experiment:
    name: str
    run: Callable[..., Tally]
    n: int
    small: int
    site: dict = field(default_factory=dict)

    def alone(self, var, *, seed, small=False):
        """In a site of its own."""
        with site_of_its_own(var, seed=seed, **self.site) as place:
            return self.on(place, self.small if small else self.n)

    def on(self, place, n):
        place.faults.clear()
        tally = self.run(place, n)
        tally.name = self.name
        return tally


def experiment(name, *, n, small, **site):
    """Name the decorated `function(place, n) -> Tally`; `n` is its size, `small` the one for a quick look."""
    return lambda function: Experiment(name, function, n, small, site)


class Watch:
    """Seconds since it was made."""

    def __init__(self):
        self.began = time.monotonic()

    @property
    def seconds(self):
        return time.monotonic() - self.began


def addresses(word, n):
    return [f"{word}-{number}@partners.local" for number in range(n)]


def arrived_part(place, expected):
    """From 0 to 1: which part of `expected` has its mail."""
    return lambda: len(set(expected) & {arrival.to for arrival in place.arrived()}) / len(expected)


def all_arrive(place, expected, seconds):
    """Wait for them, then for what is still in flight; returns how long the first took."""
    watch, part = Watch(), arrived_part(place, expected)
    wait_until(lambda: part() == 1, seconds)
    taken = watch.seconds
    wait_until(lambda: not place.number("SELECT count(*) FROM iimprove_mail WHERE state = 'leased'"), 2 * LEASE)
    return taken


def mails(place, word):
    """How many questions have been written to addresses that begin with `word`."""
    return place.number("SELECT count(*) FROM iimprove_mail WHERE message = 'questions' AND \"to\" LIKE %s", f"{word}-%")


def waiting(place):
    return place.number("SELECT count(*) FROM iimprove_mail WHERE state IN ('queued', 'leased')")
