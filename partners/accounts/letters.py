"""Mails that somebody is waiting for at the keyboard: they leave at once, not through the outbox.

An unknown address gets its mail the same way as a known one, so that the answer takes as long.
"""

import logging
import uuid

from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.db.models import Q
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from iimprove import mail
from partners.models import Person

MAIL_IS_OUT = _("We could not send the mail just now. Is the address right? If it is, try again in a few minutes: nothing is lost.")

logger = logging.getLogger(__name__)


class NotSent(ImmediateHttpResponse):
    """The mail server took nothing. A view that can say so in its form catches this; otherwise a page says it."""

    def __init__(self):
        super().__init__(render(context.request, "account/mail_is_out.html", {"text": MAIL_IS_OUT}, status=503))


def send_now(name, *, to, **facts):
    """Send `emails/account/<name>.txt` to `to`, in the language of whoever has that address."""
    if not mail.may_leave(to):
        return
    message_id = f"<{uuid.uuid4()}@{settings.SITE_HOST}>"
    letter = mail.letter(f"account/{name}", to=to, language=language_at(to), message_id=message_id, **facts)
    try:
        letter.send()
    except OSError as error:  # smtplib's errors are OSErrors too
        logger.warning("%s was not sent: %s", name, type(error).__name__)
        raise NotSent from error


def language_at(address):
    person = Person.objects.filter(Q(email=address) | Q(emailaddress__email=address)).first()
    return person.language if person else translation.get_language()
