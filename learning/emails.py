"""The mails of this app: for each, one function that queues it and one that says it when it is sent. No text anybody wrote goes by mail."""

import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from iimprove import mail
from learning import planner, waves
from learning.calendars import calendars_of
from learning.instrument import FORMS, minutes
from learning.models import Prompt, Reply, Takeaway
from partners.gaps import silent_sides
from partners.models import Person, Project
from partners.standing import in_project

NOT_NOW = "it is not the hour for mails; written again at the next one"


def questions(person, prompts, *, at_once=False):
    """One mail about all of `prompts`, which are this person's; returns it. `at_once`: at any hour."""
    facts = {"prompts": [str(prompt.pk) for prompt in prompts]} | ({"at_once": True} if at_once else {})
    return mail.queue("questions", to=person.email, language=person.language, about=person, facts=facts)


def questions_bounced(person):
    """The recipient's server refused the address: nobody was asked, and nobody was silent."""
    failed = Prompt.objects.filter(person=person, prompt_mails__mail__state=mail.Mail.State.FAILED, outcome=Prompt.Outcome.NONE)
    Prompt.objects.filter(pk__in=failed.values("pk")).update(state=Prompt.State.CLOSED, outcome=Prompt.Outcome.UNDELIVERABLE)


@mail.message("questions", refused=questions_bounced)
def questions_now(person, facts):
    """Asks only what is still open, of somebody who is still there and wants it, at an hour for mails."""
    prompts = _still_asked(person, facts["prompts"]) if person and person.is_active else []
    if not prompts:
        raise mail.NoLongerWanted("answered, closed, not wanted or no longer there")
    if not facts.get("at_once") and waves.is_quiet(timezone.now(), calendars_of([person])[person]):
        raise mail.NoLongerWanted(NOT_NOW)
    first = prompts[0]
    asked = [{"activity": prompt.activity, "url": answer_url(prompt), "closes_at": _closing_day(prompt, person)} for prompt in prompts]
    total = sum(minutes(FORMS[prompt.form], things=_noted(prompt)) for prompt in prompts)
    return {
        "person": person,
        "asked": asked,
        "minutes": total,
        "first": first.activity,
        "project": first.activity.project,
        "instead": answer_url(first),
        "headers": one_click(first),
    }


def one_click(prompt):
    """RFC 8058: the mail program's own button for "no more questions"."""
    url = settings.SITE_URL + reverse("learning:answer_unsubscribe", args=[prompt.token])
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def answer_url(prompt):
    """The link lives until the prompt closes; DESIGN §4."""
    return settings.SITE_URL + reverse("learning:answer", args=[prompt.token])


def new_link(prompt):
    """The link once more, to the address the question went to; pressed again and again it is one mail in ten minutes."""
    lately = mail.Mail.objects.filter(message="answer_link", about_id=str(prompt.pk), queued_at__gt=timezone.now() - datetime.timedelta(minutes=10))
    if prompt.is_answerable and not lately.exists():
        mail.queue("answer_link", to=prompt.person.email, language=prompt.person.language, about=prompt)


@mail.message("answer_link")
def new_link_now(prompt, facts):
    if prompt is None or not prompt.is_answerable or not prompt.person.is_active:
        raise mail.NoLongerWanted("closed or no longer there")
    return {"person": prompt.person, "activity": prompt.activity, "url": answer_url(prompt), "closes_at": _closing_day(prompt, prompt.person)}


def who_goes(activity, person, day):
    """Asks an admin, before an activity begins on `day`, who of the own people goes."""
    _about_attendance("who_goes", activity, person, day)


def attendance_missing(activity, person, day):
    """Tells an admin or a coordinator, after an activity has ended on `day`, for whom nobody is recorded."""
    _about_attendance("attendance_missing", activity, person, day)


def _about_attendance(message, activity, person, day):
    mail.queue(message, to=person.email, language=person.language, about=activity, facts={"person": str(person.pk), "day": str(day)})


@mail.message("who_goes")
def who_goes_now(activity, facts):
    return _attendance_now(activity, facts, "starts_on")


@mail.message("attendance_missing")
def attendance_missing_now(activity, facts):
    return _attendance_now(activity, facts, "ends_on")


def _attendance_now(activity, facts, day):
    """Only where it is still so, to somebody who may still record it, at an hour for mails."""
    person = Person.objects.filter(pk=facts["person"], is_active=True).first()
    if person is None or activity is None or activity.status == "cancelled" or str(getattr(activity, day)) != facts["day"]:
        raise mail.NoLongerWanted("moved, cancelled or no longer there")
    by = in_project(activity.project, person)
    own = [partner for partner in silent_sides(activity) if by.is_coordinator or partner.pk in by.admin_of]
    if not own:
        raise mail.NoLongerWanted("recorded meanwhile")
    if waves.is_quiet(timezone.now(), calendars_of([person])[person]):
        raise mail.NoLongerWanted(NOT_NOW)
    url = settings.SITE_URL + reverse("partners:attendance_edit", args=[activity.project.slug, activity.code])
    return {"person": person, "activity": activity, "partners": own, "url": url}


def reply(reply, person):
    """Somebody answered a card of `person`, or one they wrote about."""
    mail.queue("reply", to=person.email, language=person.language, about=reply, facts={"person": str(person.pk)})


@mail.message("reply")
def reply_now(reply, facts):
    person = Person.objects.filter(pk=facts["person"], is_active=True).first()
    if reply is None or person is None or not Reply.objects.visible_to(person).filter(pk=reply.pk).exists():
        raise mail.NoLongerWanted("taken back, or no longer shared")
    activity = reply.takeaway.reflection.activity
    return {"person": person, "activity": activity, "url": settings.SITE_URL + (activity.get_absolute_url() if activity else "/")}


def _still_asked(person, ids):
    rows = Prompt.objects.due(timezone.now()).filter(pk__in=ids, person=person, activity__project__in=Project.objects.of(person))
    rows = rows.exclude(activity__status="cancelled").select_related("activity__project").order_by("due_at", "pk")
    return [prompt for prompt in rows if planner.wants(person.mail_preference, prompt.form)]


def _closing_day(prompt, person):
    return prompt.closes_at.astimezone(calendars_of([person])[person].zone_info).date()


def _noted(prompt):
    """How many own things there are to tick."""
    return Takeaway.objects.submitted().filter(reflection__author=prompt.person_id, reflection__activity=prompt.activity_id).count()
