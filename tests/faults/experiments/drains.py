"""Due questions are sent while everything dies: none is lost, and doubled is only what was in flight."""

from tests.faults.experiments.experiment import Watch, addresses, all_arrive, arrived_part, experiment, mails
from tests.faults.rig import wait_until
from tests.faults.tally import of_mails

NONE_FOR = 330  # seconds: longer than a lease, and than the wait before the third attempt
PROCESSES = 2  # of the worker: as many mails can be in flight
WHILE_PLANNED = ["worker", "worker", "valkey", "beat"]
WHILE_SENDING = ["worker"] * 6 + ["valkey"] * 5 + ["beat"] * 5 + ["FLUSHALL"] * 2
KILLS = [*WHILE_PLANNED, *WHILE_SENDING]
R1 = ["worker"] * 8 + ["valkey"] * 4 + ["beat"] * 4 + ["FLUSHALL"] * 4
R2 = [*R1, *["postgres"] * 5, *["everything"] * 2]
R3 = ["restart worker"] * 8 + ["valkey"] * 6 + ["beat"] * 6
RECONCILE = {"MAIL_RECONCILE": "tests.faults.sink.known"}


def in_flight(faults):
    """How many mails the kills can have caught between the server's answer and the mark in the row."""
    return PROCESSES * (faults["worker"] + faults["postgres"] + faults["grace over"])


def nothing(faults):
    return 0


def drained(place, word, n, faults, *, allowed, while_planned=(), patience=10):
    """`n` people are due; some faults happen while their mails are written, `faults` while they are sent."""
    expected = addresses(word, n)
    place.scene("visited", f"{word}={n}")
    watch = Watch()
    place.under_fire(while_planned, lambda: 0, patience=2)
    wait_until(lambda: mails(place, word) == n, 60 + n / 20)
    place.under_fire(faults, arrived_part(place, expected), patience=patience)
    _arrive_at_last(place, expected)
    return of_mails(word, expected, place, watch.seconds, allowed=allowed(place.faults))


def _arrive_at_last(place, expected):
    """However slow the machine is: lost is what has not come when none has come for long."""
    part, before = arrived_part(place, expected), -1
    while before < part() < 1:
        before = part()
        wait_until(lambda before=before: part() > before, NONE_FOR)
    all_arrive(place, expected, 0)


@experiment("prompts", n=2000, small=300, plan_tick=15)
def prompts(place, n):
    return drained(place, "prompts", n, WHILE_SENDING, allowed=in_flight, while_planned=WHILE_PLANNED)


@experiment("one-task-each", n=2000, small=300, beats=0, worker=["--include", "tests.faults.one_task"])
def one_task(place, n):
    """The negative control: with one Celery task for each mail, the same kills must lose some."""
    expected = addresses("task", n)
    place.scene("visited", f"task={n}")
    place.manage("plan")
    watch = Watch()
    if place.python("-m", "tests.faults.one_task").wait():
        raise RuntimeError("No tasks were published: what is lost now shows nothing.")
    place.under_fire([fault for fault in KILLS if fault != "beat"], arrived_part(place, expected), patience=3)
    all_arrive(place, expected, 10)
    tally = of_mails("one-task-each", expected, place, watch.seconds, remark="(negative control: must lose some)")
    tally.broken = [] if tally.lost else ["nothing was lost: the rig shows nothing"]
    return tally


@experiment("R1", n=10_000, small=1000, plan_tick=30, batch=50)
def thousands(place, n):
    return drained(place, "r1", n, R1, allowed=in_flight)


@experiment("R1-reconciled", n=10_000, small=1000, plan_tick=30, batch=50, env=RECONCILE)
def reconciled(place, n):
    """The mail server's own journal is asked about what is in doubt: nothing is doubled."""
    return drained(place, "r1-reconciled", n, R1, allowed=nothing)


@experiment("R2", n=10_000, small=1000, plan_tick=30, batch=50)
def everything(place, n):
    return drained(place, "r2", n, R2, allowed=in_flight)


@experiment("R3", n=10_000, small=1000, plan_tick=30, batch=50)
def deploys(place, n):
    """Workers are asked to end, as at a deploy: nothing is lost or doubled."""
    return drained(place, "r3", n, R3, allowed=nothing)
