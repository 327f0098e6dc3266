"""Reports as files: asked for on the page, made by a worker, however long that takes."""

from django.db import transaction
from django.db.models.functions import Now
from django.utils import translation

from learning import periods, report
from learning.models import ReportPack
from learning.models.report_pack import LEASE, MOST_ATTEMPTS
from learning.report.document import document
from learning.report.workbook import workbook
from partners.models import Event
from partners.models.event import record
from partners.standing import in_project

MAKERS = {ReportPack.Kind.WORKBOOK: workbook, ReportPack.Kind.DOCUMENT: document}


@transaction.atomic
def ask_for(project, *, kind, period, by):
    """The pack that is being made, or a new one in place of a failed one. That it was asked for stands in the log of the project."""
    asked = {"project": project, "kind": kind, "period": period.key, "language": by.language, "asked_by": by, "made_at": None}
    ReportPack.objects.filter(**asked, attempts__gte=MOST_ATTEMPTS).delete()
    pack, is_new = ReportPack.objects.get_or_create(**asked)
    if is_new:
        record(Event.Verb.EXPORTED, by=by, project=project)
    return pack


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
