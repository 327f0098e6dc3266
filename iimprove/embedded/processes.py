"""Child processes that die with their parent, die as a whole, and are known again if they did not."""

import contextlib
import ctypes
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from iimprove.embedded.folder import Trouble

MARK = "IIMPROVE_CHILD_OF"  # in the environment of every child: the data folder it works for
MAX_LOG = 5_000_000
PR_SET_PDEATHSIG = 1  # linux/prctl.h
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass
class Child:
    """One long-running process of this site."""

    name: str
    argv: list[str]
    var: Path
    env: dict[str, str] = field(default_factory=dict)
    user: int | None = None
    stop_signal: int = signal.SIGTERM
    grace: float = 10
    is_ready: Callable[[], bool] = lambda: True
    popen: subprocess.Popen | None = None
    started_at: float = 0
    is_cleared: bool = True  # the rest of its group is gone too

    @property
    def log(self):
        return Path(self.var) / "log" / f"{self.name}.log"

    def start(self):
        if self.log.exists() and self.log.stat().st_size > MAX_LOG:
            self.log.replace(self.log.with_suffix(".old.log"))
        self.started_at, self.is_cleared = time.monotonic(), False
        with self.log.open("ab") as log:
            self.popen = subprocess.Popen(
                self.argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self.env, MARK: str(self.var)},
                start_new_session=True,
                preexec_fn=tie_to_parent(self.stop_signal),
                **identity(self.user),
            )
        return self

    def exit_code(self):
        """None while it runs; when it is found ended, the rest of its group is ended with it, once."""
        if self.popen.poll() is not None and not self.is_cleared:
            self.is_cleared = True
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.popen.pid, signal.SIGKILL)
        return self.popen.returncode

    def wait_until_ready(self, seconds=120):
        deadline = time.monotonic() + seconds
        while not self.is_ready():
            if self.exit_code() is not None or time.monotonic() > deadline:
                raise Trouble(f"{self.name} did not start: {self.last_words()}\nMore in {self.log}")
            time.sleep(0.02)

    def last_words(self):
        lines = self.log.read_text(errors="replace").strip().splitlines()
        return " / ".join(lines[-3:]) or "it said nothing."

    def stop(self, *, is_hurried=lambda: False):
        """Ask, wait, insist."""
        if self.popen is None or self.exit_code() is not None:
            return
        self.popen.send_signal(self.stop_signal)
        deadline = time.monotonic() + self.grace
        while self.exit_code() is None and time.monotonic() < deadline and not is_hurried():
            time.sleep(0.02)
        if self.exit_code() is None:
            os.killpg(self.popen.pid, signal.SIGKILL)
            self.popen.wait()
            self.is_cleared = True


def identity(user):
    """What `subprocess` needs to become that user, with no more rights than it has; None stays who we are."""
    return {} if user is None else {"user": user, "group": pwd.getpwuid(user).pw_gid, "extra_groups": []}


def tie_to_parent(stop_signal):
    """For `preexec_fn`: Linux sends the child `stop_signal` when its parent dies, even by kill -9."""
    parent = os.getpid()

    def tie():
        tie_this_process(stop_signal)
        if os.getppid() != parent:
            os._exit(1)

    return tie


def tie_this_process(stop_signal):
    if _libc:
        _libc.prctl(PR_SET_PDEATHSIG, stop_signal)


def end_strays(var, seconds=10):
    """End what a killed run of this folder left running; known by the mark in its environment, never by a number in a file."""
    deadline = time.monotonic() + seconds
    while pids := list(marked(var)):
        for pid in pids:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGTERM if time.monotonic() < deadline else signal.SIGKILL)
        time.sleep(0.1)


def marked(var):
    """The pids of the processes that work for this folder."""
    for pid, environment in _environments():
        if pid != os.getpid() and f"{MARK}={var}" in environment:
            yield pid


def _environments():
    """(pid, its environment as strings) of every process we may look into."""
    if Path("/proc/self/environ").exists():
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if " Z " not in (folder / "stat").read_text(errors="replace").rpartition(")")[2][:4]:
                    yield int(folder.name), (folder / "environ").read_text(errors="replace").split("\0")
    else:
        listing = subprocess.run(["ps", "-axEww", "-o", "pid=,command="], capture_output=True, text=True, errors="replace").stdout
        for line in listing.splitlines():
            pid, *words = line.split()
            yield int(pid), words
