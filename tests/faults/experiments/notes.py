"""Notes are typed and sent while web, broker and PostgreSQL die: what was acknowledged is there, once."""

import http.client
import os
import re
import threading
import time
import uuid
from collections import Counter
from urllib.parse import urlencode

from tests.faults.experiments.experiment import Watch, experiment
from tests.faults.tally import Tally

CLIENTS = 20
KILLS = ["web"] * 4 + ["valkey"] * 3 + ["postgres"] * 3
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
LONGEST = 600  # seconds


class Writer(threading.Thread):
    """Somebody signed in who sends one note after another, each again until it is acknowledged; then it goes into the journal."""

    def __init__(self, place, session, number, count, journal):
        super().__init__()
        self.place, self.number, self.count, self.journal = place, number, count, journal
        self.cookies = {"session": session}
        self.deadline = time.monotonic() + LONGEST

    def run(self):
        self.token = self.patiently(self.open_form)
        for number in range(self.count):
            words, key = f"Writer {self.number} noted {number}", uuid.uuid4()
            if not self.patiently(lambda words=words, key=key: self.send(words, key)):
                return
            self.journal.write(f"{key} {words}\n".encode())
            os.fsync(self.journal.fileno())

    def open_form(self):
        status, page = self.request("GET")
        return TOKEN.search(page)[1] if status == 200 else None

    def send(self, words, key):
        """True once it is acknowledged."""
        form = {"csrfmiddlewaretoken": self.token, "client_key": key, "keep-new": words, "readers": "only_me"}
        status, _page = self.request("POST", urlencode(form))
        return status == 302

    def patiently(self, action):
        while time.monotonic() < self.deadline:
            try:
                if answer := action():
                    return answer
            except (OSError, http.client.HTTPException):
                pass  # whatever died, it comes back
            time.sleep(0.2)
        return None

    def request(self, method, body=None):
        connection = http.client.HTTPConnection("localhost", self.place.port, timeout=20)
        try:
            headers = {
                "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
                "Origin": f"http://localhost:{self.place.port}",
            }
            connection.request(method, "/note/", body, headers | {"Content-Type": "application/x-www-form-urlencoded"})
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, answer.read().decode()
        finally:
            connection.close()


@experiment("notes", n=500, small=100, web=True)
def notes(place, n):
    return noted(place, n, clients=CLIENTS, kills=KILLS)


def noted(place, n, *, clients, kills):
    sessions = place.scene("writers", clients).split()
    journal = place.var / "acknowledged"
    watch = Watch()
    with journal.open("ab", buffering=0) as lines:
        writers = [Writer(place, session, number, n // clients, lines) for number, session in enumerate(sessions)]
        for writer in writers:
            writer.start()
        place.under_fire(kills, lambda: len(journal.read_text().splitlines()) / n)
        for writer in writers:
            writer.join()
    return _count(place, n, journal, watch.seconds)


def _count(place, n, journal, seconds):
    acknowledged = dict(line.split(" ", 1) for line in journal.read_text().splitlines())
    sql = "SELECT r.client_key::text, t.title FROM learning_reflection r JOIN learning_takeaway t ON t.reflection_id = r.id WHERE r.submitted_at IS NOT NULL"
    kept = place.rows(sql)
    words = Counter(title for _key, title in kept)
    lost = set(acknowledged.items()) - set(kept)
    doubled = sum(words.values()) - len(words)
    tally = Tally("notes", n, place.faults, len(lost), doubled, same_id=doubled, seconds=seconds)
    if len(acknowledged) < n:
        tally.broken.append(f"only {len(acknowledged)} acknowledged in {LONGEST} s")
    return tally
