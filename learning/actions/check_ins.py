"""What partners say of themselves every few months."""

from django.db import transaction

from changemakers.actions import record_stages
from changemakers.models import PracticeStage, last_stages
from learning.models import CheckIn


@transaction.atomic
def check_in(row, *, stages, by):
    """Keep a check-in, and how far practices have come since the last time. `stages`: {practice: stage}. What is kept already, or as it was, is left alone."""
    row.by = by
    CheckIn.objects.bulk_create([row], ignore_conflicts=True)
    known = last_stages(PracticeStage.objects.standing().filter(partner=row.partner, practice__in=stages).as_said())
    moved = {practice: stage for practice, stage in stages.items() if _stage(known, row.partner, practice) != stage}
    record_stages(
        [PracticeStage(practice=practice, partner=row.partner, stage=stage, language=row.language) for practice, stage in moved.items()], by=by
    )


def _stage(known, partner, practice):
    last = known.get((partner.pk, practice.pk))
    return last.stage if last else None
