"""A note or an answer: kept once, however often its form is sent."""

import hashlib
import re
import uuid
from dataclasses import dataclass, replace

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from iimprove.clock import today
from iimprove.saving import save_checked
from iimprove.written import written_once
from learning import policies
from learning.actions.consent import keep_consent
from learning.actions.visibility import keep_visibility, set_visibility
from learning.models import ConsentChange, Pause, Prompt, Reflection, Revision, Takeaway, Visibility
from learning.models.takeaway import TITLE
from partners.models import Person, Places

FIRST_SENTENCE = re.compile(r"(.+?[.!?…])\s", re.DOTALL)


@dataclass(frozen=True)
class Thing:
    """One thing somebody takes with them, as a form hands it over. `visibility` None: as the note's.

    With `takeaway` it is an own one, noted before and now kept: only what is answered anew is changed. With `taken_from` it is linked to
    somebody else's.
    """

    title: str = ""
    kinds: tuple = ()
    is_doubt: bool = False
    will_use: int | None = None
    visibility: str | None = None
    reader: Person | None = None
    source_partners: tuple = ()
    plan_when: str = ""
    plan_then: str = ""
    takeaway: Takeaway | None = None
    taken_from: Takeaway | None = None

    @property
    def is_empty(self):
        return self.taken_from is None and not (self.title.strip() or self.kinds or self.is_doubt or self.will_use is not None)


def title_and_text(keep):
    """What somebody wants to keep, as the title of a thing, and the whole where it is more than a title can hold."""
    keep = keep.strip()
    line = " ".join(keep.split())
    if len(line) <= TITLE and "\n" not in keep:
        return line, ""
    sentence = FIRST_SENTENCE.match(keep.split("\n")[0] + " ")
    first = sentence[1].strip() if sentence else keep.split("\n")[0].strip()
    return (first if len(first) <= TITLE else first[: TITLE - 1].rsplit(" ", 1)[0] + "…"), keep


@transaction.atomic
def save_draft(*, by, client_key, data, activity=None, project=None, prompt=None, language=None):
    """Keep what is typed so far, as typed. What was submitted meanwhile stays as it is: a late autosave undoes nothing."""
    reflection = _claim(by, client_key)
    if reflection.is_draft and reflection.deleted_at is None:
        reflection.draft = data
        reflection.prompt = prompt
        reflection.language = language or by.language
        _place(reflection, by, activity, project)
        reflection.save()
    return reflection


@transaction.atomic
def note(
    *,
    by,
    client_key,
    things=(),
    text="",
    gave=None,
    answers=None,
    instrument="",
    activity=None,
    project=None,
    prompt=None,
    happened_on=None,
    language=None,
    starter=Reflection.Starter.LINE,
    medium=Reflection.Medium.TYPED,
    visibility=Visibility.ONLY_ME,
    reader=None,
    counts_when_few=False,
    reworded_is_new=False,
):
    """Submit a reflection with its things. Sent again with the same client key, it returns the first one and changes nothing.

    `reworded_is_new`: with other words it is another one; a form can come back from another tab, or by the back button.
    Raises PermissionDenied where the notice has not been read, ValidationError where the level does not fit.
    """
    reflection = _claim(by, client_key)
    if reworded_is_new and not reflection.is_draft and not _says(reflection, things, text):
        reflection = _claim(by, _key_of_words(client_key, things, text))
    if not reflection.is_draft:
        return reflection
    if not policies.can_submit(by=by):
        raise PermissionDenied(_("Read first that taking part is voluntary."))
    _place(reflection, by, activity, project)
    reflection.prompt, reflection.text, reflection.gave, reflection.answers = prompt, text.strip(), gave, answers or {}
    reflection.starter, reflection.medium, reflection.language = starter, medium, language or by.language
    reflection.instrument = instrument
    reflection.happened_on = happened_on or _usual_day(activity)
    reflection.counts_when_few = counts_when_few
    reflection.draft, reflection.submitted_at, reflection.deleted_at = {}, timezone.now(), None
    _share_from_the_start(reflection, visibility, reader, by)
    save_checked(reflection)
    keep_visibility(reflection, before=Visibility.ONLY_ME, by=by)
    if counts_when_few:
        keep_consent(by, ConsentChange.About.COUNTS_WHEN_FEW, is_given=True, project=reflection.project, reflection=reflection)
    for position, thing in enumerate(things):
        if thing.takeaway:
            _keep(thing, by)
        elif not thing.is_empty:
            _add(reflection, thing if thing.visibility else replace(thing, visibility=visibility, reader=reader), position, by)
    return reflection


@transaction.atomic
def answer_prompt(prompt, *, by, client_key, **answer):
    """Answer a prompt, or answer it again until it closes; `answer` as for `note`. Who answers is not asked any more."""
    prompt = Prompt.objects.select_for_update(of=["self"]).select_related("activity").get(pk=prompt.pk)
    if not policies.can_answer(prompt, by=by):
        raise PermissionDenied(_("This question is closed."))
    reflection = note(by=by, client_key=client_key, prompt=prompt, activity=prompt.activity, **{"starter": Reflection.Starter.QUESTIONS} | answer)
    answered(prompt)
    return reflection


