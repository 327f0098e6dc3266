"""Which rows belong to what is measured: a whole project, what is open of some activities, cards, an organisation's memory."""

import datetime
from collections import defaultdict
from dataclasses import replace
from operator import attrgetter

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from learning.calendars import end_of
from learning.disclosure.stored import rows
from learning.disclosure.stored.reach import widest_of
from learning.measures import rows as of
from learning.measures.rows import AT_ONCE, Rows, Windows
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
from learning.own_defaults import defaults_of
from partners.models import Activity, Attendance

CONFIRMS = [Confirmation.Said.SAW, Confirmation.Said.TOO]
OF_REFLECTION = ("pk", "author_id", "submitted_at", "activity_id", "gave", "visibility", "counts_when_few")
OF_FOLLOW_UP = ("pk", "takeaway_id", "observed_at", "wave", "state", "effect", "evidence", "is_confirmed", "visibility", "counts_when_few")
OF_TAKEAWAY = ("pk", "kinds", "will_use", "plan_when", "plan_then", "kept_at", "practice_id", "taken_from_id", "visibility")
OF_ITS_REFLECTION = {
    "author_id": F("reflection__author"),
    "submitted_at": F("reflection__submitted_at"),
    "happened_on": F("reflection__happened_on"),
    "activity_id": F("reflection__activity"),
    "partner_id": F("reflection__partner_then"),
    "counts_when_few": F("reflection__counts_when_few"),
}
OF_PROMPT = ("person_id", "form", "project_id", "due_at", "outcome", "activity_id")


