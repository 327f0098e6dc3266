"""What became of things: each answer is appended, whenever it comes; what was known before stays as it was."""

import uuid
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from iimprove.clock import today
from iimprove.saving import save_checked
from learning import about, policies
from learning.actions.confirmations import ask_to_confirm
from learning.actions.edits import edit_takeaway
from learning.actions.notes import Thing, answered, note, title_and_text
from learning.actions.visibility import keep_visibility
from learning.models import Artefact, Change, FollowUp, Obstacle, Passing, Prompt, Reflection, Takeaway, Visibility, Wave
from partners.models import Activity, Person

Evidence = FollowUp.Evidence


@dataclass(frozen=True)
class Said:
    """What became of one thing, as a form hands it over. With a `witness` that person is asked whether it is so."""

    takeaway: Takeaway
    state: str
    effect: str = ""
    without: str = ""
    story: str = ""
    link: str = ""
    witness: Person | None = None
    sentence: str = ""
    activity: Activity | None = None

    @property
    def evidence(self):
        if self.link:
            return Evidence.DOCUMENT
        return Evidence.EXAMPLE if self.story else Evidence.SAID


@transaction.atomic
def follow_up(prompt, *, by, client_key, said=(), shares=False, handovers=None, obstacles=(), told=(), changed="", stays="", new="", instrument=""):
    """Answer a prompt that asks again, once or again until it closes. Sent again with the same client key it changes nothing.

    `shares`: each answer goes to whoever may read its thing, else to nobody. `handovers`: {takeaway: how it could be handed over}.
    Raises PermissionDenied where the prompt is closed or the notice has not been read.
    """
    prompt = Prompt.objects.select_for_update(of=["self"]).get(pk=prompt.pk)
    if not policies.can_answer(prompt, by=by):
        raise PermissionDenied(_("This question is closed."))
    reflection = _noted(prompt, by, client_key, new, instrument)
    for one in said:
        _append(one, by=by, key=client_key, wave=prompt.wave, shares=shares, reflection=reflection)
    for takeaway, handover in (handovers or {}).items():
        edit_takeaway(takeaway, by=by, handover=handover)
    _said_once(prompt, by, Obstacle, codes=list(obstacles))
    _said_once(prompt, by, Passing, audiences=list(told))
    _said_once(prompt, by, Change, changed=changed, stays=stays)
    answered(prompt)


@transaction.atomic
def came_of_it(said, *, by, client_key, shares=False):
    """Something came of a thing, said without being asked; returns what was appended."""
    return _append(said, by=by, key=client_key, wave=Wave.ANY, shares=shares)


def is_sent(prompt, client_key):
    """Has this form been sent? Then its next answer needs another key."""
    if Reflection.objects.submitted().filter(author=prompt.person_id, client_key=client_key).exists():
        return True
    things = about.own_things(prompt).values_list("pk", flat=True) if prompt.wave else []
    return FollowUp.objects.filter(pk__in=[_id(client_key, pk) for pk in things]).exists()


def _append(said, *, by, key, wave, shares, reflection=None):
    """One row, its id made from the form's key and its thing: the same form sent twice is one row."""
    takeaway = Takeaway.objects.select_for_update(of=["self"]).select_related("reflection").get(pk=said.takeaway.pk)
    if not policies.can_edit(takeaway, by=by) or not policies.can_submit(by=by):
        raise PermissionDenied(_("This is not yours."))
    texts = {code: text for code, text in (("story", said.story), ("sentence", said.sentence)) if text}
    row = FollowUp(pk=_id(key, takeaway.pk), takeaway=takeaway, reflection=reflection, wave=wave, state=said.state, effect=said.effect)
    row.without, row.evidence, row.texts, row.activity = said.without, said.evidence, texts, said.activity
    if kept := FollowUp.objects.filter(pk=row.pk).first():
        return kept
    if shares and policies.can_set_visibility(row, takeaway.visibility, by=by, reader=takeaway.reader):
        row.visibility, row.reader = takeaway.visibility, takeaway.reader
    row.full_clean(exclude=["takeaway", "reflection", "activity", "reader"], validate_unique=False, validate_constraints=False)
    save_checked(row)
    keep_visibility(row, before=Visibility.ONLY_ME, by=by)
    if said.link:
        Artefact.objects.get_or_create(takeaway=takeaway, link=said.link, defaults={"checked_at": timezone.now(), "checked_by": by})
    if said.witness:
        ask_to_confirm(row, said.witness, by=by)
    return row


def _noted(prompt, by, client_key, new, instrument):
    """A late thing is a note of its own; without one there is nothing to note, and the draft is done with."""
    if not new.strip():
        by.reflections.drafts().filter(client_key=client_key).delete()
        return None
    title, text = title_and_text(new)
    where = {"activity": prompt.activity, "project": about.project_of(prompt), "prompt": prompt, "happened_on": today()}
    starter = Reflection.Starter.QUESTIONS
    return note(by=by, client_key=client_key, things=[Thing(title)], text=text, instrument=instrument, starter=starter, **where)


def _said_once(prompt, by, model, **values):
    """Asked once of the whole occasion: what is said later in the same wave replaces it."""
    if given := {name: value for name, value in values.items() if value}:
        model.objects.update_or_create(person=by, wave=prompt.wave, **about.occasion_of(prompt), defaults=given)


def _id(key, takeaway):
    return uuid.uuid5(key, str(takeaway))
