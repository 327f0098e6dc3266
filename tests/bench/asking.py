"""Asking for pages, one after another, and what each took: on the server, so that the asking itself does not count."""

import socket
import time
from dataclasses import dataclass
from itertools import cycle
from statistics import median, quantiles

from tests.faults.processes import cpu_seconds

PAGES = {
    "empty": "/empty/",
    "note form": "/note/",
    "my page": "/",
    "my notes": "/mine/",
    "activity": "/p/{0.project}/activities/{0.activity}/",
    "search": "/search/?q={0.word}",
    "value": "/p/{0.project}/value/",
}
WARM = 2  # rounds before it counts
TURNS = 4
IDLE = 4  # seconds after which the server may have closed a connection


@dataclass(frozen=True)
class Page:
    """What one page took, in ms: `times` in the web process from request to answer; of it `cpu` its own work; `database`: PostgreSQL's work."""

    times: list
    cpu: list
    queries: set
    database: float

    @property
    def median(self):
        return median(self.times)

    @property
    def p95(self):
        return quantiles(self.times, n=20)[-1]

    @property
    def work(self):
        """Processor time of web and database together: what other programs on the machine do not change much."""
        return median(self.cpu) + self.database


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list  # (name, value)

    def header(self, name):
        return next(value for key, value in self.headers if key == name)


class Browser:
    """One connection that is kept open, with the cookies of one person.

    It reads by itself what it needs: the standard library takes longer to read an answer than gunicorn a request, on the same processors.
    """

    def __init__(self, port, session):
        self.port, self.cookies = port, {"session": session}
        self.stream, self.asked_at = None, 0

    def ask(self, path, body=None):
        """(answer, its text)."""
        self._connect()
        self.stream.write(self._request(path, body))
        self.stream.flush()
        status = int(self.stream.readline().split()[1])
        answer = Answer(status, list(self._headers()))
        text = self._text(dict(answer.headers))
        self.asked_at = time.monotonic()
        if ("Connection", "close") in answer.headers:
            self.stream = None
        for name, value in answer.headers:
            if name == "Set-Cookie":
                cookie, _, kept = value.partition(";")[0].partition("=")
                self.cookies[cookie] = kept
        return answer, text

    def _connect(self):
        if self.stream is None or time.monotonic() - self.asked_at > IDLE:
            with socket.create_connection(("localhost", self.port), timeout=60) as connection:
                self.stream = connection.makefile("rwb")

    def _request(self, path, body):
        method, data = ("GET", b"") if body is None else ("POST", body.encode())
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{self.port}", f"Origin: http://localhost:{self.port}", f"Cookie: {cookies}"]
        if data:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(data)}"]
        return "\r\n".join([*lines, "", ""]).encode() + data

    def _headers(self):
        while line := self.stream.readline().strip():
            name, _, value = line.decode().partition(": ")
            yield name, value

    def _text(self, headers):
        if "Content-Length" in headers:
            return self.stream.read(int(headers["Content-Length"]))
        return b"".join(self._chunks())

    def _chunks(self):
        while size := int(self.stream.readline(), 16):
            yield self.stream.read(size)
            self.stream.readline()
        self.stream.readline()


class Asking:
    """A page that is asked for of each of `readers` in turn; `before` is done each time and not counted."""

    def __init__(self, port, readers, path, postgres, *, before=lambda: None):
        self.browsers = [(Browser(port, reader.session), path.format(reader)) for reader in readers]
        self.postgres, self.before, self.took, self.database = postgres, before, [], 0
        rounds = []
        while len(rounds) < WARM or sum(rounds[-1]) > IDLE * 1000:  # in which connections are closed: each browser is to stay with one process
            rounds.append([_took(browser, address)[0] for browser, address in self.browsers])
        self.slowest = max(map(max, rounds))  # ms, when its process had not found the figures yet

    def go_on(self, seconds):
        """Until `seconds` are over, at least once of each reader."""
        deadline, used = time.monotonic() + seconds, cpu_seconds(self.postgres)
        for number, (browser, address) in enumerate(cycle(self.browsers)):
            if number >= len(self.browsers) and time.monotonic() > deadline:
                break
            idle = cpu_seconds(self.postgres)
            self.before()
            used += cpu_seconds(self.postgres) - idle
            self.took.append(_took(browser, address))
        self.database += cpu_seconds(self.postgres) - used

    @property
    def page(self):
        times, cpu, queries = zip(*self.took, strict=True)
        return Page(list(times), list(cpu), {int(count) for count in queries}, self.database / len(self.took) * 1000)


def in_turns(askings, seconds):
    """Each for `seconds` in all. A machine shared with others is up to twice as slow from one minute to the next: so both have of each."""
    for _ in range(TURNS):
        for asking in askings:
            asking.go_on(seconds / TURNS)


def download(port, reader):
    """(lines, seconds) of the file of all things in a project that somebody may read."""
    began = time.monotonic()
    _answer, text = Browser(port, reader.session).ask(f"/p/{reader.project}/value/cards.csv")
    return text.count(b"\r\n") - 1, time.monotonic() - began


def _took(browser, address):
    answer, _text = browser.ask(address)
    if answer.status != 200:
        raise RuntimeError(f"{address}: {answer.status}")
    return tuple(map(float, answer.header("X-Took").split()))
