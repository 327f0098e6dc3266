import subprocess

import pytest

from tests.faults.experiments.drains import in_flight
from tests.faults.experiments.experiment import all_arrive, arrived_part
from tests.faults.rig import site
from tests.faults.tally import of_mails

INVITATIONS = 200


@pytest.mark.faults
def test_invitations_all_arrive_whatever_is_killed(tmp_path_factory, capsys):
    """200 invitations while worker, beat, broker and PostgreSQL are killed 20 times and the broker is emptied."""
    with site(tmp_path_factory.mktemp("var")) as running:
        running.scene("administrator")
        journal = running.var / "invited"
        inviter = running.python("-m", "tests.faults.inviter", str(INVITATIONS), "0.05", str(journal))

        for fault in ("worker", "beat", "valkey", "postgres"):
            wait_a_little(inviter, running.rng)
            running.kill(fault)
        while running.faults.total() < 20:
            wait_a_little(inviter, running.rng)
            running.harm()
        assert inviter.wait(timeout=60) == 0
        running.empty_broker()
        everybody = journal.read_text().split()
        seconds = all_arrive(running, everybody, 45)

        tally = of_mails("invitations", everybody, running, seconds, allowed=in_flight(running.faults))
        with capsys.disabled():
            print(f"\n{tally}")  # noqa: T201
        assert arrived_part(running, everybody)() == 1 and len(everybody) == INVITATIONS
        assert tally.broken == []


def wait_a_little(inviter, rng):
    try:
        inviter.wait(timeout=rng.uniform(0.2, 0.8))
    except subprocess.TimeoutExpired:
        return
