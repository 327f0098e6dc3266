"""A real SMTP server for tests: it keeps what it accepts and answers what a test tells it to."""

import email
import email.policy
import socket
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller


@dataclass
class Sink:
    """Accepted messages in `messages`; `at_rcpt` and `at_data` map a recipient to the reply given instead of accepting."""

    messages: list = field(default_factory=list)
    at_rcpt: dict = field(default_factory=dict)
    at_data: dict = field(default_factory=dict)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  (aiosmtpd's name)
        if reply := self.at_rcpt.get(address):
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if reply := self.at_data.get(envelope.rcpt_tos[0]):
            return reply
        self.messages.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"

    @property
    def recipients(self):
        return sorted(message["To"] for message in self.messages)


@contextmanager
def smtp_sink():
    """Yields (sink, port)."""
    sink = Sink()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield sink, port
    finally:
        controller.stop()
