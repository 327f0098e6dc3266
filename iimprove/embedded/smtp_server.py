"""A real SMTP server for local mode: every mail it takes is kept in a Maildir and sent no further.

`python -m iimprove.embedded.smtp_server FOLDER PORT` runs it.
"""

import mailbox
import sys
import threading

from aiosmtpd.controller import Controller

LARGEST = 50_000_000


class Keep:
    """Says 250 only when the mail is on the disk."""

    def __init__(self, folder):
        self.mailbox = mailbox.Maildir(folder)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  its name in aiosmtpd
        recipients = "".join(f"Delivered-To: {address}\r\n" for address in envelope.rcpt_tos)
        self.mailbox.add(recipients.encode() + envelope.original_content)
        return "250 OK"


if __name__ == "__main__":
    Controller(Keep(sys.argv[1]), hostname="127.0.0.1", port=int(sys.argv[2]), data_size_limit=LARGEST).start()
    threading.Event().wait()
