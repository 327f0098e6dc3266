"""Reports as files, made by a worker, however long that takes. No page needs this: what writes spreadsheets and PDF is large."""

from django.db import transaction
from django.db.models.functions import Now
from django.utils import translation

from learning import periods, report
from learning.models import ReportPack
from learning.models.report_pack import LEASE
from learning.report.document import document
from learning.report.workbook import workbook
from partners.standing import in_project

MAKERS = {ReportPack.Kind.WORKBOOK: workbook, ReportPack.Kind.DOCUMENT: document}


def make_waiting():
    """Make what waits, one by one; returns how many. A worker that dies leaves its pack to another when the lease ends."""
    count = 0
    while pack := _claimed():
        _make(pack)
        count += 1
    return count


@transaction.atomic
def _claimed():
    pack = ReportPack.objects.waiting().select_for_update(skip_locked=True, of=["self"]).select_related("project", "asked_by").first()
    if pack:
        pack.attempts += 1
        pack.leased_until = Now() + LEASE
        pack.save(update_fields=["attempts", "leased_until"])
    return pack


def _make(pack):
    period = periods.period(pack.project, pack.period)
    with translation.override(pack.language):
        blocks = report.blocks(pack.project, period, by=in_project(pack.project, pack.asked_by))
        ReportPack.objects.filter(pk=pack.pk).update(done=50)
        file = MAKERS[pack.kind](pack.project, period, blocks)
    ReportPack.objects.filter(pk=pack.pk).update(file=file, made_at=Now(), done=100, leased_until=None)
