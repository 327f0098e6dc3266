"""Which rows belong to what is measured: a whole project, what is open of some activities, cards, an organisation's memory."""

import datetime
from dataclasses import replace
from operator import attrgetter

from django.db.models import F, Q
from django.utils import timezone

from learning.calendars import end_of
from learning.disclosure.stored import reading, rows
from learning.disclosure.stored.reach import once_ticked, widest_of
from learning.disclosure.stored.reading import Text
from learning.measures import rows as of
from learning.measures.rows import AT_ONCE, Rows, Windows
from learning.models import (
    Artefact,
    Carrier,
    Change,
    FollowUp,
    KeepMark,
    Obstacle,
    Prompt,
    Reflection,
    Takeaway,
)
from learning.models.visibility import AT_LEAST_PARTNERSHIP
from learning.own_defaults import defaults_of
from partners.models import Activity

IN_ONE_PART = 2000  # things


def stored(project, *, now=None):
    """All that was submitted in a project, as it stands now: about its activities, about everyday moments, and about the whole at its end."""
    activities = _alive(project.activities)
    about = Q(activity__in=activities) | Q(activity=None, project=project)
    told = Reflection.objects.submitted().filter(about)
    found = list(reading.reflections(told))
    things = list(reading.takeaways(Takeaway.objects.submitted().filter(reflection__in=told), key=Text))
    keys = [row.key for row in things]
    sources, ends = reading.sources(keys, key=Text), _ends(activities)
    widest = widest_of(reading.constant(row.key for row in found), reading.constant(keys))
    said = reading.follow_ups(FollowUp.objects.filter(deleted_at=None), keys, key=Text)
    ticks = _ticked(about), _answered(about, reflections__in=once_ticked())
    return replace(
        _rows(activities, now),
        attendances=_attendances(activities),
        reflections=tuple(rows.reflection(row, widest) for row in found),
        takeaways=tuple(rows.takeaway(row, sources, ends, widest) for row in things),
        follow_ups=tuple(rows.follow_up(row, widest) for row in said),
        prompts=tuple(filter(attrgetter("wave"), map(rows.prompt, reading.prompts(about)))),
        obstacles=tuple(rows.obstacle(row, *ticks) for row in Obstacle.objects.filter(about)),
        changes=tuple(rows.change(row, *ticks) for row in Change.objects.filter(about).exclude(changed="")),
    )


def stored_open(activities):
    """What was said about `activities` and may be counted however few said it, and who was asked: all that shared figures need."""
    activities = _alive(activities)
    found = _open(activities, reading.reflections)
    asked = reading.prompts_alike([activity.id for activity in activities], due_by=found.now, without=found.left_out)
    return replace(
        found,
        attendances=_attendances(activities),
        prompts=tuple(prompt for row in asked for prompt in rows.prompts_alike(row, found.now) if prompt.wave),
    )


def stored_said(activities):
    """(the same, {activity: how many people took part}), None for all of them. Not who was asked, nor who noted what it gave them before they last did."""
    activities = _alive(activities)
    found = _open(activities, reading.last_that_gave)
    return found, reading.people_there(activities, without=found.left_out)


def _open(activities, read_notes):
    """Nothing that may not be counted is even read."""
    shared, ticked = Q(visibility__in=AT_LEAST_PARTNERSHIP), Q(reflection__counts_when_few=True)
    told = Reflection.objects.submitted().filter(shared | Q(counts_when_few=True), activity__in=activities)
    things = Takeaway.objects.submitted().filter(shared | ticked, reflection__activity__in=activities)
    takeaways = tuple(map(rows.open_takeaway, reading.open_takeaways(things)))
    said = reading.follow_ups(FollowUp.objects.filter(shared | ticked, deleted_at=None), (row.id for row in takeaways), key=Text)
    return replace(
        _rows(activities),
        reflections=tuple(rows.reflection(row, {}) for row in read_notes(told)),
        takeaways=takeaways,
        follow_ups=tuple(rows.follow_up(row, {}) for row in said),
    )


def stored_cards(takeaways, *, to, within=None):
    """Only these `takeaways`, and what became of them as far as `to` may read it too. `within`: Rows that say when their activities end."""
    return _cards(list(reading.takeaways(takeaways)), FollowUp.objects.visible_to(to), within or Rows(now=timezone.now()), key=F)


def stored_cards_in_parts(takeaways, *, to, within):
    """The same, some thousands at a time, where there may be very many and each is looked at by itself; ids are text."""
    said = FollowUp.objects.visible_to(to)
    for part in reading.takeaways_in_parts(takeaways, IN_ONE_PART, key=Text):
        yield _cards(part, said, within, key=Text)


def _cards(things, said, within, *, key):
    keys, ends = [row.key for row in things], within.ends()
    sources, said = reading.sources(keys, key=key), reading.follow_ups(said, keys, key=key)
    return replace(
        within,
        takeaways=tuple(rows.takeaway(row, sources, ends, {}) for row in things),
        follow_ups=tuple(rows.follow_up(row, {}) for row in said),
    )


def stored_memory(partner, takeaways):
    """What holds these `takeaways` of `partner`: who works there and who did, carriers, artefacts. No answer is read."""
    things = list(reading.takeaways(takeaways))
    ids = [row.key for row in things]
    sources, marked = reading.sources(ids), set(KeepMark.objects.filter(takeaway__in=ids).values_list("takeaway", flat=True))
    people = ("person", "partner", "started_on", "ended_on", "expected_end_on")
    return Rows(
        now=timezone.now(),
        takeaways=tuple(replace(row, is_kept=row.is_kept or row.id in marked) for row in (rows.takeaway(row, sources, {}, {}) for row in things)),
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


def _rows(activities, now=None):
    """Who is left out, and when the project asks: no answer yet."""
    project = activities[0].project if activities else None
    return Rows(
        now=now or timezone.now(),
        project_ends_at=_ends_at(project) if project else None,
        windows=_windows(project) if project else Windows(),
        activities=_activities(activities),
        left_out=reading.left_out(project) if project else frozenset(),
    )


def _attendances(activities):
    return tuple(map(rows.attendance, reading.attendances(activities)))


def _ends(activities):
    return {activity.pk: end_of(activity) for activity in activities}


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
    """The answers whose taps count also when they are few."""
    return _answered(about, reflections__counts_when_few=True, reflections__deleted_at=None, reflections__submitted_at__isnull=False)


def _answered(about, **which):
    """(person, activity, wave) of the answers that are such."""
    return {(str(row.person_id), row.activity_id, row.wave) for row in Prompt.objects.filter(about, **which)}
