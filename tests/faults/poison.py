"""Messages that break what sends them; known only to a worker that is started with `--include tests.faults.poison`."""

import os
import time

from iimprove import mail

FOR_EVER = 100_000  # seconds


@mail.message("raises")
def raises(about, facts):
    raise ValueError("this mail cannot be written")


@mail.message("hangs")
def hangs(about, facts):
    time.sleep(FOR_EVER)


@mail.message("dies")
def dies(about, facts):
    os._exit(1)
