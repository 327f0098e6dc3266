"""R7: whatever the mail server answers, or does not: what may succeed later is tried again, what cannot is set aside, the others go."""

import threading
import time

from tests.faults.experiments.experiment import Watch, addresses, arrived_part, experiment, waiting
from tests.faults.rig import wait_until
from tests.faults.tally import of_mails

TEMPORARY = ("rcpt421", "rcpt450", "rcpt451", "rcpt452", "data451", "before", "after")
LASTING = ("rcpt550", "data552", "data554")
WORDS = (*TEMPORARY, *LASTING, "calm", "slow", "mood")
MOODS = ("away", "silent", "busy", "no-tls")
LONGEST_BLOCK = 30  # seconds for one mail


@experiment("R7", n=200, small=10, batch=50, lease=60)
def replies(place, n):
    """`n` mails for each row of the table, all at once; then `n` for each mood of the server."""
    return answered(place, n, slow=4, moods=MOODS)


def answered(place, n, *, slow, moods):
    counts = dict.fromkeys((*TEMPORARY, *LASTING, "calm"), n) | ({"slow": slow} if slow else {})
    watch = Watch()
    with Blocked(place) as blocked:
        place.scene("visited", *(f"{word}={count}" for word, count in counts.items()))
        expected = [address for word, count in counts.items() if word not in LASTING for address in addresses(word, count)]
        _hurried(place, expected, 60 + len(expected) / 10 + 30 * slow)
        for mood in moods:
            expected += _in_mood(place, mood, n)
    doubled_by_nature = n + slow  # taken, but the answer was lost or came too late
    tally = of_mails("R7", expected, place, watch.seconds, allowed=doubled_by_nature, remark=f"longest with one mail {blocked.longest:.0f} s")
    tally.broken += [*_wrong_ends(place, n), *([f"{blocked.longest:.0f} s with one mail"] if blocked.longest > LONGEST_BLOCK else [])]
    return tally


def _in_mood(place, mood, n):
    """The server changes; what waits, waits unharmed, and goes when it is well again."""
    place.faults[mood] += 1
    place.set_mood(mood)
    if mood == "no-tls":
        _speak(place, "smtp+tls")
    word = f"mood-{mood}"
    place.scene("visited", f"{word}={n}")
    wait_until(lambda: place.number("SELECT count(*) FROM iimprove_mail WHERE \"to\" LIKE %s AND error <> ''", f"{word}-%"), 60)
    place.set_mood("well")
    if mood == "no-tls":
        _speak(place, "smtp")
    expected = addresses(word, n)
    _hurried(place, expected, 60 + n / 10)
    return expected


def _speak(place, scheme):
    worker = place.services["worker"]
    worker.env["EMAIL_URL"] = worker.env["EMAIL_URL"].replace(worker.env["EMAIL_URL"].partition(":")[0], scheme)
    place.restart("worker")


def _hurried(place, expected, seconds):
    """The minutes between two tries are cut short until all have arrived, and nothing waits for another try."""
    arrived = arrived_part(place, expected)

    def is_over():
        place.hurry()
        return arrived() == 1 and not waiting(place)

    wait_until(is_over, seconds)


def _wrong_ends(place, n):
    """In words, which rows do not stand where they should."""
    sql = """SELECT split_part("to", '-', 1) AS word, state, count(*), count(*) FILTER (WHERE error = '') FROM iimprove_mail GROUP BY 1, 2"""
    found = [row for row in place.rows(sql) if row[0] in WORDS]
    for word, state, count, silent in found:
        wanted = "failed" if word in LASTING else "sent"
        if state != wanted:
            yield f"{count} {word} are {state}"
        elif state == "failed" and silent:
            yield f"{silent} {word} failed without a word"
    tried = place.number("SELECT coalesce(max(attempts), 0) FROM iimprove_mail WHERE \"to\" LIKE 'calm-%%' OR \"to\" LIKE 'rcpt550-%%'")
    if tried > 1:
        yield f"a calm or refused one was tried {tried} times"
    told = place.number(
        "SELECT count(*) FROM learning_prompt p JOIN partners_person w ON w.id = p.person_id WHERE w.email LIKE 'rcpt550-%%' AND outcome = 'undeliverable'"
    )
    if told != n:
        yield f"{told} of {n} refused addresses are known as such"


class Blocked(threading.Thread):
    """Looks twice a second which mail each worker has in hand, and remembers the longest time with one."""

    def __init__(self, place):
        super().__init__()
        self.place, self.longest, self.over, self.since = place, 0.0, threading.Event(), {}

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.join()

    def run(self):
        while not self.over.wait(0.5):
            found = self.place.rows("SELECT lease_token, max(leased_until) FROM iimprove_mail WHERE state = 'leased' GROUP BY 1")
            now = time.monotonic()
            self.since = {mail: self.since.get(mail, now) for mail in found}
            self.longest = max([self.longest, *(now - since for since in self.since.values())])
