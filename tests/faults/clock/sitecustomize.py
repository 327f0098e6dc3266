"""Every Python process of an experiment's site finds this (PYTHONPATH) and sets its clock CLOCK_AHEAD seconds ahead."""

import datetime
import os
import time

if ahead := os.environ.get("CLOCK_AHEAD"):
    import time_machine

    time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=float(ahead)), tick=True).start()
    time.time()  # it ticks from the first time somebody looks
