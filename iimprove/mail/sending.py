import logging
import smtplib
import time
import uuid
from contextlib import ExitStack, suppress

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.db.models.functions import Now

from iimprove import bounces
from iimprove.mail import replies
from iimprove.mail.doubt import settled
from iimprove.mail.letters import compose
from iimprove.mail.limit import Hangs, at_most
from iimprove.mail.marks import Marks, lease_end
from iimprove.mail.messages import NoLongerWanted, registered
from iimprove.mail.reading import Reader
from iimprove.mail.row import Mail

TO_WRITE, TO_SEND = 10, 20  # seconds for one mail: together less than a lease, and than the time a worker has to end

logger = logging.getLogger(__name__)


def drain(seconds=20):
    """Send what is due, batch by batch, until nothing is or `seconds` are over; returns how many rows were worked on.

    Where the mail server cannot be reached the batch waits a minute, unharmed, and the drain ends. It is short, so that a worker that
    is told to stop can end it: beat has written the next one by then.
    """
    worked, deadline = 0, time.monotonic() + seconds
    while time.monotonic() < deadline:
        batch = claim(settings.MAIL_BATCH)
        if not batch or not _send_batch(settled(batch), deadline):
            break
        worked += len(batch)
    return worked


def claim(size):
    """Lease up to `size` due rows to this process; other workers skip them. The database's clock decides.

    They come as they were before the lease. A mail whose worker died goes last, so that it takes no other with it.
    """
    token = uuid.uuid4()
    with transaction.atomic():
        batch = list(Mail.objects.due().order_by("next_attempt_at").select_for_update(skip_locked=True)[:size])
        Mail.objects.filter(pk__in=[mail.pk for mail in batch]).update(state=Mail.State.LEASED, lease_token=token, leased_until=lease_end())
    for mail in batch:
        mail.lease_token = token
    return sorted(batch, key=lambda mail: mail.is_left_by_the_dead)


def _send_batch(batch, deadline):
    """False if the server went away or the time is over: what is left of the batch is given back."""
    stopped = bounces.of({mail.to for mail in batch})
    connection, reader, marks, skipped = get_connection(), Reader(batch), Marks(), []
    with ExitStack() as at_the_end:
        at_the_end.callback(_close, connection)
        at_the_end.callback(_give_back, skipped)
        at_the_end.callback(marks.end)
        for position, mail in enumerate(batch):
            if time.monotonic() > deadline:
                _give_back(batch[position:])
                return False
            try:
                _reach(connection)
            except OSError as error:  # smtplib's errors are OSErrors too
                logger.warning("mail server out of reach: %s", replies.words(error))
                _give_back(batch[position:], next_attempt_at=Now() + replies.RETRY_AFTER[0], error=replies.words(error))
                return False
            if not _send_one(mail, connection, reader, marks, stopped.get(mail.to.lower())):
                skipped.append(mail)
    return True


def _give_back(mails, **values):
    """As if they had not been claimed, those that are still ours."""
    if mails:
        Mail.objects.held(mails).update(state=Mail.State.QUEUED, **values)


def _send_one(mail, connection, reader, marks, bounce):
    """Unless its address was stopped, or it kills workers. False if it is not ours any more, or somebody was looking at its row just then."""
    message = registered(mail.message)
    if bounce and message and not message.is_by_hand:
        marks.end()
        undeliverable(mail, Mail.objects.held([mail]), f"mail to this address was stopped: {bounce.words}")
    elif mail.is_left_by_the_dead and mail.attempts >= replies.MOST_BREAKS:
        Mail.objects.held([mail]).update(state=Mail.State.FAILED, error=f"set aside: {mail.attempts} attempts, and the last took its worker with it")
    elif marks.begin(mail):
        mail.attempts += 1
        _attempt(mail, connection, reader, marks)
    else:
        return False
    return True


def _attempt(mail, connection, reader, marks):
    try:
        with at_most(TO_WRITE, Hangs(f"it was not written within {TO_WRITE} seconds")):
            email = compose(mail, reader)
        with at_most(TO_SEND, TimeoutError(f"it was not taken within {TO_SEND} seconds")):
            connection.send_messages([email])
    except NoLongerWanted as reason:
        Mail.objects.held([mail]).update(state=Mail.State.CANCELLED, begun_at=None, error=str(reason))
    except Exception as error:  # whatever it is, it must not take the batch with it
        logger.warning("mail %s, attempt %s: %s", mail.pk, mail.attempts, type(error).__name__)
        _close(connection)
        _failed(mail, error)
    else:
        mail.provider_id = _provider_id(email)
        marks.taken = mail


def _failed(mail, error):
    """Set aside what cannot succeed, try the rest again later."""
    held, words = Mail.objects.held([mail]), replies.words(error)
    if wait := replies.retry_after(error, mail.attempts):
        kept = {} if replies.leaves_doubt(error) else {"begun_at": None}
        held.update(state=Mail.State.QUEUED, next_attempt_at=Now() + wait, error=words, **kept)
    elif replies.refuses_recipient(error):
        bounces.record(mail.to, event_id=f"{mail.pk}/{mail.attempts}", is_permanent=replies.stops_address(error), words=words)
        undeliverable(mail, held, words)
    else:
        held.update(state=Mail.State.FAILED, begun_at=None, error=words)


def undeliverable(mail, rows, words):
    """The mail ends here, if `rows` still holds it, and its app is told, in one transaction. An app that breaks at the news changes nothing."""
    message = registered(mail.message)
    ended = {"state": Mail.State.FAILED, "begun_at": None, "error": words[:500]}
    try:
        with transaction.atomic():
            if rows.update(**ended) and message and message.refused and mail.about:
                message.refused(mail.about)
    except Exception:
        logger.exception("mail %s: its app could not be told that it was refused", mail.pk)
        rows.update(**ended)


def _provider_id(email):
    """What the provider calls the mail; "" with plain SMTP."""
    status = getattr(email, "anymail_status", None)
    return "" if status is None or status.message_id is None else str(status.message_id)[:200]


def _reach(connection):
    """Open, and with SMTP also greet: a server that is silent then has failed all mails, not the first."""
    with at_most(TO_SEND, TimeoutError(f"no connection within {TO_SEND} seconds")):
        if connection.open() and isinstance(smtp := getattr(connection, "connection", None), smtplib.SMTP):
            smtp.ehlo_or_helo_if_needed()


def _close(connection):
    with suppress(OSError):
        connection.close()
