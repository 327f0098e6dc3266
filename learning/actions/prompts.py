"""The planner's hands: makes the prompts table what the plan says, writes the mails that ask, closes what is over."""

import datetime
from collections import defaultdict

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from iimprove.mail import Mail
from learning import emails, planner, waves
from learning.calendars import calendar_of, calendars_of, end_of
from learning.defaults import DEFAULTS
from learning.models import Prompt, PromptMail
from partners.models import Activity, Attendance, Membership, ProjectPartner, ProjectRole

LOCK = 0x1E_A2_41  # any number of our own: one planner at a time
EARLIEST = datetime.timedelta(days=DEFAULTS.waves.f2_close + 2)


@transaction.atomic
def plan_all(now, defaults=DEFAULTS):
    """One run of the planner; returns how many mails it wrote, or None if another one is running. Harmless twice or late."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return None
    close_over(now)
    make(planner.plan(visits(now), now, defaults))
    return ask(now, defaults)


def close_over(now):
    """Whose time is up: what was not answered was silence."""
    over = Prompt.objects.over(now)
    over.filter(outcome=Prompt.Outcome.NONE).update(state=Prompt.State.CLOSED, outcome=Prompt.Outcome.SILENT)
    over.filter(outcome=Prompt.Outcome.ANSWERED).update(state=Prompt.State.CLOSED)


def visits(now):
    """The people expected or seen at activities that ended so lately that something may be asked."""
    days = Q(activity__ends_on__gte=(now - EARLIEST).date(), activity__ends_on__lte=(now + datetime.timedelta(days=1)).date())
    rows = (
        Attendance.objects.filter(days, state__in=[Attendance.State.EXPECTED, Attendance.State.ATTENDED])
        .exclude(activity__status=Activity.Status.CANCELLED)
        .select_related("person", "partner", "activity")
        .prefetch_related("person__absences", "activity__sides__partner")
    )
    here = _here({row.activity.project_id for row in rows})
    return [
        planner.Visit(
            person=row.person_id,
            activity=row.activity_id,
            end=end_of(row.activity),
            calendar=calendar_of(row.person, partner=row.partner, activity=row.activity),
            is_here=row.person.is_active and (row.person_id, row.activity.project_id) in here,
            wants=planner.wants(row.person.mail_preference, Prompt.Form.AFTER),
        )
        for row in rows
    ]


def make(wanted):
    """Insert, change and cancel, so that the table holds what is wanted. Answers that arrive meanwhile win."""
    rows = Prompt.objects.filter(Q(activity__in={key.activity for key in wanted}) | Q(state=Prompt.State.OPEN, outcome=""), form=Prompt.Form.AFTER)
    keyed = {planner.Key(row.person_id, row.activity_id, row.form): row for row in rows if row.activity_id}
    existing = {key: planner.Existing(row.due_at, row.closes_at, row.outcome, bool(row.snoozes)) for key, row in keyed.items()}
    changes = planner.changes(wanted, existing)
    Prompt.objects.bulk_create(
        [
            Prompt(
                person_id=key.person,
                activity_id=key.activity,
                form=key.form,
                due_at=want.due_at,
                closes_at=want.closes_at,
                outcome=want.outcome,
                state=_state(want.outcome),
            )
            for key, want in changes.insert.items()
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
    for key, want in changes.change.items():
        dates = {} if keyed[key].snoozes else {"due_at": want.due_at, "closes_at": want.closes_at}
        _unsettled(keyed[key]).update(outcome=want.outcome, state=_state(want.outcome), **dates)
    for key in changes.cancel:
        _unsettled(keyed[key]).update(outcome=Prompt.Outcome.CANCELLED, state=Prompt.State.CLOSED)


def ask(now, defaults=DEFAULTS):
    """One mail to each person who has something to answer and may be written to now, about all of it; returns how many.

    A mail that was held back at its own hour (it had become night) is written again.
    """
    waiting = defaultdict(list)
    asked = PromptMail.objects.filter(prompt=OuterRef("pk"), mail__queued_at__gte=OuterRef("due_at"))
    asked = asked.exclude(mail__state=Mail.State.CANCELLED, mail__error=emails.NOT_NOW)
    for prompt in Prompt.objects.due(now).filter(~Exists(asked)).select_related("person", "activity"):
        waiting[prompt.person].append(prompt)
    calendars, lately = calendars_of(waiting), _mails_lately(waiting, now)
    count = 0
    for person, prompts in waiting.items():
        if waves.is_quiet(now, calendars[person], defaults) or _has_enough(lately[person.pk], now, calendars[person], defaults.load):
            continue
        mail = emails.questions(person, prompts)
        PromptMail.objects.bulk_create(PromptMail(prompt=prompt, mail=mail) for prompt in prompts)
        count += 1
    return count


def _state(outcome):
    return Prompt.State.CLOSED if outcome else Prompt.State.OPEN


def _unsettled(row):
    return Prompt.objects.filter(pk=row.pk).exclude(outcome__in=planner.SETTLED)


def _here(projects):
    """(person, project) of everybody who takes part today."""
    parts = ProjectPartner.objects.filter(project__in=projects).values_list("partner", "project")
    by_partner = defaultdict(set)
    for partner, project in parts:
        by_partner[partner].add(project)
    members = Membership.objects.current().filter(partner__in=by_partner).values_list("person", "partner")
    here = {(person, project) for person, partner in members for project in by_partner[partner]}
    return here | set(ProjectRole.objects.current().filter(project__in=projects).values_list("person", "project"))


def _mails_lately(people, now):
    lately = defaultdict(list)
    week = Mail.objects.filter(prompts__person__in=people, queued_at__gt=now - datetime.timedelta(days=7)).exclude(state=Mail.State.CANCELLED)
    for person, at in week.values_list("prompts__person", "queued_at").distinct():
        lately[person].append(at)
    return lately


def _has_enough(instants, now, calendar, load):
    """Has this person had as many questions by mail as one wants in a day, or in a week?"""
    today = now.astimezone(calendar.zone_info).date()
    return len(instants) >= load.mails_per_7d or sum(at.astimezone(calendar.zone_info).date() == today for at in instants) >= load.mails_per_day
