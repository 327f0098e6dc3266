"""What an organisation does so that a card stays when its author leaves: keep it, carry it, write it down somewhere."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning import policies
from learning.models import Artefact, Carrier, KeepMark


def _permit(takeaway, by):
    if not policies.can_hold(takeaway, by=by):
        raise PermissionDenied(_("Only who works here now looks after what stays here."))


@transaction.atomic
def keep(takeaway, *, by):
    """This should stay here. Said by each for themselves; twice is once."""
    _permit(takeaway, by)
    KeepMark.objects.get_or_create(takeaway=takeaway, person=by)


def keep_no_longer(takeaway, *, by):
    KeepMark.objects.filter(takeaway=takeaway, person=by).delete()


@transaction.atomic
def carry(takeaway, *, by):
    """I can carry this on: known from now on as a carrier who said so."""
    _permit(takeaway, by)
    carrier, _is_new = Carrier.objects.get_or_create(takeaway=takeaway, person=by)
    if carrier.confirmed_at is None:
        carrier.confirmed_at = timezone.now()
        carrier.save(update_fields=["confirmed_at"])


def carry_no_longer(takeaway, *, by):
    Carrier.objects.filter(takeaway=takeaway, person=by).delete()


@transaction.atomic
def add_link(takeaway, link, *, by):
    """It stands written somewhere: whoever adds the place has just looked."""
    _permit(takeaway, by)
    return Artefact.objects.get_or_create(takeaway=takeaway, link=link, defaults={"checked_at": timezone.now(), "checked_by": by})[0]


@transaction.atomic
def check(artefact, *, by):
    """It is still there and still right."""
    _permit(artefact.takeaway, by)
    artefact.checked_at, artefact.checked_by = timezone.now(), by
    artefact.save(update_fields=["checked_at", "checked_by"])


def remove(artefact, *, by):
    _permit(artefact.takeaway, by)
    artefact.delete()
