"""Each stored row as the measures read it: keys, taps and dates, none of the texts."""

import datetime
import functools
from sys import intern

from django.utils import timezone

from learning.disclosure.stored.reach import REACH
from learning.measures import rows as of
from learning.measures.rows import Reach
from learning.models import Change, FollowUp
from learning.models.prompt import wave_of
from learning.models.takeaway import weights

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
NOBODY = frozenset()
CHANGED = {Change.Changed.NO: "no", Change.Changed.DIFFERENTLY: "look", Change.Changed.RULE: "changed"}  # as the measures say it


def reflection(row, widest):
    return of.Reflection(
        id=row.key,
        author=intern(row.person),
        submitted_at=_instant(row.submitted),
        activity=row.activity_id,
        gave=row.gave,
        **_item(row, row.counts_when_few, widest),
    )


def takeaway(row, sources, ends, widest):
    """`sources`: {takeaway: partners named as where it comes from}."""
    return of.Takeaway(
        id=row.key,
        author=_same(row.person),
        made_at=_instant(row.submitted),
        since=ends.get(row.activity_id) or midnight(row.happened_on),
        activity=row.activity_id,
        partner=row.partner_id,
        kinds=_weighted(tuple(row.kinds)),
        will_use=row.will_use,
        has_plan=row.has_plan,
        is_kept=row.is_kept,
        source_partners=sources.get(row.key, NOBODY),
        practice=row.practice_id,
        taken_from=row.taken_from_id,
        **_item(row, row.counts_when_few, widest),
    )


def open_takeaway(row):
    """Without dates and all else that shared figures do not count."""
    return of.Takeaway(
        id=row.key,
        author=intern(row.person),
        activity=row.activity_id,
        kinds=_weighted(tuple(row.kinds)),
        will_use=row.will_use,
        **_item(row, row.counts_when_few, {}),
    )


def follow_up(row, widest):
    return of.FollowUp(
        takeaway=row.thing,
        observed_at=_instant(row.observed),
        wave=intern(row.wave),
        state=intern(row.state),
        effect=intern(row.effect),
        evidence=FollowUp.Evidence.CONFIRMED if row.is_confirmed else row.evidence,
        **_item(row, row.counts_when_few, widest),
    )


def prompt(row):
    return of.Prompt(
        person=row.who, wave=str(wave_of(row.form, row.project_id)), due_at=_instant(row.due), outcome=row.outcome, activity=row.activity_id
    )


def prompts_alike(row, now):
    """As many as were counted: each of the people who are known is in one of them, the first stands for all the others."""
    first, *others = row.people
    wave = str(wave_of(row.form, row.project_id))
    for person, count in ((first, row.count - len(others)), *((person, 1) for person in others)):
        yield of.Prompt(person=person, wave=wave, due_at=now, outcome=row.outcome, activity=row.activity_id, count=count)


def obstacle(row, ticked, once_ticked):
    return of.Obstacle(codes=frozenset(row.codes), **_said(row, ticked, once_ticked))


def change(row, ticked, once_ticked):
    return of.Change(changed=CHANGED[row.changed], **_said(row, ticked, once_ticked))


def _said(row, ticked, once_ticked):
    """Nobody else reads it; it counts when few where its whole answer does."""
    key = str(row.person_id), row.activity_id, row.wave
    widest = Reach.SOME if key in once_ticked else Reach.ME
    return {"person": key[0], "wave": str(row.wave), "activity": row.activity_id, "widest": widest, "counts_when_few": key in ticked}


def attendance(row):
    return of.Attendance(person=intern(row.who), activity=row.activity)


def _same(key):
    """One text for all that are equal, as `intern` elsewhere here: a person or a word stands in very many rows."""
    return intern(key) if isinstance(key, str) else key


def _instant(microseconds):
    return EPOCH + datetime.timedelta(microseconds=microseconds)


@functools.cache
def _weighted(kinds):
    return tuple((str(kind), weight) for kind, weight in weights(kinds).items())


def midnight(day):
    return _midnight(day, timezone.get_default_timezone())


@functools.lru_cache(maxsize=4096)
def _midnight(day, zone):
    return datetime.datetime.combine(day, datetime.time(), zone)


def _item(row, is_ticked, widest):
    reach = REACH[row.visibility]
    return {"reach": reach, "widest": max(reach, widest[row.key]) if row.key in widest else reach, "counts_when_few": bool(is_ticked)}
