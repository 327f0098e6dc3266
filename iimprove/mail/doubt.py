"""Mails of which it is not known whether they left: their worker died, or the connection did before the server's answer came."""

import logging

from django.conf import settings
from django.db.models.functions import Now
from django.utils.module_loading import import_string

from iimprove.mail.row import Mail

logger = logging.getLogger(__name__)


def who_knows():
    """The function that settings.MAIL_RECONCILE names, or None. Raises ImportError where there is none of that name."""
    return import_string(settings.MAIL_RECONCILE) if settings.MAIL_RECONCILE else None


def settled(batch):
    """What of `batch` is to be sent, after settings.MAIL_RECONCILE was asked which of its doubtful mails are known to have left.

    Where the answer fails, these wait for their lease to run out: no mail goes again without it. Where nobody can be asked, all go.
    """
    doubtful = [mail for mail in batch if mail.begun_at]
    if not doubtful or not settings.MAIL_RECONCILE:
        return batch
    certain = [mail for mail in batch if not mail.begun_at]
    try:
        known = set(who_knows()([mail.message_id for mail in doubtful]))
    except Exception as error:
        logger.error("MAIL_RECONCILE did not answer: %s: %s", type(error).__name__, error)
        return certain
    if left := [mail for mail in doubtful if mail.message_id in known]:
        Mail.objects.held(left).update(state=Mail.State.SENT, sent_at=Now(), begun_at=None, error="")
    return certain + [mail for mail in doubtful if mail.message_id not in known]
