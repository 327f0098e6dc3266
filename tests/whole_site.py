"""A whole site as `make run` starts it, on its own web, worker, beat, SMTP server and PostgreSQL."""

import http.client
import os
import select
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from iimprove.embedded.processes import MARK

PROJECT = Path(__file__).resolve().parent.parent
LAST_LINE = "Stop it with Ctrl-C."
OF_THE_TESTS = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "IIMPROVE_TEST_SERVICES", "DJANGO_SETTINGS_MODULE", "SECRET_KEY", "STATIC_ROOT", MARK)


@dataclass
class Site:
    var: Path
    port: int
    parent: subprocess.Popen
    greeting: str  # what it said until all was up, or until it gave up

    @property
    def url(self):
        return f"http://localhost:{self.port}"

    def manage(self, *args):
        environment = _environment(self.var, self.port)
        subprocess.run([sys.executable, "manage.py", *args], cwd=PROJECT, env=environment, check=True, stdout=subprocess.DEVNULL)

    def status(self, page):
        connection = http.client.HTTPConnection("localhost", self.port, timeout=10)
        connection.request("GET", f"/{page}")
        return connection.getresponse().status

    def says(self, words):
        """What its parent says up to `words`, or up to its end."""
        return _read_until(self.parent, words)


@contextmanager
def running(var, port):
    """A `Site` that is up, or whose parent has given up; killed at the end, if it still is."""
    argv = [sys.executable, "-m", "iimprove.runner"]
    with subprocess.Popen(argv, cwd=PROJECT, env=_environment(var, port), stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as parent:
        try:
            yield Site(var, port, parent, _read_until(parent, LAST_LINE))
        finally:
            parent.kill()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _environment(var, port):
    """One web process is enough, and mails leave each second."""
    kept = {name: value for name, value in os.environ.items() if name not in OF_THE_TESTS}
    return kept | {"LOCAL": "1", "VAR": str(var), "PORT": str(port), "MAIL_TICK_SECONDS": "1", "WEB_WORKERS": "1"}


def _read_until(parent, words, seconds=240):
    said, deadline = b"", time.monotonic() + seconds
    while words.encode() not in said:
        assert select.select([parent.stdout], [], [], deadline - time.monotonic())[0], f"{words!r} was not said in time, only {said!r}"
        if not (more := os.read(parent.stdout.fileno(), 10_000)):
            break
        said += more
    return said.decode()
