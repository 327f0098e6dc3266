"""What somebody agrees to, and takes back. Each change leaves a row; what holds now is a column or a row of its own."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from learning import policies
from learning.models import ConsentChange, LeftOut, NoticeAcceptance, Reflection


@transaction.atomic
def accept_notice(*, by, version, partner=None):
    """`by` has read that it is voluntary; `partner`: the organisation named there. Twice is once."""
    _row, is_new = NoticeAcceptance.objects.get_or_create(person=by, version=version, defaults={"partner": partner})
    if is_new:
        keep_consent(by, ConsentChange.About.NOTICE, is_given=True)


@transaction.atomic
def set_counts_when_few(reflection, counts, *, by):
    """Count my taps of this answer, also when we are few; or no longer."""
    reflection = Reflection.objects.select_for_update().get(pk=reflection.pk)
    if not policies.can_edit(reflection, by=by):
        raise PermissionDenied(_("This is not yours."))
    if reflection.counts_when_few != counts:
        reflection.counts_when_few = counts
        reflection.save(update_fields=["counts_when_few"])
        keep_consent(by, ConsentChange.About.COUNTS_WHEN_FEW, is_given=counts, project=reflection.project, reflection=reflection)
    return reflection


@transaction.atomic
def leave_out(project, *, by):
    """Leave me out of every figure of this project."""
    _row, is_new = LeftOut.objects.get_or_create(person=by, project=project)
    if is_new:
        keep_consent(by, ConsentChange.About.LEFT_OUT, is_given=True, project=project)


@transaction.atomic
def count_in(project, *, by):
    """Count me in again."""
    rows, _kinds = LeftOut.objects.filter(person=by, project=project).delete()
    if rows:
        keep_consent(by, ConsentChange.About.LEFT_OUT, is_given=False, project=project)


def keep_consent(person, about, *, is_given, project=None, reflection=None):
    ConsentChange.objects.create(person=person, about=about, is_given=is_given, project=project, reflection=reflection)
