"""The page of each form a prompt can ask: after a visit, again later, to confirm. Each gets the prompt and the key under which this browser answers."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect, render

from learning import about
from learning.actions.confirmations import confirm
from learning.actions.consent import accept_notice, leave_out
from learning.actions.follow_ups import follow_up
from learning.actions.notes import answer_prompt, works_for
from learning.defaults import DEFAULTS
from learning.forms.answer import AnswerForm
from learning.forms.follow_up import FollowUpForm
from learning.models import Confirmation, Prompt, Reflection

OWN = 12  # own notes that can be ticked
MANY = ("keep", "source", "thing", "obstacles", "told")  # fields that hold several values


def answer_page(request, prompt, key):
    return PAGES.get(prompt.form, again_later)(request, prompt, key)


def after_activity(request, prompt, key):
    """F2: which things one keeps."""
    kept, place = _kept(prompt, key), place_of(prompt)
    form = AnswerForm(request.POST or None, prompt=prompt, reflection=place, own=own_notes(prompt), initial=_typed_before(kept))
    if form.is_valid() and _done(answer_prompt, form, prompt, key):
        return redirect("learning:answer_thanks", prompt.pk)
    context = {"prompt": prompt, "form": form, "key": key, "restored": bool(kept and kept.draft), "organisation": place.partner_then}
    return render(request, "learning/answer_form.html", context)


def again_later(request, prompt, key):
    """F3, F4, F5: what became of some own things."""
    kept, place = _kept(prompt, key), place_of(prompt)
    typed = _typed_before(kept)
    things, left_out = _asked_now(prompt, request.POST.getlist("thing") or typed.get("thing", ()))
    form = FollowUpForm(request.POST or None, prompt=prompt, reflection=place, things=things, initial=typed)
    if form.is_valid() and _done(follow_up, form, prompt, key):
        return redirect("learning:answer_thanks", prompt.pk)
    context = {"prompt": prompt, "form": form, "key": key, "restored": bool(kept and kept.draft), "left_out": left_out}
    return render(request, "learning/answer_follow_up.html", context)


def to_confirm(request, prompt, _key):
    """F7: the one sentence that was sent, and four answers."""
    said = request.POST.get("confirmed")
    if said in Confirmation.Said.values:
        confirm(prompt, said, by=prompt.person)
        return redirect("learning:answer_thanks", prompt.pk)
    before = Confirmation.objects.filter(follow_up=prompt.follow_up, person=prompt.person).first()
    sentence = prompt.follow_up.texts.get("sentence") or str(prompt.follow_up.takeaway)
    context = {"prompt": prompt, "sentence": sentence, "choices": Confirmation.Said.choices, "before": before}
    return render(request, "learning/answer_confirm.html", context)


PAGES = {Prompt.Form.AFTER: after_activity, Prompt.Form.CONFIRM: to_confirm}


def place_of(prompt):
    """An unsaved reflection that says for whom, in which project and about which activity the answer is written."""
    project = about.project_of(prompt)
    place = Reflection(author=prompt.person, activity=prompt.activity, project=project)
    place.partner_then = works_for(prompt.person, prompt.activity, project)
    return place


def own_notes(prompt):
    """What was noted of the activity before, to be ticked."""
    return list(about.own_things(prompt).filter(taken_from=None).select_related("reflection").latest_first()[:OWN])


def _asked_now(prompt, shown):
    """The things this page asks about, those it showed when it was sent or kept as a draft; and how many are left out."""
    things = list(about.things_of(prompt))
    again = [takeaway for takeaway in things if str(takeaway.pk) in shown]
    asked = (again or things)[: about.most_things(prompt)]
    return asked, len(things) - len(asked)


def _kept(prompt, key):
    return prompt.person.reflections.filter(client_key=key).first()


def _typed_before(kept):
    if not kept or not kept.draft:
        return {}
    return {name: values if name in MANY or name.startswith("kind-") else values[0] for name, values in kept.draft.items()}


def _done(action, form, prompt, key):
    """Is it kept? Else the form says why not."""
    try:
        with transaction.atomic():
            accept_notice(by=prompt.person, version=DEFAULTS.notice, partner=form.reflection.partner_then)
            action(prompt, by=prompt.person, client_key=key, **form.answer())
            if form.leaves_out:
                leave_out(form.reflection.project, by=prompt.person)
    except (PermissionDenied, ValidationError) as error:
        form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        return False
    return True
