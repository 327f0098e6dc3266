"""Eight people who open the note form and send a note, again and again; every note that was acknowledged must be in the database."""

import re
import threading
import time
import uuid
from dataclasses import dataclass
from urllib.parse import urlencode

from learning.models import Reflection
from tests.bench.asking import Browser
from tests.faults.processes import cpu_seconds

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')
WARM = 2  # seconds
KEY = re.compile(rb'name="client_key" value="([\w-]+)"')


@dataclass(frozen=True)
class Noted:
    """`web` and `database`: ms of processor time for each note, the form that was opened for it included."""

    acknowledged: int
    stored: int
    seconds: float
    web: float
    database: float

    @property
    def rate(self):
        return self.acknowledged / self.seconds


class Writer(threading.Thread):
    def __init__(self, port, session, until):
        super().__init__()
        self.browser, self.until, self.keys, self.cpu, self.trouble = Browser(port, session), until, [], 0, None

    def run(self):
        try:
            while time.monotonic() < self.until:
                self.note()
        except Exception as trouble:
            self.trouble = trouble

    def note(self):
        shown, page = self.browser.ask("/note/")
        key = KEY.search(page)[1].decode()
        form = {"csrfmiddlewaretoken": TOKEN.search(page)[1].decode(), "client_key": key, "keep-new": f"(invented) {key[:8]}", "readers": "only_me"}
        answer, _text = self.browser.ask("/note/", urlencode(form))
        if answer.status != 302:
            raise RuntimeError(f"a note was answered with {answer.status}")
        self.keys.append(uuid.UUID(key))
        self.cpu += sum(float(answered.header("X-Took").split()[1]) for answered in (shown, answer))


def noted(port, sessions, seconds, postgres, database):
    """For `seconds`, after some that do not count: a process that has just begun is slower."""
    _written(port, sessions, WARM)
    began, before = time.monotonic(), cpu_seconds(postgres)
    writers = _written(port, sessions, seconds)
    took, used = time.monotonic() - began, cpu_seconds(postgres) - before
    keys = [key for writer in writers for key in writer.keys]
    stored = Reflection.objects.using(database).submitted().filter(client_key__in=keys).count()
    return Noted(len(keys), stored, took, sum(writer.cpu for writer in writers) / len(keys), used / len(keys) * 1000)


def _written(port, sessions, seconds):
    writers = [Writer(port, session, time.monotonic() + seconds) for session in sessions]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    for writer in writers:
        if writer.trouble:
            raise writer.trouble
    return writers
