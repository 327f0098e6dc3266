"""A whole site under attack: real PostgreSQL, Valkey, worker, beat, web and mail server, of which any may be killed at any moment.

The site runs in a data folder of its own, on a working morning of its own clock, with lease and tick shortened. Everything that is
random follows one seed.
"""

import datetime
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import redis

from iimprove import embedded, runner
from iimprove.embedded import postgres
from iimprove.embedded.processes import Child
from tests.faults.sink import arrivals

PROJECT = Path(__file__).resolve().parents[2]
LEASE, TICK, PLAN_TICK = 5, 1, 6  # seconds, shortened so that an experiment takes minutes
LONGEST_DOWN = 60  # seconds for a service that was killed
GRACE = 40  # seconds for a worker that is asked to end, as in operation
WITHOUT = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "IIMPROVE_TEST_SERVICES", "VAR", "MAIL_RECONCILE")
runner.LONGEST_WAIT = 1


@dataclass
class Site:
    var: Path
    env: dict
    rng: random.Random
    sink: Child
    port: int
    services: dict[str, Child] = field(default_factory=dict)  # what can be killed, by name
    watched: list[Child] = field(default_factory=list)  # what is started again when it dies
    faults: Counter = field(default_factory=Counter)

    @property
    def journal(self):
        return self.var / "arrived"

    def arrived(self):
        return arrivals(self.journal)

    def manage(self, *args):
        subprocess.run([sys.executable, "manage.py", *args], cwd=PROJECT, env=self.env, check=True, stdout=subprocess.DEVNULL)

    def scene(self, *args):
        """What stands in the database before, or changes during an experiment: tests/faults/scene.py. Returns what it prints."""
        argv = [sys.executable, "-m", "tests.faults.scene", *map(str, args)]
        return subprocess.run(argv, cwd=PROJECT, env=self.env, check=True, stdout=subprocess.PIPE, text=True).stdout

    def python(self, *args):
        return subprocess.Popen([sys.executable, *args], cwd=PROJECT, env=self.env)

    def rows(self, sql, *values):
        """The answer of the database, waited for while it is down."""
        deadline = time.monotonic() + LONGEST_DOWN
        while True:
            try:
                with psycopg.connect(self.env["DATABASE_URL"], autocommit=True, connect_timeout=2) as connection:
                    cursor = connection.execute(sql, values)
                    return cursor.fetchall() if cursor.description else []
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def number(self, sql, *values):
        return self.rows(sql, *values)[0][0]

    def states(self):
        """How many mails are in which state."""
        return dict(self.rows("SELECT state, count(*) FROM iimprove_mail GROUP BY state"))

    def hurry(self):
        """What waits for another try is due now: the clock of the retry table, shortened."""
        self.rows("UPDATE iimprove_mail SET next_attempt_at = now() WHERE state = 'queued' AND next_attempt_at > now()")

    def set_mood(self, mood):
        """The mail server begins again with this mood; "away": nobody listens."""
        self.sink.stop()
        if mood != "away":
            self.sink.argv[-1] = mood
            self.sink.start().wait_until_ready()

    def kill(self, name):
        """kill -9; the watching parent starts it again."""
        self.services[name].popen.kill()
        self.faults[name] += 1

    def restart(self, name):
        """As a deploy does it: ask to end, wait, insist; the watching parent starts it again."""
        child = self.services[name]
        old = child.popen
        old.send_signal(signal.SIGTERM)
        self.faults[f"{name} restarted"] += 1
        deadline = time.monotonic() + GRACE
        while old.poll() is None and time.monotonic() < deadline:
            time.sleep(0.1)
        if old.poll() is None:
            os.killpg(old.pid, signal.SIGKILL)
            self.faults["grace over"] += 1

    def stop(self, name):
        """It ends and stays away until `start`."""
        self.watched.remove(self.services[name])
        self.services[name].stop()

    def start(self, name):
        self.watched.append(self.services[name].start())

    def empty_broker(self):
        try:
            redis.from_url(self.env["REDIS_URL"], socket_timeout=2).flushall()
            self.faults["FLUSHALL"] += 1
        except redis.ConnectionError:
            pass  # it is just starting, hence empty

    def commit(self, fault):
        """`fault`: FLUSHALL, everything, "restart worker", or the name of what is killed."""
        if fault == "FLUSHALL":
            self.empty_broker()
        elif fault == "everything":
            for name in self.services:
                self.kill(name)
        elif fault.startswith("restart "):
            self.restart(fault.removeprefix("restart "))
        else:
            self.kill(fault)

    def harm(self):
        """One fault, drawn at random."""
        self.commit(self.rng.choice(["worker", "worker", "beat", "valkey", "postgres", "FLUSHALL"]))

    def under_fire(self, faults, progress, *, patience=10):
        """Commit `faults` in an order drawn at random while `progress()` goes from 0 to 1; none waits longer than `patience` seconds."""
        faults = self.rng.sample([*faults], len(faults))
        for number, fault in enumerate(faults):
            turn = (number + self.rng.random()) / (len(faults) + 1)
            wait_until(lambda turn=turn: progress() >= turn, patience)
            self.commit(fault)


