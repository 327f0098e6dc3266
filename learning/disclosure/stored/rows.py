"""Each stored row as the measures read it: keys, taps and dates, none of the texts."""

import datetime

from django.utils import timezone

from learning.disclosure.stored.reach import reach_of
from learning.measures import rows as of
from learning.measures.rows import Reach
from learning.models import Change, FollowUp

CHANGED = {Change.Changed.NO: "no", Change.Changed.DIFFERENTLY: "look", Change.Changed.RULE: "changed"}  # as the measures say it


def reflection(row, widest):
    return of.Reflection(
        id=row.pk,
        author=row.author_id,
        submitted_at=row.submitted_at,
        activity=row.activity_id,
        gave=row.gave,
        **_item(row, row.counts_when_few, widest),
    )


def takeaway(row, ends, widest):
    told = row.reflection
    return of.Takeaway(
        id=row.pk,
        author=told.author_id,
        made_at=told.submitted_at,
        since=ends.get(told.activity_id) or midnight(told.happened_on),
        activity=told.activity_id,
        partner=told.partner_then_id,
        kinds=tuple((str(kind), weight) for kind, weight in row.weights.items()),
        will_use=row.will_use,
        has_plan=bool(row.plan_when or row.plan_then),
        is_kept=row.kept_at is not None,
        source_partners=frozenset(partner.pk for partner in row.source_partners.all()),
        practice=row.practice_id,
        taken_from=row.taken_from_id,
        **_item(row, told.counts_when_few, widest),
    )


def follow_up(row, widest):
    return of.FollowUp(
        takeaway=row.takeaway_id,
        observed_at=row.observed_at,
        wave=row.wave,
        state=row.state,
        effect=row.effect,
        evidence=FollowUp.Evidence.CONFIRMED if row.is_confirmed else row.evidence,
        **_item(row, row.counts_when_few, widest),
    )


def prompt(row):
    return of.Prompt(person=row.person_id, wave=str(row.wave), due_at=row.due_at, outcome=row.outcome, activity=row.activity_id)


def obstacle(row, ticked):
    return of.Obstacle(codes=frozenset(row.codes), **_said(row, ticked))


def change(row, ticked):
    return of.Change(changed=CHANGED[row.changed], **_said(row, ticked))


def _said(row, ticked):
    """Nobody else reads it; it counts when few where its whole answer does."""
    key = row.person_id, row.activity_id, row.wave
    return {"person": row.person_id, "wave": str(row.wave), "activity": row.activity_id, "counts_when_few": key in ticked}


def midnight(day):
    return datetime.datetime.combine(day, datetime.time(), timezone.get_default_timezone())


def _item(row, is_ticked, widest):
    reach = reach_of(row.visibility)
    return {"reach": reach, "widest": max(reach, widest.get(row.pk, Reach.ME)), "counts_when_few": bool(is_ticked)}