def answered(prompt):
    """It is not asked about any more, and a pause in the questions is over: in the caller's transaction, of a locked prompt."""
    now = timezone.now()
    if prompt.outcome != Prompt.Outcome.ANSWERED:
        prompt.outcome, prompt.answered_at = Prompt.Outcome.ANSWERED, now
        prompt.save(update_fields=["outcome", "answered_at"])
    Pause.objects.filter(person=prompt.person_id, ended_at=None).update(ended_at=now)


def works_for(person, activity=None, project=None):
    """The organisation for which somebody notes: for which they were at the activity; else one that takes part in it, or in the
    project; else the only one, or the one they joined first. None for an educator or coordinator without employer."""
    partners = Places.of(person).partners
    if len(partners) < 2:
        return next(iter(partners.values()), None)
    if activity:
        attendance = activity.attendances.filter(person=person).first()
        preferred = [attendance.partner_id] if attendance else []
        preferred += activity.sides.values_list("partner", flat=True)
        preferred += activity.project.parts.values_list("partner", flat=True)
    else:
        preferred = project.parts.values_list("partner", flat=True) if project else []
    return next((partners[pk] for pk in preferred if pk in partners), next(iter(partners.values())))


def _claim(by, client_key):
    """The reflection with this key, or a new one. The key is the caller's until the transaction ends: of many at once, one makes it and the
    others wait for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [client_key.int >> 65])
    return next(iter(_with_key(by.pk, client_key)), None) or Reflection(author=by, client_key=client_key, language=by.language)


@written_once
def _with_key(author, client_key):
    return Reflection.objects.filter(author=author, client_key=client_key).select_for_update()


def _says(reflection, things, text):
    """Is it in these words? What was taken out of it since, is not missed."""
    titles = list(reflection.takeaways.order_by("position").values_list("title", flat=True))
    return reflection.text == text and titles in ([thing.title for thing in things], [])


def _key_of_words(client_key, things, text):
    return uuid.uuid5(client_key, hashlib.sha256("\n".join([*(thing.title for thing in things), text]).encode()).hexdigest())


def _place(reflection, by, activity, project):
    """Where it belongs, and for whom the author works now. Not derived again later."""
    project = activity.project if activity else project
    if project and not policies.can_note(project, by=by):
        raise PermissionDenied(_("You take no part in this project."))
    reflection.activity, reflection.project = activity, project
    reflection.partner_then = works_for(by, activity, project)


def _usual_day(activity):
    """Today; for an activity that is over, its last day."""
    return min(today(), activity.ends_on) if activity and activity.ends_on else today()


def _share_from_the_start(thing, visibility, reader, by):
    if not policies.can_set_visibility(thing, visibility, by=by, reader=reader):
        raise ValidationError(_("Choose again who may read this."))
    thing.visibility, thing.reader = visibility, reader


def _add(reflection, thing, position, by):
    takeaway = Takeaway(reflection=reflection, position=position, title=thing.title.strip(), kinds=list(thing.kinds), is_doubt=thing.is_doubt)
    takeaway.will_use, takeaway.plan_when, takeaway.plan_then = thing.will_use, thing.plan_when, thing.plan_then
    takeaway.taken_from = thing.taken_from
    takeaway.kept_at = reflection.submitted_at if reflection.prompt_id else None
    _share_from_the_start(takeaway, thing.visibility, thing.reader, by)
    takeaway.full_clean(exclude=["reflection"], validate_unique=False, validate_constraints=False)
    save_checked(takeaway)
    if thing.source_partners:
        takeaway.source_partners.add(*thing.source_partners)
    keep_visibility(takeaway, before=Visibility.ONLY_ME, by=by)


def _keep(thing, by):
    """An own thing, noted before, is worth keeping: with what was answered about it now."""
    takeaway = Takeaway.objects.select_for_update(of=["self"]).select_related("reflection").get(pk=thing.takeaway.pk)
    if not policies.can_edit(takeaway, by=by):
        raise PermissionDenied(_("This is not yours."))
    said = {"kinds": list(thing.kinds), "will_use": thing.will_use, "plan_when": thing.plan_when, "plan_then": thing.plan_then}
    changed = {name: value for name, value in said.items() if value not in ("", None, []) and value != getattr(takeaway, name)}
    if changed:
        Revision.objects.create(takeaway=takeaway, before={name: getattr(takeaway, name) for name in changed})
    for name, value in changed.items():
        setattr(takeaway, name, value)
    takeaway.kept_at = takeaway.kept_at or timezone.now()
    takeaway.full_clean(exclude=["reflection"], validate_unique=False, validate_constraints=False)
    save_checked(takeaway)
    if thing.source_partners:
        takeaway.source_partners.add(*thing.source_partners)
    if thing.visibility:
        set_visibility(takeaway, thing.visibility, by=by, reader=thing.reader)
