"""A named colleague or partner says whether something is so: one sentence, one tap."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning import policies
from learning.actions.notes import answered
from learning.models import Carrier, Confirmation, Prompt
from learning.own_defaults import defaults_of


def ask_to_confirm(follow_up, witness, *, by):
    """Ask `witness`, by a mail at the next hour for it; asked twice about the same it is one question."""
    if not policies.can_ask_to_confirm(follow_up, witness, by=by):
        raise PermissionDenied(_("This person cannot be asked."))
    now, waves = timezone.now(), defaults_of(follow_up.takeaway.reflection.project_id).waves
    dates = {"due_at": now, "closes_at": now + datetime.timedelta(days=waves.close)}
    prompt, _is_new = Prompt.objects.get_or_create(person=witness, follow_up=follow_up, form=Prompt.Form.CONFIRM, defaults=dates)
    return prompt


@transaction.atomic
def confirm(prompt, said, *, by):
    """Say it, or say something else until it closes. Who does it too carries it on; who takes that back does not."""
    prompt = Prompt.objects.select_for_update(of=["self"]).select_related("follow_up__takeaway__reflection").get(pk=prompt.pk)
    if not policies.can_answer(prompt, by=by):
        raise PermissionDenied(_("This question is closed."))
    now, takeaway = timezone.now(), prompt.follow_up.takeaway
    before = Confirmation.objects.filter(follow_up=prompt.follow_up, person=by).first()
    Confirmation.objects.update_or_create(follow_up=prompt.follow_up, person=by, defaults={"said": said, "at": now})
    if said == Confirmation.Said.TOO:
        Carrier.objects.update_or_create(takeaway=takeaway, person=by, defaults={"confirmed_at": now})
    elif before and before.said == Confirmation.Said.TOO:
        Carrier.objects.filter(takeaway=takeaway, person=by).delete()
    answered(prompt)
