"""`make run` from start to end, as the person at the keyboard sees it."""

import os
import select
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from iimprove.embedded import postgres, processes

pytestmark = pytest.mark.faults
LAST_LINE = "Stop it with Ctrl-C."


@pytest.fixture
def var(tmp_path):
    yield tmp_path / "var"
    postgres.remove(tmp_path / "var")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(var, port):
    """A site started as `make run` does; yields its parent process once it has said that all is up."""
    without = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "DJANGO_SETTINGS_MODULE", "SECRET_KEY", processes.MARK)
    env = {name: value for name, value in os.environ.items() if name not in without} | {"VAR": str(var), "PORT": str(port)}
    argv = [sys.executable, "-m", "iimprove.runner"]
    with subprocess.Popen(argv, cwd=settings.BASE_DIR, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as parent:
        try:
            parent.greeting = read_until(parent, LAST_LINE)
            yield parent
        finally:
            parent.kill()


def read_until(parent, words, seconds=240):
    """What the parent says up to `words`, or up to its end."""
    said, deadline = b"", time.monotonic() + seconds
    while words.encode() not in said:
        assert select.select([parent.stdout], [], [], deadline - time.monotonic())[0], f"{words!r} was not said in time, only {said!r}"
        if not (more := os.read(parent.stdout.fileno(), 10_000)):
            break
        said += more
    return said.decode()


def status(port, page="healthz/"):
    try:
        return urllib.request.urlopen(f"http://127.0.0.1:{port}/{page}", timeout=10).status
    except urllib.error.HTTPError as error:
        return error.code


def of(var, *words):
    """The processes of this site whose command line holds these words."""
    return [pid for pid in processes.marked(var) if {*words} <= {*Path(f"/proc/{pid}/cmdline").read_text().split("\0")}]


def test_a_site_starts_heals_refuses_a_double_survives_a_kill_and_leaves_nothing_behind(var):
    port = free_port()
    with running(var, port) as site:
        assert f"http://localhost:{port}/" in site.greeting
        assert f"http://localhost:{port}/mailbox/" in site.greeting
        assert status(port, "mailbox/") == 200

        workers = of(var, "iimprove", "worker")
        assert workers
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
        assert "worker ended (signal 9), starting it again" in read_until(site, "starting it again")

        with running(var, free_port()) as second:
            assert "already runs on the data folder" in second.greeting
        with running(var.with_name("other"), port) as third:
            assert f"Port {port} is already used by another program" in third.greeting
        assert (second.returncode, third.returncode) == (1, 1)
        site.kill()

    for goodbye in (signal.SIGINT, signal.SIGTERM):
        with running(var, port) as site:
            assert "Updating the database" not in site.greeting
            assert status(port, "mailbox/") == 200
            site.send_signal(goodbye)
            assert site.wait(30) == 0
        assert list(processes.marked(var)) == []
