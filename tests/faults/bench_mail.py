"""`python -m tests.faults.bench_mail [COUNT]`: how fast due questions leave, to a mail server that takes each at once.

Two processes of one worker, batch and lease as in operation; the plan is made before, and timed apart, not beside it. COUNT mails
(10,000), then twice as many: a line for each, and whether the promises of docs/reliability.md are kept.
"""

import os
import sys
import time
from pathlib import Path

from tests.faults.experiments.experiment import mails
from tests.faults.processes import cpu_seconds, most_memory
from tests.faults.rig import site_of_its_own, wait_until

LEAST_RATE, MOST_MEMORY, MOST_GROWTH = 150, 200, 2.2  # mails a second, MB, times the time for twice the mails


def main(count):
    var = Path(os.environ.get("VAR") or "var").resolve() / "faults" / "bench"
    with site_of_its_own(var, lease=60, plan_tick=3600, batch=50) as place:
        once, twice = [measured(place, word, n) for word, n in (("once", count), ("twice", 2 * count))]
        _own, memory = most_memory(place.services["worker"].popen.pid)
    rate, growth = count / once, twice / once
    say(
        f"{rate:.0f} mails/s (at least {LEAST_RATE}), largest process {memory:.0f} MB (at most {MOST_MEMORY}), twice the mails in {growth:.2f} times the time"
    )
    return 0 if rate >= LEAST_RATE and memory < MOST_MEMORY and growth <= MOST_GROWTH else 1


def measured(place, word, n):
    """Seconds from the first to the last of `n` mails, all written before the first is sent."""
    place.stop("beat")
    place.scene("visited", f"{word}={n}")
    began = time.monotonic()
    place.manage("plan")
    planned = time.monotonic() - began
    if mails(place, word) != n:
        raise RuntimeError(f"{mails(place, word)} of {n} mails were written")
    parts = {"worker": place.services["worker"], "postgres": place.services["postgres"], "mail server": place.sink}
    before = {name: cpu_seconds(child.popen.pid) for name, child in parts.items()}
    place.start("beat")
    wait_until(lambda: place.journal.read_bytes().count(f" {word}-".encode()) >= n, 120 + n / 8)
    times = [arrival.at for arrival in place.arrived() if arrival.to.startswith(f"{word}-")]
    used = {name: (cpu_seconds(child.popen.pid) - before[name]) / n * 1000 for name, child in parts.items()}
    seconds = times[-1] - times[0]
    cpu = ", ".join(f"{name} {milliseconds:.1f}" for name, milliseconds in used.items())
    if len(times) != n:
        raise RuntimeError(f"{len(times)} of {n} mails arrived")
    rate = len(times) / seconds
    say(
        f"{len(times)} mails in {seconds:.1f} s, {rate:.0f} a second; CPU ms for each: {cpu}; load {os.getloadavg()[0]:.1f}; planned in {planned:.0f} s"
    )
    return seconds


def say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 10_000))