@contextmanager
def site(var, *, seed=2019, web=False, beats=1, lease=LEASE, tick=TICK, plan_tick=PLAN_TICK, batch=5, worker=(), env=None):
    """A site in the folder `var`, its mail going to a sink. `worker`: more options for it."""
    kept = {name: os.environ.pop(name) for name in WITHOUT if name in os.environ}
    try:
        with ExitStack() as stack:
            embedded.folder.make(var)
            sink = _sink(var)
            stack.callback(sink.stop)
            os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{sink.argv[-3]}"
            services = stack.enter_context(embedded.services(var))
            port = _free_port()
            environment = _environment(var, port) | {
                "MAIL_LEASE_SECONDS": str(lease),
                "MAIL_TICK_SECONDS": str(tick),
                "PLAN_TICK_SECONDS": str(plan_tick),
                "MAIL_BATCH": str(batch),
                **(env or {}),
            }
            place = Site(var, environment, random.Random(seed), sink, port, {child.name: child for child in services})
            place.manage("migrate", "--verbosity=0")
            if web:
                place.manage("shell", "--command", "from iimprove import assets; assets.collect_if_changed()")
            own = _children(place, web, beats, worker)
            stack.callback(lambda: [child.stop() for child in own])
            for child in own:
                place.services[child.name] = child.start()
            place.watched += place.services.values()
            stack.enter_context(_watching(place.watched))
            yield place
    finally:
        postgres.remove(var)
        os.environ.pop("EMAIL_URL", None)
        os.environ.update(kept)


@contextmanager
def site_of_its_own(var, **options):
    """A `site` in a new folder; its logs stay until the next time."""
    shutil.rmtree(var, ignore_errors=True)
    with site(var, **options) as place:
        yield place


def _sink(var):
    """In a folder of its own: the services begin by ending what works for theirs."""
    port, folder = _free_port(), var / "sink"
    embedded.folder.make(folder)
    argv = [sys.executable, "-m", "tests.faults.sink", str(port), str(var / "arrived"), "well"]
    return Child("sink", argv, folder, env={"PYTHONPATH": str(PROJECT)}, is_ready=lambda: _listens(port)).start()


def _environment(var, port):
    return {
        **os.environ,
        "LOCAL": "1",
        "VAR": str(var),
        "STATIC_ROOT": os.environ.get("STATIC_ROOT") or str(PROJECT / "var" / "faults" / "static"),
        "PORT": str(port),
        "SECRET_KEY": "for experiments alone, and long enough that nothing complains about it",
        "DATABASE_URL": embedded.database_url(var),
        "REDIS_URL": embedded.redis_url(var),
        "SINK_JOURNAL": str(var / "arrived"),
        "CLOCK_AHEAD": str((next_working_morning(datetime.datetime.now(datetime.UTC)) - datetime.datetime.now(datetime.UTC)).total_seconds()),
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent / "clock"), str(PROJECT)]),
    }


def next_working_morning(now):
    """The Tuesday after `now`, at ten: whatever day it is, on the site's clock mails may go."""
    days = (1 - now.weekday()) % 7 or 7
    return (now + datetime.timedelta(days=days)).replace(hour=10, minute=0, second=0, microsecond=0)


def _children(place, web, beats, worker):
    web_child, beat, worker_child = runner.children(place.var, place.port)
    worker_child.argv += worker
    more = [Child(f"beat-{number}", beat.argv, beat.var) for number in range(2, beats + 1)]
    children = [*([web_child] if web else []), *([beat] if beats else []), *more, worker_child]
    for child in children:
        child.env = place.env | child.env
    return children


@contextmanager
def _watching(children):
    over = threading.Event()
    watching = threading.Thread(target=runner.watch, args=(children, over.is_set))
    watching.start()
    try:
        yield
    finally:
        over.set()
        watching.join()


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _listens(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def wait_until(is_true, seconds):
    """Whether it became true in time."""
    deadline = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True
