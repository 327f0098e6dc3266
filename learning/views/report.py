"""The report desk: one block a heading, with what is missing and text to copy; and the same as a file, made by a worker."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from learning import periods, report
from learning.actions.report_packs import ask_for
from learning.models import ReportPack
from partners import policies
from partners.guards import project_view

TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "pdf": "application/pdf"}
A_FEW = 6
coordinators_view = project_view(policies.can_coordinate, otherwise=Http404)


@coordinators_view
def report_desk(request, project):
    packs = _packs(project, request.user)
    context = {"project": project, "packs": packs, "is_waiting": any(not (pack.made_at or pack.has_failed) for pack in packs)}
    if request.htmx:
        return render(request, "learning/report.html#packs", context)
    period = periods.period(project, request.GET.get("period", ""))
    found = report.blocks(project, period, by=request.standing)
    context |= {
        "period": period,
        "periods": periods.periods(project),
        "kinds": ReportPack.Kind.choices,
        "blocks": [(block, report.length(block.text)) for block in found],
    }
    return render(request, "learning/report.html", context)


@coordinators_view
@require_POST
def report_ask(request, project):
    """Ask for a file; the page says how far it is, and can be left meanwhile."""
    kind = request.POST.get("kind", ReportPack.Kind.WORKBOOK)
    if kind not in ReportPack.Kind.values:
        raise Http404
    period = periods.period(project, request.POST.get("period", ""))
    ask_for(project, kind=kind, period=period, by=request.user)
    return redirect(reverse("learning:report_desk", args=[project.slug], query={"period": period.key}, fragment="files"))


@coordinators_view
def report_file(request, project, pack):
    """To whom it was made for, and who still coordinates."""
    pack = get_object_or_404(ReportPack, pk=pack, project=project, asked_by=request.user, made_at__isnull=False)
    response = HttpResponse(bytes(pack.file), content_type=TYPES[pack.kind])
    response["Content-Disposition"] = f'attachment; filename="{pack.filename}"'
    return response


def _packs(project, person):
    packs = list(ReportPack.objects.filter(project=project, asked_by=person).defer("file")[:A_FEW])
    for pack in packs:
        pack.project = project
        pack.about = periods.Period(pack.period)
    return packs
