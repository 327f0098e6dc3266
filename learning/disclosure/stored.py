"""Rows as they are stored, for the measures. What may be counted is not decided here."""

import datetime

from django.utils import timezone

from learning.calendars import end_of
from learning.measures import rows as of
from learning.measures.rows import Reach, Rows
from learning.models import FollowUp, LeftOut, Prompt, Reflection, Takeaway, Visibility, VisibilityChange
from learning.models.visibility import AT_LEAST_PARTNERSHIP
from partners.models import Activity, Attendance

WAVES = {"F2": "t0", "F3": "w2", "F4": "m3", "F5": "m12"}  # of prompts, by form


def stored(activities, *, now=None, takeaways=None):
    """The rows about `activities`, as they stand now. `takeaways`: only these, for cards; None: all that were submitted."""
    activities = list(activities.exclude(status=Activity.Status.CANCELLED).prefetch_related("sides__partner").select_related("project"))
    ends = {activity.pk: end_of(activity) for activity in activities}
    found = Takeaway.objects.submitted().filter(reflection__activity__in=ends) if takeaways is None else takeaways
    found = list(found.select_related("reflection").prefetch_related("source_partners"))
    told = Reflection.objects.submitted().filter(activity__in=ends)
    follow_ups = FollowUp.objects.filter(takeaway__in=[row.pk for row in found], deleted_at=None)
    widest = _widest(found, told, follow_ups)
    project = activities[0].project if activities else None
    return Rows(
        now=now or timezone.now(),
        project_ends_at=_midnight(project.ends_on) if project and project.ends_on else None,
        activities=tuple(of.Activity(id=pk, ended_at=end) for pk, end in ends.items()),
        attendances=tuple(
            of.Attendance(person=person, activity=activity)
            for person, activity in Attendance.objects.filter(activity__in=ends).exclude(state="absent").values_list("person", "activity")
        ),
        reflections=() if takeaways is not None else tuple(_reflection(row, widest) for row in told),
        takeaways=tuple(_takeaway(row, ends, widest) for row in found),
        follow_ups=tuple(_follow_up(row, widest) for row in follow_ups),
        prompts=tuple(
            of.Prompt(person=row.person_id, wave=WAVES[row.form], due_at=row.due_at, outcome=row.outcome, activity=row.activity_id)
            for row in Prompt.objects.filter(activity__in=ends, form__in=WAVES)
        ),
        left_out=frozenset(LeftOut.objects.filter(project=project).values_list("person", flat=True)) if project else frozenset(),
    )


def _reflection(row, widest):
    return of.Reflection(
        id=row.pk, author=row.author_id, submitted_at=row.submitted_at, activity=row.activity_id, gave=row.gave, **_item(row, row, widest)
    )


def _takeaway(row, ends, widest):
    told = row.reflection
    return of.Takeaway(
        id=row.pk,
        author=told.author_id,
        made_at=told.submitted_at,
        since=ends.get(told.activity_id) or _midnight(told.happened_on),
        activity=told.activity_id,
        partner=told.partner_then_id,
        kinds=tuple((str(kind), weight) for kind, weight in row.weights.items()),
        will_use=row.will_use,
        has_plan=bool(row.plan_when or row.plan_then),
        is_kept=row.kept_at is not None,
        source_partners=frozenset(partner.pk for partner in row.source_partners.all()),
        practice=row.practice_id,
        taken_from=row.taken_from_id,
        **_item(row, told, widest),
    )


def _follow_up(row, widest):
    return of.FollowUp(
        takeaway=row.takeaway_id,
        observed_at=row.observed_at,
        wave=row.wave,
        state=row.state,
        effect=row.effect,
        evidence=row.evidence,
        **_item(row, row.reflection, widest),
    )


def _item(row, told, widest):
    reach = _reach(row.visibility)
    return {"reach": reach, "widest": max(reach, widest.get(row.pk, Reach.ME)), "counts_when_few": bool(told and told.counts_when_few)}


def _widest(*groups):
    """How far each thing ever went."""
    ids = {row.pk for rows in groups for row in rows}
    reached = {}
    changes = VisibilityChange.objects.values_list("reflection", "takeaway", "follow_up", "before", "after")
    for name in ("reflection", "takeaway", "follow_up"):
        for reflection, takeaway, follow_up, before, after in changes.filter(**{f"{name}__in": ids}):
            pk = reflection or takeaway or follow_up
            reached[pk] = max(reached.get(pk, Reach.ME), _reach(before), _reach(after))
    return reached


def _reach(visibility):
    if visibility in AT_LEAST_PARTNERSHIP:
        return Reach.PARTNERS
    return Reach.ME if visibility == Visibility.ONLY_ME else Reach.SOME


def _midnight(day):
    return datetime.datetime.combine(day, datetime.time(), timezone.get_default_timezone())
