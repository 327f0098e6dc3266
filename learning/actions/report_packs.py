"""Reports as files: asked for on the page; learning/actions/report_making.py makes them."""

from django.db import transaction

from learning.models import ReportPack
from learning.models.report_pack import MOST_ATTEMPTS
from partners.models import Event
from partners.models.event import record


@transaction.atomic
def ask_for(project, *, kind, period, by):
    """The pack that is being made, or a new one in place of a failed one. That it was asked for stands in the log of the project."""
    asked = {"project": project, "kind": kind, "period": period.key, "language": by.language, "asked_by": by, "made_at": None}
    ReportPack.objects.filter(**asked, attempts__gte=MOST_ATTEMPTS).delete()
    pack, is_new = ReportPack.objects.get_or_create(**asked)
    if is_new:
        record(Event.Verb.EXPORTED, by=by, project=project)
    return pack
