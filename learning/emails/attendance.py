"""Who goes, and who was there."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from iimprove import mail
from learning import waves
from learning.calendars import calendars_of
from learning.emails.links import one_click
from learning.models import Unsubscription
from learning.models.prompt import NOT_NOW
from partners.gaps import silent_sides
from partners.models import Person
from partners.standing import in_project

ATTENDANCE = Unsubscription.Kind.ATTENDANCE


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
    if Unsubscription.objects.stops(person, ATTENDANCE):
        raise mail.NoLongerWanted("not wanted")
    by = in_project(activity.project, person)
    own = [partner for partner in silent_sides(activity) if by.is_coordinator or partner.pk in by.admin_of]
    if not own:
        raise mail.NoLongerWanted("recorded meanwhile")
    if waves.is_quiet(timezone.now(), calendars_of([person])[person]):
        raise mail.NoLongerWanted(NOT_NOW)
    url = settings.SITE_URL + reverse("partners:attendance_edit", args=[activity.project.slug, activity.code])
    return {"person": person, "activity": activity, "partners": own, "url": url, "headers": one_click(person, ATTENDANCE)}
