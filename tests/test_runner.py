"""`make run` from start to end, as the person at the keyboard sees it."""

import os
import signal
from pathlib import Path

import pytest

from iimprove.embedded import processes
from tests.whole_site import free_port, running

pytestmark = pytest.mark.xdist_group("whole site")  # after the loop (tests/browser/test_loop.py), on the same one


def of(var, *words):
    """The processes of this site whose command line holds these words."""
    return [pid for pid in processes.marked(var) if {*words} <= {*Path(f"/proc/{pid}/cmdline").read_text().split("\0")}]


def test_a_site_starts_heals_refuses_a_double_survives_a_kill_and_leaves_nothing_behind(whole_site):
    var, port = whole_site.var, whole_site.port
    assert f"http://localhost:{port}/" in whole_site.greeting
    assert f"http://localhost:{port}/mailbox/" in whole_site.greeting
    assert whole_site.status("mailbox/") == 200

    workers = of(var, "iimprove", "worker")
    assert workers
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
    assert "worker ended (signal 9), starting it again" in whole_site.says("starting it again")

    with running(var, free_port()) as second:
        assert "already runs on the data folder" in second.greeting
    with running(var.with_name("other"), port) as third:
        assert f"Port {port} is already used by another program" in third.greeting
    assert (second.parent.returncode, third.parent.returncode) == (1, 1)
    whole_site.parent.kill()

    for goodbye in (signal.SIGINT, signal.SIGTERM):
        with running(var, port) as site:
            assert "Updating the database" not in site.greeting
            assert site.status("mailbox/") == 200
            site.parent.send_signal(goodbye)
            assert site.parent.wait(30) == 0
        assert list(processes.marked(var)) == []
