"""`python -m tests.bench [--sizes 1000,100000,1000000] [--seconds 4]`: what docs/performance.md promises, measured; exit code 1 if it is not kept.

In a data folder of its own, removed at the end. It counts on a machine that does nothing else; where that is not so, look at the
columns of processor time, which other programs change little.
"""

import argparse
import os
import sys
import time
from pathlib import Path


def main(sizes, seconds):
    from tests.bench.site import services

    var = Path(os.environ.get("VAR") or "var").resolve() / "bench"
    began = time.monotonic()
    with services(var) as running:
        import django

        django.setup()
        from tests.bench.course import course
        from tests.bench.report import report

        found = course(var, running["postgres"].popen.pid, sizes, seconds)
    broken = report(found, time.monotonic() - began)
    return 1 if broken else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--sizes", default="1000,100000,1000000", help="reflections in the database, growing")
    parser.add_argument("--seconds", type=float, default=4, help="how long each page is asked for")
    chosen = parser.parse_args()
    sys.exit(main([int(size) for size in chosen.sizes.split(",")], chosen.seconds))
