"""Who was there is asked for in time: without it nobody is asked what they take with them. VALUE_MODEL §7, S0."""

import datetime

from iimprove.mail import Mail
from learning import emails, waves
from learning.calendars import calendars_of, end_of
from learning.own_defaults import MOST_DAYS_BEFORE, MOST_DAYS_OPEN, defaults_of_projects
from partners.gaps import silent_sides
from partners.models import Activity, Membership, Person, ProjectRole


def ask_who_goes(now):
    """Ten days before, or as many as the project wants, the admins of host and guests where nobody is named yet; once for each date.

    Returns how many mails it wrote.
    """
    today = now.date()
    activities = list(_with_silent_sides(starts_on__gte=today, starts_on__lte=today + datetime.timedelta(days=MOST_DAYS_BEFORE)))
    own = defaults_of_projects({activity.project_id for activity, _partners in activities})
    days = {project: datetime.timedelta(days=defaults.attendance.ask_days_before) for project, defaults in own.items()}
    soon = [(activity, partners) for activity, partners in activities if activity.starts_on <= today + days[activity.project_id]]
    return sum(_write(emails.who_goes, activity, _admins(partners), activity.starts_on, now) for activity, partners in soon)


def tell_who_is_missing(now):
    """The day after, the admins of each side for which nobody is recorded, and the coordinators; as long as an answer could still be asked for."""
    today, count = now.date(), 0
    activities = list(_with_silent_sides(ends_on__gte=today - datetime.timedelta(days=MOST_DAYS_OPEN), ends_on__lt=today))
    own = defaults_of_projects({activity.project_id for activity, _partners in activities})
    for activity, partners in activities:
        lately = today - datetime.timedelta(days=own[activity.project_id].waves.f2_close)
        if activity.ends_on >= lately and end_of(activity) < now:
            count += _write(emails.attendance_missing, activity, _admins(partners) | _coordinators(activity), activity.ends_on, now)
    return count


def _with_silent_sides(**days):
    rows = (
        Activity.objects.filter(**days)
        .exclude(status=Activity.Status.CANCELLED)
        .select_related("project")
        .prefetch_related("sides__partner", "attendances")
    )
    for activity in rows:
        if partners := silent_sides(activity):
            yield activity, partners


def _admins(partners):
    admins = Membership.objects.current().filter(partner__in=partners, role=Membership.Role.ADMIN)
    return set(Person.objects.filter(pk__in=admins.values("person"), is_active=True))


def _coordinators(activity):
    roles = ProjectRole.objects.current().filter(project=activity.project, role=ProjectRole.Role.COORDINATOR)
    return set(Person.objects.filter(pk__in=roles.values("person"), is_active=True))


def _write(email, activity, people, day, now):
    """To each of `people` who has not had it about this day; not at night, nor on free days. A mail held back by the hour is written again."""
    had = Mail.objects.filter(message=email.__name__, about_id=str(activity.pk), facts__day=str(day)).exclude(error=emails.NOT_NOW)
    told = set(had.values_list("facts__person", flat=True))
    waiting = [person for person in people if str(person.pk) not in told]
    calendars = calendars_of(waiting)
    awake = [person for person in waiting if not waves.is_quiet(now, calendars[person])]
    for person in awake:
        email(activity, person, day)
    return len(awake)
