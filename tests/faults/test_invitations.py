import subprocess
from collections import Counter

import pytest

from tests.faults.rig import LEASE, seeded, site, wait_until

INVITATIONS = 200
ADMIN = """
from tests.factories import MembershipFactory
MembershipFactory(admin=True, person__email="admin@example.org")
"""


@pytest.mark.faults
def test_invitations_all_arrive_whatever_is_killed(tmp_path_factory, capsys):
    """200 invitations while worker, beat, broker and PostgreSQL are killed 20 times and the broker is emptied."""
    rng = seeded(2019)
    with site(tmp_path_factory.mktemp("var")) as running:
        running.manage("shell", "--command", ADMIN)
        journal = running.var / "journal"
        inviter = running.python("-m", "tests.faults.inviter", str(INVITATIONS), "0.05", str(journal))

        for fault in ("worker", "beat", "valkey", "postgres"):
            wait_a_little(inviter, rng)
            running.kill(fault)
        while sum(running.kills.values()) < 20:
            wait_a_little(inviter, rng)
            running.harm(rng)
        assert inviter.wait(timeout=60) == 0
        running.empty_broker()
        everybody = set(journal.read_text().split())
        arrived = wait_until(lambda: everybody <= set(running.sink.recipients), seconds=LEASE + 40)

        sent = Counter(message["To"] for message in running.sink.messages)
        ids = {(message["To"], message["Message-ID"]) for message in running.sink.messages}
        twice = sum(sent.values()) - len(sent)
        with capsys.disabled():
            print(f"\n{len(everybody)} invited, {len(everybody - sent.keys())} lost, {twice} sent twice, faults {dict(running.kills)}")  # noqa: T201
    assert arrived and len(everybody) == INVITATIONS
    assert len(ids) == len(sent), "a mail sent twice must carry the same Message-ID"
    assert twice <= 2 * (running.kills["worker"] + running.kills["postgres"]), "only what was in flight at a kill may go twice"


def wait_a_little(inviter, rng):
    try:
        inviter.wait(timeout=rng.uniform(0.2, 0.8))
    except subprocess.TimeoutExpired:
        return
