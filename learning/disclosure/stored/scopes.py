"""Which rows belong to what is measured: a whole project, what is open of some activities, cards, an organisation's memory."""

import datetime
from dataclasses import replace

from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils import timezone

from learning.calendars import end_of
from learning.disclosure.stored import rows
from learning.disclosure.stored.reach import widest_of
from learning.measures import rows as of
from learning.measures.rows import Rows
from learning.models import (
    Artefact,
    Carrier,
    Change,
    Confirmation,
    FollowUp,
    KeepMark,
    LeftOut,
    Obstacle,
    Prompt,
    Reflection,
    Takeaway,
)
from learning.models.visibility import AT_LEAST_PARTNERSHIP
from partners.models import Activity, Attendance, Partner

CONFIRMS = [Confirmation.Said.SAW, Confirmation.Said.TOO]
OF_REFLECTION = ("pk", "author_id", "submitted_at", "activity_id", "gave", "visibility", "counts_when_few")
OF_FOLLOW_UP = ("pk", "takeaway_id", "observed_at", "wave", "state", "effect", "evidence", "is_confirmed", "visibility", "counts_when_few")
LONG = ("search", "text", "answers", "draft")  # of a reflection: never counted


def stored(project, *, now=None):
    """All that was submitted in a project, as it stands now: about its activities, about everyday moments, and about the whole at its end."""
    activities = _alive(project.activities)
    about = Q(activity__in=activities) | Q(activity=None, project=project)
    told = Reflection.objects.submitted().filter(about)
    takeaways = Takeaway.objects.submitted().filter(reflection__in=told)
    told, takeaways, follow_ups = _said_in(told, takeaways, FollowUp.objects.filter(deleted_at=None))
    widest, ticked = widest_of(takeaways, told, follow_ups), _ticked(about)
    return replace(
        _rows(activities, told, takeaways, follow_ups, widest=widest, about=about, now=now),
        obstacles=tuple(rows.obstacle(row, ticked) for row in Obstacle.objects.filter(about)),
        changes=tuple(rows.change(row, ticked) for row in Change.objects.filter(about).exclude(changed="")),
    )


def stored_open(activities):
    """What was said about `activities` and may be counted however few said it: all that shared figures need. Nothing else is even read."""
    activities = _alive(activities)
    shared = Q(visibility__in=AT_LEAST_PARTNERSHIP)
    told = Reflection.objects.submitted().filter(shared | Q(counts_when_few=True), activity__in=activities)
    ticked = Q(reflection__counts_when_few=True)
    takeaways = Takeaway.objects.submitted().filter(shared | ticked, reflection__activity__in=activities)
    follow_ups = FollowUp.objects.filter(shared | ticked, deleted_at=None)
    return _rows(activities, *_said_in(told, takeaways, follow_ups), about=Q(activity__in=activities))


def stored_cards(takeaways, *, to, within=None):
    """Only these `takeaways`, and what became of them as far as `to` may read it too. `within`: Rows that say when their activities end."""
    _told, takeaways, follow_ups = _said_in(Reflection.objects.none(), takeaways, FollowUp.objects.visible_to(to))
    within = within or Rows(now=timezone.now())
    ends = within.ends()
    return Rows(
        now=within.now,
        project_ends_at=within.project_ends_at,
        activities=within.activities,
        takeaways=tuple(rows.takeaway(row, ends, {}) for row in takeaways),
        follow_ups=tuple(rows.follow_up(row, {}) for row in follow_ups),
    )


def stored_memory(partner, takeaways):
    """What holds these `takeaways` of `partner`: who works there and who did, carriers, artefacts. No answer is read."""
    takeaways = list(takeaways.select_related("reflection").prefetch_related("source_partners"))
    ids = [row.pk for row in takeaways]
    marked = set(KeepMark.objects.filter(takeaway__in=ids).values_list("takeaway", flat=True))
    people = ("person", "partner", "started_on", "ended_on", "expected_end_on")
    return Rows(
        now=timezone.now(),
        takeaways=tuple(replace(row, is_kept=row.is_kept or row.id in marked) for row in (rows.takeaway(row, {}, {}) for row in takeaways)),
        memberships=tuple(
            of.Membership(**row | {"started_on": row["started_on"] or datetime.date.min}) for row in partner.memberships.values(*people)
        ),
        carriers=tuple(of.Carrier(**row) for row in Carrier.objects.filter(takeaway__in=ids).values("takeaway", "person", "confirmed_at")),
        artefacts=tuple(of.Artefact(**row) for row in Artefact.objects.filter(takeaway__in=ids).values("takeaway", "checked_at")),
    )


def stored_windows(project, *, now=None):
    """Only when the activities of a project end, to see which waves have closed: no answer is read."""
    return Rows(now=now or timezone.now(), project_ends_at=_ends_at(project), activities=_activities(_alive(project.activities)))


def _alive(activities):
    return list(activities.exclude(status=Activity.Status.CANCELLED).prefetch_related("sides__partner").select_related("project"))


def _activities(activities):
    return tuple(of.Activity(id=activity.pk, ended_at=end_of(activity)) for activity in activities)


def _said_in(told, takeaways, follow_ups):
    """Only what is counted of them, none of their texts."""
    sources = Prefetch("source_partners", Partner.objects.only("pk"))
    takeaways = takeaways.select_related("reflection").defer("search", *(f"reflection__{name}" for name in LONG))
    takeaways = list(takeaways.prefetch_related(sources))
    confirmed = Exists(Confirmation.objects.filter(follow_up=OuterRef("pk"), said__in=CONFIRMS))
    follow_ups = follow_ups.filter(takeaway__in=[row.pk for row in takeaways])
    follow_ups = follow_ups.annotate(is_confirmed=confirmed, counts_when_few=F("reflection__counts_when_few"))
    return list(told.values_list(*OF_REFLECTION, named=True)), takeaways, list(follow_ups.values_list(*OF_FOLLOW_UP, named=True))


def _rows(activities, told, takeaways, follow_ups, *, about, widest=None, now=None):
    project, widest = activities[0].project if activities else None, widest or {}
    ends = {activity.pk: end_of(activity) for activity in activities}
    return Rows(
        now=now or timezone.now(),
        project_ends_at=_ends_at(project) if project else None,
        activities=_activities(activities),
        attendances=tuple(
            of.Attendance(person=person, activity=activity)
            for person, activity in Attendance.objects.filter(activity__in=ends).exclude(state="absent").values_list("person", "activity")
        ),
        reflections=tuple(rows.reflection(row, widest) for row in told),
        takeaways=tuple(rows.takeaway(row, ends, widest) for row in takeaways),
        follow_ups=tuple(rows.follow_up(row, widest) for row in follow_ups),
        prompts=tuple(rows.prompt(row) for row in Prompt.objects.filter(about) if row.wave),
        left_out=frozenset(LeftOut.objects.filter(project=project).values_list("person", flat=True)) if project else frozenset(),
    )


def _ends_at(project):
    return rows.midnight(project.ends_on) if project.ends_on else None


def _ticked(about):
    """(person, activity, wave) of the answers whose taps count also when they are few."""
    answered = Prompt.objects.filter(about, reflections__counts_when_few=True, reflections__deleted_at=None, reflections__submitted_at__isnull=False)
    return {(row.person_id, row.activity_id, row.wave) for row in answered}
