"""Somebody invites while everything dies: each invitation that was committed arrives."""

from contextlib import suppress
from subprocess import TimeoutExpired

from tests.faults.experiments.drains import in_flight
from tests.faults.experiments.experiment import Watch, all_arrive, experiment
from tests.faults.tally import of_mails

PAUSE = 0.05  # seconds between two invitations


@experiment("invitations", n=200, small=60, batch=50)
def invitations(place, n):
    return invited(place, n, faults=20)


def invited(place, n, *, faults):
    """`n` invitations, and so many faults: first each service dies once, at the end the broker is emptied."""
    place.scene("administrator")
    watch = Watch()
    journal = place.var / "invited"
    inviter = place.python("-m", "tests.faults.inviter", str(n), str(PAUSE), str(journal))
    for fault in ("worker", "beat", "valkey", "postgres"):
        _wait_a_little(inviter, place.rng)
        place.kill(fault)
    while place.faults.total() < faults:
        _wait_a_little(inviter, place.rng)
        place.harm()
    if inviter.wait(timeout=120):
        raise RuntimeError("Nobody invited to the end.")
    place.empty_broker()
    everybody = journal.read_text().split()
    all_arrive(place, everybody, 120)
    return of_mails("invitations", everybody, place, watch.seconds, allowed=in_flight(place.faults))


def _wait_a_little(inviter, rng):
    with suppress(TimeoutExpired):
        inviter.wait(timeout=rng.uniform(0.2, 0.8))
