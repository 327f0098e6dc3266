from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType

from iimprove.mail.row import Mail


class NoLongerWanted(Exception):
    """Raised by a message's function at send time: the mail is cancelled, with this reason."""


@dataclass(frozen=True)
class Message:
    """What the app that sends a mail says about it: see `message`."""

    context: Callable
    refused: Callable | None = None
    is_by_hand: bool = False
    read: Callable | None = None


_messages: dict[str, Message] = {}


def message(name, *, refused=None, by_hand=False, read=None):
    """Register the decorated `function(about, facts) -> context dict` as what `emails/<name>.txt` is filled with when it is sent.

    It raises NoLongerWanted where the world has moved on. `about` is None if the row it was about is gone. `headers`, `sender` and
    `attachments` in the dict are for the mail itself (see `letter`).
    `refused(about)` is called, in one transaction with the mail's end, when the address takes no mail.
    `by_hand`: somebody presses a button for each of these; they go even to an address whose mail was stopped.
    `read([(about, facts), ...])` reads for many of these mails at once; the function is then called with a third argument, what `read`
    returned in the place of its mail.
    """

    def register(function):
        _messages[name] = Message(function, refused, by_hand, read)
        return function

    return register


def registered(name):
    """The message of that name, or None."""
    return _messages.get(name)


def draft(message, *, to, language, about=None, facts=None, at=None):
    """A mail that is not written yet; `queue_all` writes many at once. `at`: not before this instant."""
    about_type = ContentType.objects.get_for_model(about) if about else None
    values = {"due_at": at, "next_attempt_at": at} if at else {}
    return Mail(
        message=message, to=to, language=language, about_type=about_type, about_id=str(about.pk) if about else "", facts=facts or {}, **values
    )


def queue(message, **values):
    """Write a mail into the outbox, in the caller's transaction; `values` as for `draft`."""
    mail = draft(message, **values)
    mail.save(force_insert=True)
    return mail


def queue_all(drafts):
    """The same for many, in few queries."""
    return Mail.objects.bulk_create(drafts, batch_size=500)
