"""Questions in words: what they are about, what became of them, whether mail goes out at all."""

import datetime

from django import template
from django.utils import timezone

from iimprove.mail import Mail
from learning import about
from learning.models import Prompt

register = template.Library()
register.filter("headline", about.headline)

STANDS_STILL = datetime.timedelta(minutes=15)
SKIPPED = (Prompt.Outcome.OPTED_OUT, Prompt.Outcome.LEFT, Prompt.Outcome.CANCELLED)


@register.filter
def occasion(row):
    """What a question, or what was switched off, is about; of an activity with its code, which tells two visits apart."""
    return f"{row.activity.code} {about.name(row)}" if row.activity_id else about.name(row)


@register.filter
def skipped(counts):
    """(reason, how many) of the questions that were left out."""
    return [(Prompt.Outcome(reason).label, counts[reason]) for reason in SKIPPED if counts.get(reason)]


@register.simple_tag
def mail_stands_still():
    """Since when the oldest mail should have left, if that is longer ago than a mail server may take; else None."""
    since = Mail.objects.oldest_due()
    return since if since and timezone.now() - since > STANDS_STILL else None
