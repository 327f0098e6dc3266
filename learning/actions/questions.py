"""What a coordinator does about the questions of a project: other numbers, one reminder more, a mail once more. Never about one who is silent."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from iimprove import bounces
from iimprove.mail import Mail
from learning.models import Nudge, Prompt, PromptMail, QuestionSettings
from learning.models.prompt import NOT_NOW
from partners.dates import day
from partners.models import Event
from partners.models.event import record

NUDGE_EVERY = datetime.timedelta(days=7)


def settings_of(project):
    """The project's row of settings; one that is not saved, if it wants nothing of its own."""
    return QuestionSettings.objects.filter(project=project).first() or QuestionSettings(project=project)


@transaction.atomic
def keep_letters(settings, *, by):
    """Keep greeting and sender."""
    _keep(settings, by, ["sender", "greeting"])


@transaction.atomic
def keep_numbers(project, values, *, by):
    """Keep the numbers of a project; the next run of the planner follows them."""
    settings = settings_of(project)
    settings.values = values
    _keep(settings, by, ["values"])


def _keep(settings, by, fields):
    settings.changed_by = by
    if settings.pk:
        settings.save(update_fields=[*fields, "changed_by", "changed_at"])
    else:
        settings.save()
    record(Event.Verb.QUESTIONS_CHANGED, by=by, project=settings.project, details={"fields": fields})


@transaction.atomic
def nudge(project, activity, *, by, now):
    """Remind those who have not answered once more, within the limits that hold for every mail; once in seven days."""
    if until := nudged_until(project, activity, now):
        raise ValidationError(_("They were reminded lately. From %(day)s on you can remind them again."), params={"day": day(until.date())})
    record(Event.Verb.REMINDED, by=by, project=project, activity=activity)
    return Nudge.objects.create(project=project, activity=activity, by=by)


def nudged_until(project, activity, now):
    """Until when nobody can be reminded again about `activity` (or, None, the whole project), or None."""
    nudges = Nudge.objects.filter(project=project, at__gt=now - NUDGE_EVERY)
    if activity:
        nudges = nudges.filter(activity__in=[activity.pk]) | nudges.filter(activity=None)
    last = nudges.aggregate(last=Max("at"))["last"]
    return last and last + NUDGE_EVERY


@transaction.atomic
def send_again(person, *, by, project):
    """The address is mended: mail goes out to it again, and what came back is asked anew, as if it had not been written yet."""
    bounces.lift(person.email)
    bounced = Prompt.objects.filter(person=person, outcome=Prompt.Outcome.UNDELIVERABLE, closes_at__gt=timezone.now())
    failed = PromptMail.objects.filter(prompt__in=bounced, mail__state=Mail.State.FAILED)
    Mail.objects.filter(pk__in=list(failed.values_list("mail", flat=True))).update(state=Mail.State.CANCELLED, error=NOT_NOW)
    bounced.update(state=Prompt.State.OPEN, outcome=Prompt.Outcome.NONE)
    record(Event.Verb.MAIL_TRIED_AGAIN, by=by, person=person, project=project)
