"""What a note can be about: an activity of one's projects, an everyday moment within a project, or nothing of these."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from iimprove.clock import today
from iimprove.written import written_once
from learning.defaults import DEFAULTS
from partners.dates import in_time, last_possible_day
from partners.models import Activity, Attendance, Places, Project
from partners.templatetags.activities import activity_name

STILL_FRESH = datetime.timedelta(days=DEFAULTS.waves.snooze_max)


@dataclass(frozen=True)
class About:
    """`value` is what stands in the address and the form: `project/code`, `project`, or nothing."""

    project: Project | None = None
    activity: Activity | None = None

    @property
    def value(self):
        if self.activity:
            return f"{self.project.slug}/{self.activity.code}"
        return self.project.slug if self.project else ""


class Occasions:
    """Everything `person` could note about today, each part read once, where it is asked for."""

    def __init__(self, person):
        self.person = person
        self.projects = Places.of(person).projects

    @cached_property
    def activities(self):
        """The latest first, with `is_attended`."""
        rows = _activities(self.person.pk, *self.projects)
        for activity in rows:
            activity.project = self.projects[activity.project_id]
        return sorted(rows, key=in_time, reverse=True)

    def choices(self):
        """For a select: no activity first, then each project's activities, the latest first."""
        none = [("", _("No activity, no project"))]
        none += [(project.slug, _("No activity: an everyday moment in %(project)s") % {"project": project}) for project in self.projects.values()]
        groups = [
            (str(project), [(About(project, row).value, f"{row.code} {activity_name(row)}") for row in self.activities if row.project_id == pk])
            for pk, project in self.projects.items()
        ]
        return none + [group for group in groups if group[1]]

    def named(self, value):
        """What `value` stands for; None where it is nothing of one's own. Codes are read in any case."""
        slug, _slash, code = (value or "").partition("/")
        if not slug:
            return About()
        project = next((project for project in self.projects.values() if project.slug == slug), None)
        if project is None or not code:
            return project and About(project)
        same = (row for row in self.activities if row.project_id == project.pk and row.code.lower() == code.lower())
        activity = next(same, None)
        return activity and About(project, activity)

    def usual(self):
        """The activity that runs now, else the last one attended while it is fresh or its project runs; else the only project, if it is one."""
        if self.running:
            return About(self.running.project, self.running)
        last = next((row for row in self.activities if row.is_attended and self._is_last(row)), None)
        if last:
            return About(last.project, last)
        return About(next(iter(self.projects.values()))) if len(self.projects) == 1 else About()

    @cached_property
    def running(self):
        """The activity of today that I am at; else the one my organisation takes part in."""
        day = today()
        rows = [row for row in self.activities if row.starts_on and row.ends_on and row.starts_on <= day <= row.ends_on]
        if not rows:
            return None
        if attended := next((row for row in rows if row.is_attended), None):
            return attended
        absent = Q(attendances__person=self.person, attendances__state=Attendance.State.ABSENT)
        mine = Activity.objects.filter(pk__in=[row.pk for row in rows], sides__partner__in=self.person.memberships.current().values("partner"))
        ids = set(mine.exclude(absent).values_list("pk", flat=True))
        return next((row for row in rows if row.pk in ids), None)

    def _is_last(self, activity):
        end, project = last_possible_day(activity), activity.project
        if end is None or (activity.starts_on or end) > today():
            return False
        is_running = project.ends_on is not None and (project.starts_on or end) <= today() <= project.ends_on
        return is_running or end >= today() - STILL_FRESH


def usual_day(activity):
    """Today; for an activity that is over, its last day."""
    return min(today(), activity.ends_on) if activity and activity.ends_on else today()


@dataclass(frozen=True)
class Strip:
    """Day 3 of 5 of an activity that runs, and what one noted on the days before."""

    activity: Activity
    day: int
    days: int
    notes: list


def strip(person, occasions):
    """None unless an activity runs."""
    activity = occasions.running
    if activity is None:
        return None
    earlier = person.reflections.submitted().filter(activity=activity, happened_on__lt=today()).prefetch_related("takeaways")
    number = (today() - activity.starts_on).days + 1
    return Strip(activity, number, (activity.ends_on - activity.starts_on).days + 1, list(earlier.order_by("happened_on", "created_at")))


@written_once
def _activities(person, *projects):
    """`is_attended`: by `person`, or expected to be."""
    attended = Exists(Attendance.objects.filter(activity=OuterRef("pk"), person=person).exclude(state=Attendance.State.ABSENT))
    rows = Activity.objects.filter(project__pk__in=projects).exclude(status=Activity.Status.CANCELLED).annotate(is_attended=attended)
    return rows.order_by("project_id", "code")
