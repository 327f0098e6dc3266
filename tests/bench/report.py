"""The table, and what of the promises is broken."""

import os
from dataclasses import dataclass
from statistics import median

from tests.bench.course import say

MOST_GROWTH = 1.3
MOST_MS = {"value": 60}
MOST_MS_ELSE = 100
LEAST_NOTES, MOST_MEMORY = 80, 120  # notes a second; MB of one web process, its share of what is shared
MOST_STATISTICS, MOST_STATISTICS_PAGE = 1, 60  # seconds, ms
MOST_WRITING, LINES = 4, 100_000  # seconds for a CSV file of so many lines


@dataclass(frozen=True)
class Promise:
    words: str
    is_kept: bool


def report(found, seconds):
    """Print what was found; return the promises that are broken."""
    sizes = list(found.pages)
    say(f"\n{'page':<15}{'reflections':>12}{'median ms':>11}{'p95 ms':>9}{'web cpu':>9}{'db cpu':>9}{'queries':>9}")
    for name in found.pages[sizes[0]]:
        for size in sizes:
            _line(name, size, found.pages[size][name])
    _line("value, large", found.answers, found.statistics_page)
    for size in sizes:
        noted = found.noted[size]
        say(
            f"{size:>10,} reflections: {noted.rate:.0f} notes a second (form and submit), {noted.stored} of {noted.acknowledged} stored, "
            f"each {noted.web:.1f} ms of the web's processor and {noted.database:.1f} ms of the database's; "
            f"release of a project {found.released[size] * 1000:.0f} ms"
        )
    say(f"the first page of the large project in a process, and after a change: up to {found.statistics_first:.1f} s")
    say(f"filling the last size: {found.filled:.0f} s; all: {seconds:.0f} s; load now {os.getloadavg()[0]:.1f}\n")
    promises = list(_promises(found, sizes))
    for promise in promises:
        say(f"{'kept  ' if promise.is_kept else 'BROKEN'} {promise.words}")
    return [promise for promise in promises if not promise.is_kept]


def _line(name, size, page):
    queries = "/".join(map(str, sorted(page.queries)))
    say(f"{name:<15}{size:>12,}{page.median:>11.1f}{page.p95:>9.1f}{median(page.cpu):>9.1f}{page.database:>9.1f}{queries:>9}")


def _promises(found, sizes):
    first, last = found.pages[sizes[0]], found.pages[sizes[-1]]
    for name, page in last.items():
        most = MOST_MS.get(name, MOST_MS_ELSE)
        yield Promise(f"{name}: {page.median:.1f} ms, under {most}", page.median < most)
        growth = page.work / first[name].work
        yield Promise(f"{name}: {growth:.2f} times the processor time at {sizes[0]:,}, at most {MOST_GROWTH}", growth <= MOST_GROWTH)
        yield Promise(f"{name}: as many queries at every size", len({frozenset(found.pages[size][name].queries) for size in sizes}) == 1)
    for size, noted in found.noted.items():
        yield Promise(f"notes at {size:,}: all {noted.acknowledged} stored", noted.stored == noted.acknowledged)
        yield Promise(f"notes at {size:,}: {noted.rate:.0f} a second, at least {LEAST_NOTES}", noted.rate >= LEAST_NOTES)
    yield Promise(f"statistics over {found.answers:,} answers: {found.statistics:.2f} s, under {MOST_STATISTICS}", found.statistics < MOST_STATISTICS)
    page = found.statistics_page.median
    yield Promise(f"their page: {page:.1f} ms, under {MOST_STATISTICS_PAGE}", page < MOST_STATISTICS_PAGE)
    writing = found.writing * LINES / found.lines
    words = f"CSV of {found.lines:,} lines: {found.writing:.2f} s, so {writing:.2f} s for {LINES:,}, under {MOST_WRITING}"
    yield Promise(words, writing < MOST_WRITING)
    own, seen = found.memory
    yield Promise(f"largest web process: {own:.0f} MB of its own share, under {MOST_MEMORY} (resident {seen:.0f} MB)", own < MOST_MEMORY)
