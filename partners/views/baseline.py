from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from partners import policies, standing
from partners.actions import baselines
from partners.forms.baseline import TEXTS, BaselineForm
from partners.forms.invitation import language_of
from partners.guards import partner_view
from partners.models import Baseline


@partner_view(policies.can_read_partner)
def baseline_detail(request, partner, project):
    project = _project(request, partner, project)
    versions = list(partner.baselines.filter(project=project).select_related("by").order_by("version"))
    return render(
        request,
        "partners/baseline_detail.html",
        {
            "partner": partner,
            "project": project,
            "first": versions[0] if versions else None,
            "rereadings": versions[1:],
            "can_write": policies.can_write_baseline(partner, by=request.standing),
        },
    )


@partner_view(policies.can_write_baseline)
def baseline_write(request, partner, project):
    """The first version, or the next rereading beside the one before."""
    project = _project(request, partner, project)
    earlier = list(partner.baselines.filter(project=project).order_by("-version"))
    latest = earlier[0] if earlier else None
    baseline = Baseline(
        partner=partner,
        project=project,
        version=latest.version + 1 if latest else 1,
        language=latest.language if latest else language_of(partner),
    )
    form = BaselineForm(request.POST or None, instance=baseline)
    if form.is_valid():
        try:
            baselines.write(form.instance, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved. Earlier versions stay as they are."))
            return redirect("partners:baseline_detail", partner.slug, project.slug)
    return render(
        request,
        "partners/baseline_write.html",
        {"partner": partner, "project": project, "latest": latest, "standing_texts": _standing(earlier), "form": form},
    )


def _standing(versions):
    """Each text as it was last written: [(label, text, version)]. A rereading leaves empty what has not changed."""
    lasting = [(field, next((version for version in versions if getattr(version, field)), None)) for field in TEXTS]
    return [(Baseline._meta.get_field(field).verbose_name, getattr(version, field), version) for field, version in lasting if version]


def _project(request, partner, slug):
    """A project of the partner that the reader is inside of; for others there is no baseline to know of."""
    project = get_object_or_404(partner.projects, slug=slug)
    if not policies.can_read_baseline(project, by=standing.in_project(project, request.user)):
        raise Http404
    return project
