"""A mail server of the experiments, in a process of its own: it takes everything at once, unless the address or its mood says otherwise.

`python -m tests.faults.sink PORT JOURNAL MOOD`. Each mail it takes is a line of the journal: time, recipient, Message-ID.
Moods: well; unhurried, each mail takes a moment, so that something can happen between two of them; silent; busy; no-tls.
An address `rcpt450-7@…` is answered 450 at RCPT, `data554-7@…` 554 after the text; `before-…` and `after-…` are cut off before or after
the dot, `slow-…` waits half a minute for its answer. What a later attempt could mend happens only at the first.
"""

import asyncio
import os
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

SLOW = 30  # seconds
MOMENT = 0.2  # seconds that an unhurried server takes for each mail
REPLY = re.compile(r"(rcpt|data)(\d{3})-")
MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
END = b"\r\n.\r\n"


class Arrival(NamedTuple):
    at: float
    to: str
    message_id: str


def arrivals(journal):
    """What the server has taken so far, in order."""
    rows = [line.split() for line in Path(journal).read_text().split("\n")[:-1]] if Path(journal).exists() else []
    return [Arrival(float(at), to, message_id) for at, to, message_id in rows]


def known(message_ids):
    """For MAIL_RECONCILE: those of `message_ids` that the server's own journal (SINK_JOURNAL) shows as taken."""
    return set(message_ids) & {arrival.message_id for arrival in arrivals(os.environ["SINK_JOURNAL"])}


class Session(asyncio.Protocol):
    """One connection of a mail program."""

    def __init__(self, journal, mood, attempts):
        self.journal, self.mood, self.attempts = journal, mood, attempts
        self.buffer, self.to, self.is_text = b"", "", False

    def connection_made(self, transport):
        self.transport = transport
        if self.mood == "busy":
            self.end("421 come back later")
        elif self.mood != "silent":
            self.say("220 sink")

    def data_received(self, data):
        if self.mood == "silent":
            return
        self.buffer += data
        while not self.transport.is_closing() and (self.take_text() if self.is_text else self.take_command()):
            pass

    def take_command(self):
        line, end, rest = self.buffer.partition(b"\r\n")
        if not end:
            return False
        self.buffer = rest
        verb, _, argument = line.decode(errors="replace").partition(" ")
        getattr(self, f"on_{verb.lower()}", self.on_other)(argument)
        return True

    def take_text(self):
        if self.behaves("before"):
            self.end()
            return False
        text, end, rest = self.buffer.partition(END)
        if not end:
            return False
        self.buffer, self.is_text = rest, False
        reply = self.reply_at("data")
        if reply:
            self.say(f"{reply} refused")
            return True
        self.journal.write(f"{time.time():.3f} {self.to} {MESSAGE_ID.search(text)[1].decode()}\n".encode())
        if self.behaves("after"):
            self.end()
        elif self.behaves("slow"):
            asyncio.get_running_loop().call_later(SLOW, self.say, "250 taken")
        else:
            self.say("250 taken")
        return True

    def on_ehlo(self, _):
        self.say("250-sink\r\n250 STARTTLS" if self.mood == "no-tls" else "250 sink")

    def on_starttls(self, _):
        self.say("220 go ahead")
        self.end("this is no TLS")

    def on_rcpt(self, argument):
        self.to = argument.partition("<")[2].partition(">")[0]
        self.attempts[self.to] += 1
        reply = self.reply_at("rcpt")
        line = f"{reply} refused" if reply else "250 known"
        asyncio.get_running_loop().call_later(MOMENT if self.mood == "unhurried" else 0, self.say, line)

    def on_data(self, _):
        self.is_text = True
        self.say("354 go ahead")

    def on_quit(self, _):
        self.end("221 bye")

    def on_other(self, _):
        self.say("250 fine")

    def reply_at(self, moment):
        """The refusal this address asks for: a temporary one at the first attempt, a lasting one each time."""
        asked = REPLY.match(self.to)
        if asked and asked[1] == moment and (asked[2].startswith("5") or self.attempts[self.to] == 1):
            return asked[2]
        return None

    def behaves(self, word):
        return self.to.startswith(f"{word}-") and self.attempts[self.to] == 1

    def say(self, line):
        if not self.transport.is_closing():
            self.transport.write(line.encode() + b"\r\n")

    def end(self, line=""):
        if line:
            self.say(line)
        self.transport.close()


async def serve(port, journal, mood):
    attempts = Counter()
    with Path(journal).open("ab", buffering=0) as lines:
        server = await asyncio.get_running_loop().create_server(lambda: Session(lines, mood, attempts), "127.0.0.1", port)
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), sys.argv[2], sys.argv[3]))
