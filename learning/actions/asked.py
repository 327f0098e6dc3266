"""What the person who was asked does instead of answering: later, not this one, fewer, none. All of it can be taken back."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from learning import about, planner, policies, waves
from learning.calendars import calendars_of, end_of
from learning.defaults import DEFAULTS
from learning.models import Pause, Prompt, SwitchedOff
from learning.models.occasion import OCCASIONS
from learning.own_defaults import defaults_of
from partners.models import Activity, Attendance, Person

MOST_SNOOZES = 2
A_PHASE = 30  # days, for somebody who is at no activity now
TO_ANSWER = datetime.timedelta(days=7)  # at least, after the new date
LATER = (3, 14)  # days; and the phase

# Later


def later_days(prompt, now):
    """In how many days one can choose to be asked again: three, fourteen, after this phase; those that are not too late."""
    if prompt.outcome or prompt.snoozes >= MOST_SNOOZES:
        return []
    return [days for days in sorted({*LATER, phase(prompt.person, now)}) if _put_off(prompt, days, now)]


def phase(person, now):
    """Days until the activity one is at is over; else thirty."""
    today = now.astimezone(calendars_of([person])[person].zone_info).date()
    there = Attendance.objects.filter(person=person, activity__starts_on__lte=today, activity__ends_on__gte=today)
    there = there.exclude(state=Attendance.State.ABSENT).exclude(activity__status=Activity.Status.CANCELLED)
    last = there.aggregate(last=Max("activity__ends_on"))["last"]
    return (last - today).days + 1 if last else A_PHASE


@transaction.atomic
def snooze(prompt, days, *, by, now):
    """Ask me again in some days, at my hour, on a working day. Twice at most, and not for ever."""
    prompt = _locked(prompt)
    if prompt.outcome or prompt.snoozes >= MOST_SNOOZES or not policies.can_answer(prompt, by=by):
        raise PermissionDenied(_("This question cannot be put off."))
    dates = _put_off(prompt, days, now)
    if dates is None:
        raise PermissionDenied(_("This question cannot be put off for so long."))
    prompt.due_at, prompt.closes_at = dates
    prompt.snoozes += 1
    prompt.save(update_fields=["due_at", "closes_at", "snoozes"])
    return prompt


@transaction.atomic
def unsnooze(prompt, *, put_off_to, due_at, closes_at, by):
    """Take the last "later" back, unless something else has happened since."""
    Prompt.objects.filter(pk=prompt.pk, person=by, due_at=put_off_to, outcome="", snoozes__gt=0).update(
        due_at=due_at, closes_at=closes_at, snoozes=prompt.snoozes - 1
    )


def _put_off(prompt, days, now):
    """The new (due, closing) instants, or None where that is too late."""
    person = prompt.person
    due = waves.next_working_day(now + datetime.timedelta(days=days - 1), calendars_of([person])[person])
    latest = _latest(prompt)
    if due is None or due >= latest:
        return None
    return due, min(max(prompt.closes_at, due + TO_ANSWER), latest)


def _latest(prompt):
    """45 days, or what the project has set, after the visit; of a later wave, after it was first asked."""
    if prompt.form == Prompt.Form.AFTER and prompt.activity:
        since = end_of(prompt.activity) or prompt.created_at
    else:
        since = prompt.mails.order_by("queued_at").values_list("queued_at", flat=True).first() or prompt.due_at
    project = about.project_of(prompt)
    longest = (defaults_of(project) if project else DEFAULTS).waves.snooze_max
    return since + datetime.timedelta(days=longest)


# Not about this


@transaction.atomic
def decline(prompt, *, by):
    """Ask me nothing more about this occasion, in any wave. What is open can still be answered until it closes."""
    prompt = _locked(prompt)
    if prompt.person_id != by.pk:
        raise PermissionDenied(_("This question was not for you."))
    if occasion := _occasion(prompt):
        SwitchedOff.objects.get_or_create(person=by, **occasion)
    _asked_with(prompt, occasion).filter(state=Prompt.State.OPEN, outcome="").update(state=Prompt.State.CLOSED, outcome=Prompt.Outcome.OPTED_OUT)
    prompt.refresh_from_db()
    return prompt


@transaction.atomic
def ask_after_all(prompt, *, by):
    """Take `decline` back."""
    if prompt.person_id != by.pk:
        raise PermissionDenied(_("This question was not for you."))
    occasion = _occasion(prompt)
    if occasion:
        SwitchedOff.objects.filter(person=by, **occasion).delete()
    _open_again(_asked_with(prompt, occasion))


@transaction.atomic
def switch_on(switched_off):
    """Ask me again about an occasion I had switched off."""
    occasion = _occasion(switched_off)
    switched_off.delete()
    _open_again(Prompt.objects.filter(person=switched_off.person, **occasion))


def _occasion(row):
    """What `row` is about, as a filter; nothing for what is none of a visit, a moment or a project."""
    return {f"{name}_id": getattr(row, f"{name}_id") for name in OCCASIONS if getattr(row, f"{name}_id")}


def _asked_with(prompt, occasion):
    """All that this person is asked about the same occasion."""
    return Prompt.objects.filter(person=prompt.person_id, **occasion) if occasion else Prompt.objects.filter(pk=prompt.pk)


# Fewer, none, all again


@transaction.atomic
def prefer(preference, *, by):
    """How often questions come by mail. What was closed because it was not wanted is open again where it is wanted now."""
    Person.objects.filter(pk=by.pk).update(mail_preference=preference)
    by.mail_preference = preference
    open_wanted(by=by)


def no_more_mails(*, by):
    """Send me no questions. They are switched on again in one's settings."""
    prefer(Person.MailPreference.NONE, by=by)


def open_wanted(*, by):
    """Questions whose time is not over, closed only because none were wanted, are open again; occasions switched off stay off."""
    forms = [form for form in Prompt.Form.values if planner.wants(by.mail_preference, form)]
    off = SwitchedOff.objects.filter(person=by)
    same = Q()
    for name in OCCASIONS:
        same |= Q(**{f"{name}__isnull": False, name: OuterRef(name)})
    _open_again(Prompt.objects.filter(person=by, form__in=forms, follow_up=None).exclude(Exists(off.filter(same))))


def _open_again(prompts):
    declined = prompts.filter(outcome=Prompt.Outcome.OPTED_OUT, closes_at__gt=timezone.now())
    declined.update(state=Prompt.State.OPEN, outcome=Prompt.Outcome.NONE)


@transaction.atomic
def answer_pause(pause, said, *, now):
    """What somebody wants who has not answered three times: go on, fewer, none. Said again, the last word counts."""
    before = Pause.objects.select_for_update().get(pk=pause.pk).said
    pause.said, pause.ended_at = said, pause.ended_at or now
    pause.save(update_fields=["said", "ended_at"])
    match said:
        case Pause.Said.LESS:
            prefer(Person.MailPreference.FEWER, by=pause.person)
        case Pause.Said.STOP:
            prefer(Person.MailPreference.NONE, by=pause.person)
        case Pause.Said.MORE if before in (Pause.Said.LESS, Pause.Said.STOP):
            prefer(Person.MailPreference.ALL, by=pause.person)


def _locked(prompt):
    return Prompt.objects.select_for_update(of=["self"]).select_related("activity", "person").get(pk=prompt.pk)
