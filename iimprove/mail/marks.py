"""How far a worker is, as the rows say it. Each commit waits for the disk, so one says that a mail has left and that the next one begins.

In SQL, because this is done for each mail: put together by the ORM, it takes five times as long as the database needs for it.
"""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.models.functions import Now

LEFT = """
    UPDATE iimprove_mail SET state = 'sent', sent_at = statement_timestamp(), begun_at = NULL, error = '', provider_id = %s
    WHERE id = %s AND lease_token = %s AND state = 'leased'"""
BEGINS = """
    UPDATE iimprove_mail SET leased_until = statement_timestamp() + %s, begun_at = statement_timestamp(), attempts = attempts + 1
    WHERE id = (SELECT id FROM iimprove_mail WHERE id = %s AND lease_token = %s AND state = 'leased' FOR UPDATE SKIP LOCKED)"""


class Marks:
    """In the rows of one batch. `taken`: the mail that the server has and whose row does not say so yet; a worker that dies now doubles it."""

    def __init__(self):
        self.taken = None

    def begin(self, mail):
        """Before anything is done for `mail`. False if its lease ran out meanwhile and another worker has it, or if somebody has its row.

        Another worker that looks for mails has it for an instant: what it read as free it locks, and finds leased. The second row is not
        waited for: somebody who changes both in the other order would wait, too. Sent at once, both statements are one transaction.
        """
        begun = _run(*self._left(), (BEGINS, [_lease(), mail.pk, mail.lease_token]))
        self.taken = None
        return begun

    def end(self):
        """No mail follows for now."""
        if self.taken:
            _run(*self._left())
        self.taken = None

    def _left(self):
        return [(LEFT, [self.taken.provider_id, self.taken.pk, self.taken.lease_token])] if self.taken else []


def _run(*statements):
    """How many rows the last of them changed."""
    with connection.cursor() as cursor:
        cursor.execute(";".join(sql for sql, _ in statements), [value for _, values in statements for value in values])
        while cursor.nextset():
            pass
        return cursor.rowcount


def _lease():
    return timedelta(seconds=settings.MAIL_LEASE_SECONDS)


def lease_end():
    return Now() + _lease()