def stored(project, *, now=None):
    """All that was submitted in a project, as it stands now: about its activities, about everyday moments, and about the whole at its end."""
    activities = _alive(project.activities)
    about = Q(activity__in=activities) | Q(activity=None, project=project)
    told = Reflection.objects.submitted().filter(about)
    takeaways = Takeaway.objects.submitted().filter(reflection__in=told)
    told = list(told.values_list(*OF_REFLECTION, named=True))
    things = _things_in(takeaways, FollowUp.objects.filter(deleted_at=None))
    widest, ticked = widest_of(told, things[0], things[2]), _ticked(about)
    return replace(
        _rows(activities, told, things, widest=widest, about=about, now=now),
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
    told = list(told.values_list(*OF_REFLECTION, named=True))
    return _rows(activities, told, _things_in(takeaways, follow_ups), about=Q(activity__in=activities))


def stored_cards(takeaways, *, to, within=None):
    """Only these `takeaways`, and what became of them as far as `to` may read it too. `within`: Rows that say when their activities end."""
    takeaways, sources, follow_ups = _things_in(takeaways, FollowUp.objects.visible_to(to))
    within = within or Rows(now=timezone.now())
    ends = within.ends()
    return Rows(
        now=within.now,
        project_ends_at=within.project_ends_at,
        windows=within.windows,
        activities=within.activities,
        takeaways=tuple(rows.takeaway(row, sources, ends, {}) for row in takeaways),
        follow_ups=tuple(rows.follow_up(row, {}) for row in follow_ups),
    )


def stored_memory(partner, takeaways):
    """What holds these `takeaways` of `partner`: who works there and who did, carriers, artefacts. No answer is read."""
    takeaways, sources = _read(takeaways)
    ids = [row.pk for row in takeaways]
    marked = set(KeepMark.objects.filter(takeaway__in=ids).values_list("takeaway", flat=True))
    people = ("person", "partner", "started_on", "ended_on", "expected_end_on")
    return Rows(
        now=timezone.now(),
        takeaways=tuple(replace(row, is_kept=row.is_kept or row.id in marked) for row in (rows.takeaway(row, sources, {}, {}) for row in takeaways)),
        memberships=tuple(
            of.Membership(**row | {"started_on": row["started_on"] or datetime.date.min}) for row in partner.memberships.values(*people)
        ),
        carriers=tuple(of.Carrier(**row) for row in Carrier.objects.filter(takeaway__in=ids).values("takeaway", "person", "confirmed_at")),
        artefacts=tuple(of.Artefact(**row) for row in Artefact.objects.filter(takeaway__in=ids).values("takeaway", "checked_at")),
    )


def stored_windows(project, *, now=None):
    """Only when the activities of a project end, to see which waves have closed: no answer is read."""
    activities = _activities(_alive(project.activities))
    return Rows(now=now or timezone.now(), project_ends_at=_ends_at(project), windows=_windows(project), activities=activities)


def _alive(activities):
    return list(activities.exclude(status=Activity.Status.CANCELLED).prefetch_related("sides__partner").select_related("project"))


def _activities(activities):
    return tuple(of.Activity(id=activity.pk, ended_at=end_of(activity)) for activity in activities)


def _things_in(takeaways, follow_ups):
    """(takeaways, where they come from, what became of them)."""
    takeaways, sources = _read(takeaways)
    confirmed = Exists(Confirmation.objects.filter(follow_up=OuterRef("pk"), said__in=CONFIRMS))
    follow_ups = follow_ups.filter(takeaway__in=[row.pk for row in takeaways])  # constants: so the index is used, however many there are of others
    follow_ups = follow_ups.annotate(is_confirmed=confirmed, counts_when_few=F("reflection__counts_when_few"))
    return takeaways, sources, list(follow_ups.values_list(*OF_FOLLOW_UP, named=True))


def _read(takeaways):
    """Only what is counted of them, none of their texts; and {takeaway: partners named as where it comes from}."""
    read = list(takeaways.annotate(**OF_ITS_REFLECTION).values_list(*OF_TAKEAWAY, *OF_ITS_REFLECTION, named=True))
    sources = defaultdict(set)
    named = Takeaway.source_partners.through.objects.filter(takeaway__in=[row.pk for row in read])
    for takeaway, partner in named.values_list("takeaway", "partner"):
        sources[takeaway].add(partner)
    return read, {takeaway: frozenset(partners) for takeaway, partners in sources.items()}


def _rows(activities, told, things, *, about, widest=None, now=None):
    takeaways, sources, follow_ups = things
    project, widest = activities[0].project if activities else None, widest or {}
    ends = {activity.pk: end_of(activity) for activity in activities}
    return Rows(
        now=now or timezone.now(),
        project_ends_at=_ends_at(project) if project else None,
        windows=_windows(project) if project else Windows(),
        activities=_activities(activities),
        attendances=tuple(
            of.Attendance(person=person, activity=activity)
            for person, activity in Attendance.objects.filter(activity__in=ends).exclude(state="absent").values_list("person", "activity")
        ),
        reflections=tuple(rows.reflection(row, widest) for row in told),
        takeaways=tuple(rows.takeaway(row, sources, ends, widest) for row in takeaways),
        follow_ups=tuple(rows.follow_up(row, widest) for row in follow_ups),
        prompts=tuple(filter(attrgetter("wave"), map(rows.prompt, Prompt.objects.filter(about).order_by().values_list(*OF_PROMPT, named=True)))),
        left_out=frozenset(LeftOut.objects.filter(project=project).values_list("person", flat=True)) if project else frozenset(),
    )


def _ends_at(project):
    return rows.midnight(project.ends_on) if project.ends_on else None


def _windows(project):
    """As the project asks; a takeaway of its first 30 days is waited for, however soon its first question closes."""
    waves = defaults_of(project).waves
    return Windows(
        w2=waves.w2,
        m3=waves.m3,
        m12=waves.m12,
        closes=waves.close,
        first_closes=max(AT_ONCE, waves.f2_close),
        snoozed=waves.snooze_max,
        end_before=7 * waves.end_weeks_before,
    )


def _ticked(about):
    """(person, activity, wave) of the answers whose taps count also when they are few."""
    answered = Prompt.objects.filter(about, reflections__counts_when_few=True, reflections__deleted_at=None, reflections__submitted_at__isnull=False)
    return {(row.person_id, row.activity_id, row.wave) for row in answered}
