"""How far a worker is, as the rows say it. Each commit waits for the disk, so one says that a mail has left and that the next one begins."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from iimprove.mail.row import Mail


class Marks:
    """In the rows of one batch. `taken`: the mail that the server has and whose row does not say so yet; a worker that dies now doubles it."""

    def __init__(self):
        self.taken = None

    def begin(self, mail):
        """Before anything is done for `mail`. False if its lease ran out meanwhile and another worker has it, or if somebody is changing it.

        The second row is not waited for: somebody who changes both in the other order would wait, too.
        """
        free = Mail.objects.held([mail]).order_by().select_for_update(skip_locked=True)
        with transaction.atomic():
            self._mark_taken()
            begun = Mail.objects.filter(pk__in=free.values("pk")).update(leased_until=lease_end(), begun_at=Now(), attempts=F("attempts") + 1)
        self.taken = None
        return begun

    def end(self):
        """No mail follows for now."""
        self._mark_taken()
        self.taken = None

    def _mark_taken(self):
        if mail := self.taken:
            sent = {"state": Mail.State.SENT, "sent_at": Now(), "begun_at": None, "error": "", "provider_id": mail.provider_id}
            Mail.objects.held([mail]).update(**sent)


def lease_end():
    return Now() + timedelta(seconds=settings.MAIL_LEASE_SECONDS)
