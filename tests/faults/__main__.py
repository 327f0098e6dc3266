"""`python -m tests.faults [--small] [--seed N] [NAME …]`: the experiments named, or all; a line for each; exit code 1 if a promise was not kept."""

import argparse
import os
import sys
from contextlib import redirect_stdout
from pathlib import Path

from tests.faults.experiments import ALL


def main():
    parser = argparse.ArgumentParser(prog="make faults")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(ALL)}; none: all")
    parser.add_argument("--small", action="store_true", help="a tenth of the mails, for a quick look")
    parser.add_argument("--seed", type=int, default=2019)
    asked = parser.parse_args()
    if unknown := set(asked.names) - ALL.keys():
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    var = Path(os.environ.get("VAR") or "var").resolve() / "faults"
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    say(f"seed {asked.seed}, {os.cpu_count()} cores, {memory:.0f} GB, load {os.getloadavg()[0]:.1f}")
    broken = False
    for name in asked.names or ALL:
        with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):  # what is started again need not be told
            tally = ALL[name].alone(var / name, seed=asked.seed, small=asked.small)
        say(tally)
        broken = broken or bool(tally.broken)
    return 1 if broken else 0


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
