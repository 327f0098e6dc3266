"""The outbox: every mail but sign-in codes is a row here, written in the caller's transaction and drained by lease.

`queue` writes a row; `drain` claims due rows with a lease, asks the message's own function whether the mail is still wanted and
what to say, sends outside any transaction, and marks the row under its lease. What dies on the way is claimed again when the
lease runs out: nothing is lost; a mail in flight at the kill may go twice, with the same Message-ID (docs/adr/0001).
"""

from iimprove.mail.letters import compose, letter, may_leave, render, sent_by
from iimprove.mail.messages import NoLongerWanted, draft, message, queue, queue_all
from iimprove.mail.replies import MOST_ATTEMPTS, MOST_BREAKS, RETRY_AFTER
from iimprove.mail.row import Mail
from iimprove.mail.sending import claim, drain

__all__ = [
    "MOST_ATTEMPTS",
    "MOST_BREAKS",
    "RETRY_AFTER",
    "Mail",
    "NoLongerWanted",
    "claim",
    "compose",
    "draft",
    "drain",
    "letter",
    "may_leave",
    "message",
    "queue",
    "queue_all",
    "render",
    "sent_by",
]
