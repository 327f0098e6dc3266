"""Who was where, had which moments, and took what from a project."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, F, Min, OuterRef, Q, Subquery

from learning import waves
from learning.calendars import calendar_of, end_of
from learning.defaults import DEFAULTS
from learning.facts.people import Standing, only, read_standing
from learning.models import FollowUp, Takeaway
from learning.own_defaults import defaults_of_projects
from learning.planner import Experience, Occasion
from partners.models import Activity, Attendance, Project

LOOK_BACK = datetime.timedelta(days=600)  # longer than the window of any wave reaches, moved along and put off
LOOK_AHEAD = datetime.timedelta(days=240)  # a project's end is asked about before it comes
AFTERNOON = datetime.time(17)  # when a moment counts as over, and a project's last day


class Things(NamedTuple):
    """Own things that are followed: how many, and when the first was named."""

    count: int
    named_at: datetime.datetime


class Row(NamedTuple):
    """Somebody and an occasion, before it is known who they are. `activity`, or the `day` of a moment or of a project's end."""

    person: object
    occasion: Occasion
    project: object
    partner: object = None
    activity: Activity | None = None
    day: datetime.date | None = None


@dataclass(frozen=True)
class Facts:
    experiences: list
    things: dict  # {(person, occasion): how many own things are followed}


def read_facts(now, *, people=None, project=None, until=None, defaults=None):
    """Everything that `people` (ids; None: all of them) can be asked about; of one `project`, or of all and of none.

    `until`: also about activities that end before this instant. `defaults`: instead of the projects' own.
    """
    projects = Project.objects.filter(pk=project.pk) if project else Project.objects.all()
    activities = _activities(projects, now, until or now + datetime.timedelta(days=1), people)
    endings, things = _endings(projects, now, people), _things_of(activities, people)
    moments, named = _moments(projects if project else None, now, people)
    rows = [*_visits(activities, people), *moments, *endings]
    things |= named | _things_until(endings, people)
    standing = read_standing(rows)
    own = defaultdict(lambda: DEFAULTS) | defaults_of_projects({row.project for row in rows} - {None})
    return Facts(
        [_experience(row, standing, things, defaults or own[row.project]) for row in rows], {key: found.count for key, found in things.items()}
    )


def _experience(row, standing: Standing, things, defaults):
    person = standing.people[row.person]
    calendar = calendar_of(person, partner=standing.partner(row), activity=row.activity, absences=standing.absences[row.person])
    found = things.get((row.person, row.occasion))
    return Experience(
        person=row.person,
        occasion=row.occasion,
        since=end_of(row.activity) if row.activity else waves.ended_at(row.day, AFTERNOON, calendar.zone),
        calendar=calendar,
        named_at=found and found.named_at,
        is_here=standing.is_here(row),
        preference=person.mail_preference,
        is_off=(row.person, row.occasion) in standing.off,
        defaults=defaults,
    )


def _activities(projects, now, until, people):
    """Those that take place, by id."""
    rows = Activity.objects.filter(project__in=projects, ends_on__gte=(now - LOOK_BACK).date(), ends_on__lte=until.date())
    rows = rows.filter(pk__in=only(Attendance.objects.all(), people).values("activity"))
    return rows.exclude(status=Activity.Status.CANCELLED).prefetch_related("sides__partner").in_bulk()


def _visits(activities, people):
    """Whoever is expected or was seen; who was absent is not asked."""
    rows = Attendance.objects.filter(activity__in=activities, state__in=[Attendance.State.EXPECTED, Attendance.State.ATTENDED])
    for person, activity, partner in only(rows, people).values_list("person", "activity", "partner"):
        yield Row(person, Occasion("activity", activity), activities[activity].project_id, partner, activities[activity])


def _moments(projects, now, people):
    """Everyday moments in which somebody took something: the rows, and {(person, occasion): Things}."""
    day = (now - LOOK_BACK).date()
    rows = _followed(people).filter(reflection__activity=None, reflection__happened_on__gte=day)
    rows = rows if projects is None else rows.filter(reflection__project__in=projects)
    rows = rows.values_list("reflection__author", "reflection", "reflection__project", "reflection__partner_then", "reflection__happened_on")
    moments, things = [], {}
    for person, moment, project, partner, happened_on, count, named_at in rows.annotate(**_COUNTED):
        occasion = Occasion("moment", moment)
        moments.append(Row(person, occasion, project, partner, day=happened_on))
        things[person, occasion] = Things(count, named_at)
    return moments, things


def _endings(projects, now, people):
    """Projects that end soon, for everybody who took something from them."""
    soon = projects.filter(ends_on__gte=now.date(), ends_on__lte=(now + LOOK_AHEAD).date())
    rows = (
        _named(people).filter(reflection__project__in=soon).values_list("reflection__author", "reflection__project", "reflection__project__ends_on")
    )
    return [Row(person, Occasion("project", project), project, day=day) for person, project, day in rows.distinct()]


def _things_of(activities, people):
    rows = _followed(people).filter(reflection__activity__in=activities).values_list("reflection__author", "reflection__activity")
    return {(person, Occasion("activity", pk)): Things(*found) for person, pk, *found in rows.annotate(**_COUNTED)}


def _things_until(endings, people):
    """At a project's end everything is asked about that was not stopped."""
    last = FollowUp.objects.filter(takeaway=OuterRef("pk"), deleted_at=None).latest_first().values("state")[:1]
    rows = _named(people).filter(reflection__project__in={row.project for row in endings}).annotate(last=Subquery(last))
    rows = rows.filter(Q(last=None) | ~Q(last=FollowUp.State.STOPPED)).values_list("reflection__author", "reflection__project")
    return {(person, Occasion("project", pk)): Things(*found) for person, pk, *found in rows.annotate(**_COUNTED)}


def _followed(people):
    """Things whose author expects to use them, or perhaps to."""
    return _named(people).filter(will_use__gte=Takeaway.WillUse.PERHAPS)


def _named(people):
    return only(Takeaway.objects.submitted().filter(reflection__author__isnull=False).order_by(), people, "reflection__author")


_COUNTED = {"count": Count("pk"), "named_at": Min(F("reflection__submitted_at"))}
