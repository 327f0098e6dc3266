"""The outbox: every mail but sign-in codes is a row here, written in the caller's transaction and drained by lease.

`queue` writes a row; `drain` claims due rows with a lease, asks the message's own function whether the mail is still wanted and
what to say, sends outside any transaction, and marks the row under its lease. What dies on the way is claimed again when the
lease runs out: nothing is lost; a mail in flight at the kill may go twice, with the same Message-ID (docs/adr/0001).
"""

import logging
import smtplib
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.utils import formataddr, parseaddr

from anymail.exceptions import AnymailRecipientsRefused
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

RETRY_AFTER = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720)]  # together just under a day
MOST_ATTEMPTS = len(RETRY_AFTER) + 1
TEMPORARY, PERMANENT = range(400, 500), range(500, 600)  # SMTP reply codes
UNSAFE_IN_NAMES = frozenset('"<>()[]@,;:\\')
RESERVED = (".example", ".invalid", ".test", "@example.org", "@example.com", "@example.net")  # RFC 2606: nobody's addresses

logger = logging.getLogger(__name__)


class NoLongerWanted(Exception):
    """Raised by a message's function at send time: the mail is cancelled, with this reason."""


class MailQuerySet(models.QuerySet):
    def due(self):
        """To be sent now: queued and due, or leased by a worker that did not come back."""
        return self.filter(Q(state=Mail.State.QUEUED, next_attempt_at__lte=Now()) | Q(state=Mail.State.LEASED, leased_until__lte=Now()))

    def waiting(self):
        return self.filter(state__in=[Mail.State.QUEUED, Mail.State.LEASED])

    def send_again(self):
        """Give those that failed a new beginning."""
        return self.filter(state=Mail.State.FAILED).update(state=Mail.State.QUEUED, attempts=0, next_attempt_at=Now(), error="")

    def cancel(self, reason):
        return self.waiting().update(state=Mail.State.CANCELLED, error=reason)


class Mail(models.Model):
    """One mail to one recipient. What it says is computed when it is sent; no body is ever stored."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        LEASED = "leased", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.CharField(max_length=60, help_text=_("Which mail it is: the name of its template and function."))
    to = models.EmailField(_("recipient"))
    language = models.CharField(max_length=8)
    about_type = models.ForeignKey(ContentType, models.CASCADE, null=True, blank=True)
    about_id = models.CharField(max_length=40, blank=True)
    about = GenericForeignKey("about_type", "about_id")
    facts = models.JSONField(default=dict, blank=True, help_text=_("Small facts the mail needs and nothing else holds, as the time of a sign-in."))
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField(auto_now_add=True)
    next_attempt_at = models.DateTimeField(db_default=Now())
    lease_token = models.UUIDField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("mail"), _("mails")
        ordering = ["-queued_at", "pk"]
        indexes = [models.Index(fields=["next_attempt_at"], condition=Q(state__in=["queued", "leased"]), name="mail_waiting")]

    def __str__(self):
        return f"{self.message} → {self.to}"

    @property
    def message_id(self):
        """The same on every attempt, so that a mail sent twice is recognised as one."""
        return f"<{self.pk}@{settings.SITE_HOST}>"


@dataclass(frozen=True)
class Message:
    """What the app that sends a mail says about it: see `message`."""

    context: Callable
    refused: Callable | None


_messages: dict[str, Message] = {}


def message(name, *, refused=None):
    """Register the decorated `function(about, facts) -> context dict` as what `emails/<name>.txt` is filled with when it is sent.

    It raises NoLongerWanted where the world has moved on. `about` is None if the row it was about is gone.
    `refused(about)` is called, in one transaction with the mail's end, when the recipient's server refuses the address.
    """

    def register(function):
        _messages[name] = Message(function, refused)
        return function

    return register


def draft(message, *, to, language, about=None, facts=None, at=None):
    """A mail that is not written yet; `queue_all` writes many at once. `at`: not before this instant."""
    about_type = ContentType.objects.get_for_model(about) if about else None
    values = {"next_attempt_at": at} if at else {}
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


def render(template, language, **context):
    """Subject and text of `emails/<template>.txt` in `language`: the first line is the subject, nothing is HTML-escaped."""
    with translation.override(language):
        source = get_template(f"emails/{template}.txt").template
        subject, body = source.render(Context({"site_url": settings.SITE_URL, **context}, autoescape=False)).split("\n", 1)
    return " ".join(subject.split()), body.strip() + "\n"


def drain(seconds=60):
    """Send what is due, batch by batch, until nothing is or `seconds` are over; returns how many rows were worked on.

    Where the mail server cannot be reached the batch waits a minute, unharmed, and the drain ends.
    """
    worked, deadline = 0, time.monotonic() + seconds
    while time.monotonic() < deadline:
        batch = claim(settings.MAIL_BATCH)
        if not batch or not _send_batch(batch):
            break
        worked += len(batch)
    return worked


def claim(size):
    """Lease up to `size` due rows to this process; other workers skip them. The database's clock decides."""
    token = uuid.uuid4()
    with transaction.atomic():
        due = Mail.objects.due().order_by("next_attempt_at").select_for_update(skip_locked=True)[:size]
        Mail.objects.filter(pk__in=list(due.values_list("pk", flat=True))).update(
            state=Mail.State.LEASED, lease_token=token, leased_until=_lease_end()
        )
    return list(Mail.objects.filter(lease_token=token, state=Mail.State.LEASED).select_related("about_type"))


