"""What the person who was asked does instead of answering: later, or not this one."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from learning import policies, waves
from learning.calendars import calendars_of, end_of
from learning.defaults import DEFAULTS
from learning.models import Prompt
from partners.models import Person

MOST_SNOOZES = 2
TO_ANSWER = datetime.timedelta(days=7)  # at least, after the new date


@transaction.atomic
def snooze(prompt, days, *, by, now):
    """Ask me again in some days, at my hour, on a working day. Twice at most, and not for ever."""
    prompt = _locked(prompt)
    if prompt.outcome or prompt.snoozes >= MOST_SNOOZES or not policies.can_answer(prompt, by=by):
        raise PermissionDenied(_("This question cannot be put off."))
    due = waves.next_working_day(now + datetime.timedelta(days=days - 1), calendars_of([by])[by])
    latest = _latest(prompt)
    if due is None or due >= latest:
        raise PermissionDenied(_("This question cannot be put off for so long."))
    prompt.due_at, prompt.closes_at = due, min(max(prompt.closes_at, due + TO_ANSWER), latest)
    prompt.snoozes += 1
    prompt.save(update_fields=["due_at", "closes_at", "snoozes"])
    return prompt


@transaction.atomic
def decline(prompt, *, by):
    """Do not ask me about this activity. It can still be answered until it closes."""
    prompt = _locked(prompt)
    if prompt.person_id != by.pk:
        raise PermissionDenied(_("This question was not for you."))
    if prompt.outcome == Prompt.Outcome.NONE:
        prompt.state, prompt.outcome = Prompt.State.CLOSED, Prompt.Outcome.OPTED_OUT
        prompt.save(update_fields=["state", "outcome"])
    return prompt


def no_more_mails(*, by):
    """Send me no questions. They are switched on again in one's settings."""
    Person.objects.filter(pk=by.pk).update(mail_preference=Person.MailPreference.NONE)


def _latest(prompt):
    end = end_of(prompt.activity) if prompt.activity else None
    return (end or prompt.created_at) + datetime.timedelta(days=DEFAULTS.waves.snooze_max)


def _locked(prompt):
    return Prompt.objects.select_for_update(of=["self"]).select_related("activity").get(pk=prompt.pk)
