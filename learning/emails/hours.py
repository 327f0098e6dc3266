"""A mail goes out at an hour for mails, on the day for which it was written; else it is written again."""

import datetime

from django.utils import timezone

from iimprove import mail
from learning import waves
from learning.models.prompt import NOT_NOW


def written_on(now):
    """What a mail has to know of when it was written."""
    return {"at": now.isoformat()}


def check_hour(calendar, facts):
    """Raises NoLongerWanted at a quiet hour, or on another day than the mail was written for.

    So the outbox may be late, but nobody gets the mails of three days on one.
    """
    now = timezone.now()
    written = datetime.datetime.fromisoformat(facts["at"]) if "at" in facts else now
    if not facts.get("at_once") and (waves.is_quiet(now, calendar) or waves.elapsed_days(written, now, calendar.zone)):
        raise mail.NoLongerWanted(NOT_NOW)
