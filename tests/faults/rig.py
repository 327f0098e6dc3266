"""A whole site under attack: real PostgreSQL, Valkey, worker and beat, of which any may be killed at any moment.

The site runs in a data folder of its own; a `Sink` takes the mail. Everything that is random follows one seed.
"""

import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import redis

from iimprove import embedded, runner
from iimprove.embedded import postgres
from iimprove.embedded.processes import Child
from tests.smtp_sink import Sink, smtp_sink

PROJECT = Path(__file__).resolve().parents[2]
LEASE, TICK = 5, 1  # seconds, shortened so that a test takes seconds
runner.LONGEST_WAIT = 1


@dataclass
class Site:
    var: Path
    sink: Sink
    env: dict
    children: dict[str, Child]
    kills: Counter = field(default_factory=Counter)

    def manage(self, *args):
        subprocess.run([sys.executable, "manage.py", *args], cwd=PROJECT, env=self.env, check=True, stdout=subprocess.DEVNULL)

    def python(self, *args):
        return subprocess.Popen([sys.executable, *args], cwd=PROJECT, env=self.env)

    def kill(self, name):
        """kill -9; the watching parent starts it again."""
        self.children[name].popen.kill()
        self.kills[name] += 1

    def empty_broker(self):
        try:
            redis.from_url(self.env["REDIS_URL"], socket_timeout=2).flushall()
            self.kills["FLUSHALL"] += 1
        except redis.ConnectionError:
            pass  # it is just starting, hence empty

    def harm(self, rng):
        """One fault, drawn at random."""
        fault = rng.choice(["worker", "worker", "beat", "valkey", "postgres", "FLUSHALL"])
        self.empty_broker() if fault == "FLUSHALL" else self.kill(fault)


@contextmanager
def site(var):
    """A running site in the folder `var`, its mail going to a sink."""
    without = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "IIMPROVE_TEST_SERVICES", "VAR")
    kept = {name: os.environ.pop(name) for name in without if name in os.environ}
    try:
        with smtp_sink() as (sink, port):
            os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
            with embedded.services(var) as services:
                env = {
                    **os.environ,
                    "LOCAL": "1",
                    "VAR": str(var),
                    "DATABASE_URL": embedded.database_url(var),
                    "REDIS_URL": embedded.redis_url(var),
                    "MAIL_LEASE_SECONDS": str(LEASE),
                    "MAIL_TICK_SECONDS": str(TICK),
                    "MAIL_BATCH": "5",
                }
                children = {child.name: child for child in runner.children(var, 0) if child.name != "web"}
                for child in children.values():
                    child.env = env
                running = Site(var, sink, env, {child.name: child for child in services} | children)
                running.manage("migrate", "--verbosity=0")
                for child in children.values():
                    child.start()
                over = threading.Event()
                watching = threading.Thread(target=runner.watch, args=([*running.children.values()], over.is_set))
                watching.start()
                try:
                    yield running
                finally:
                    over.set()
                    watching.join()
                    for child in children.values():
                        child.stop()
    finally:
        postgres.remove(var)
        os.environ.pop("EMAIL_URL", None)
        os.environ.update(kept)


def wait_until(is_true, seconds):
    """Whether it became true in time."""
    deadline = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True


def seeded(seed):
    return random.Random(seed)