def _send_batch(batch):
    """False if the server went away: what is left of the batch is given back."""
    connection = get_connection()
    try:
        for position, mail in enumerate(batch):
            try:
                connection.open()
            except OSError as error:  # smtplib's errors are OSErrors too
                _held(batch[position:]).update(state=Mail.State.QUEUED, next_attempt_at=Now() + RETRY_AFTER[0], error=_words(error))
                logger.warning("mail server out of reach: %s", _words(error))
                return False
            _send_one(mail, connection)
    finally:
        connection.close()
    return True


def _send_one(mail, connection):
    held = _held([mail])
    if not held.update(leased_until=_lease_end(), attempts=F("attempts") + 1):
        return  # the lease ran out meanwhile and another worker has it
    mail.attempts += 1
    if mail.attempts > MOST_ATTEMPTS:
        held.update(state=Mail.State.FAILED, error=mail.error or "set aside: no attempt came to an end")
        return
    try:
        email = compose(mail)
        connection.send_messages([email])
    except NoLongerWanted as reason:
        held.update(state=Mail.State.CANCELLED, error=str(reason))
    except Exception as error:  # whatever it is, it must not take the batch with it
        logger.warning("mail %s, attempt %s: %s", mail.pk, mail.attempts, type(error).__name__)
        connection.close()
        _failed(mail, held, error)
    else:
        held.update(state=Mail.State.SENT, sent_at=Now(), error="")


def compose(mail):
    """The mail as it stands now. Raises NoLongerWanted if it should not go."""
    if not may_leave(mail.to):
        raise NoLongerWanted("an invented address: the mail does not leave the site")
    about = mail.about
    with translation.override(mail.language):
        context = _messages[mail.message].context(about, mail.facts)
    return letter(mail.message, to=mail.to, language=mail.language, message_id=mail.message_id, **context)


def may_leave(address):
    """Mail to invented addresses is kept on this machine, or not sent at all."""
    return settings.MAIL_STAYS_HERE or not address.endswith(RESERVED)


def letter(template, *, to, language, message_id, headers=None, sender="", attachments=(), **context):
    """One mail in our frame, with the headers of a mail nobody typed and those the message adds.

    `sender`: whose name stands before the site's address; `attachments`: (file name, content, type).
    """
    subject, text = render(template, language, **context)
    headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"} | (headers or {})
    email = EmailMultiAlternatives(subject, text, from_email=sent_by(sender), to=[to], headers=headers, attachments=attachments)
    with translation.override(language):
        framed = render_to_string("emails/frame.html", {"subject": subject, "text": text, "site_url": settings.SITE_URL})
    email.attach_alternative(framed, "text/html")
    return email


def sent_by(name):
    """The site's address with this name in front of it, which holds no sign that means something in an address; by itself without a name."""
    clean = " ".join("".join(" " if sign in UNSAFE_IN_NAMES or not sign.isprintable() else sign for sign in name).split())[:60]
    return formataddr((clean, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])) if clean else settings.DEFAULT_FROM_EMAIL


def _failed(mail, held, error):
    """Set aside what cannot succeed, try the rest again later."""
    refused = isinstance(error, (smtplib.SMTPRecipientsRefused, AnymailRecipientsRefused)) and _code(error) not in TEMPORARY
    if not refused and _code(error) not in PERMANENT and mail.attempts < MOST_ATTEMPTS:
        held.update(state=Mail.State.QUEUED, next_attempt_at=Now() + RETRY_AFTER[mail.attempts - 1], error=_words(error))
        return
    with transaction.atomic():
        held.update(state=Mail.State.FAILED, error=_words(error))
        told = _messages[mail.message].refused if mail.message in _messages else None
        if refused and told and mail.about:
            told(mail.about)


def _held(mails):
    """The rows among `mails` whose lease is still ours."""
    return Mail.objects.filter(pk__in=[mail.pk for mail in mails], lease_token=mails[0].lease_token, state=Mail.State.LEASED)


def _lease_end():
    return Now() + timedelta(seconds=settings.MAIL_LEASE_SECONDS)


def _code(error):
    """The SMTP reply code, or None."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next(iter(error.recipients.values()))[0]
    return getattr(error, "smtp_code", None)


def _words(error):
    return f"{type(error).__name__}: {error}"[:500]
