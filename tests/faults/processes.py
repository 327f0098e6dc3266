"""What processes have used, read from /proc (Linux)."""

import contextlib
import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
USED = slice(11, 15)  # utime, stime, and those of children that have ended; proc(5), counted from the state


def tree(pid):
    """`pid` and all that come from it."""
    children = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            children.setdefault(int(_facts(folder)[1]), []).append(int(folder.name))
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found


def cpu_seconds(pid):
    """Of `pid` and all that come from it, also those that have ended."""
    used = 0
    for one in tree(pid):
        with contextlib.suppress(OSError):
            used += sum(map(int, _facts(Path(f"/proc/{one}"))[USED]))
    return used / TICKS


def most_memory(pid):
    """MB of the largest of them, at its largest: (its own share, all it sees). What several processes see is shared among them: proc(5), Pss."""
    return max(_peak(one) for one in tree(pid))


def _peak(pid):
    try:
        peak, now = _kilobytes(f"/proc/{pid}/status"), _kilobytes(f"/proc/{pid}/smaps_rollup")
    except OSError:
        return 0, 0
    return (peak["VmHWM"] - (now["Rss"] - now["Pss"])) / 1024, peak["VmHWM"] / 1024


def _kilobytes(path):
    lines = (line.split() for line in Path(path).read_text().splitlines())
    return {words[0].rstrip(":"): int(words[1]) for words in lines if words[-1] == "kB"}


def _facts(folder):
    return (folder / "stat").read_text().rpartition(")")[2].split()
