"""What would go out on which day, if nobody answered: the most it can be."""

import datetime
from collections import Counter
from dataclasses import replace

from learning import waves
from learning.planner.mails import Mailed, next_mail

DAYS = 400


def preview(recipients, now, days=DAYS):
    """[(day, how many mails)] of the days on which any goes out, as the plan stands now."""
    counts = Counter()
    for recipient in recipients:
        counts.update(_days(recipient, now, days))
    return sorted(counts.items())


def _days(recipient, now, days):
    """The days on which `recipient` gets a mail."""
    calendar = recipient.calendar
    today = now.astimezone(calendar.zone_info).date()
    hour = max((waves.send_hour(calendar, question.defaults) for question in recipient.questions), default=waves.send_hour(calendar))
    for ahead in range(days):
        day = today + datetime.timedelta(days=ahead)
        at = max(now, datetime.datetime.combine(day, hour, calendar.zone_info))
        if outgoing := next_mail(recipient, at):
            recipient = after(recipient, outgoing, at)
            yield day


def after(recipient, outgoing, at):
    """`recipient` once that mail has gone out."""
    kinds = dict(outgoing.asks)
    asked = tuple(
        replace(question, mailed=(*question.mailed, Mailed(at, kinds[question.id]))) if question.id in kinds else question
        for question in recipient.questions
    )
    return replace(
        recipient,
        questions=asked,
        mailed_at=(*recipient.mailed_at, at),
        is_to_be_asked_how_often=recipient.is_to_be_asked_how_often and outgoing.message != "pause",
        has_news=recipient.has_news and outgoing.message != "taken",
    )
