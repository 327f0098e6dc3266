"""Figures that strangers read: chosen by a coordinator among those that were released, looked at first, taken back at any time."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from learning import disclosure, figures
from learning.actions.public_figures import publish_figures
from learning.forms.public_figures import PublicFiguresForm
from learning.views.figure import written
from partners import policies
from partners.guards import project_view


def figures_for_all(project):
    """What strangers read of the value of a project: the same figures as everybody inside sees, of those that were published."""
    names = set(project.public_figures.values_list("name", flat=True))
    return [told for told in _released(project) if told.name in names and told.has_numbers] if names else []


@project_view(public=True)
def project_figures(request, project):
    """As a table to take along: exactly what the page of the project shows."""
    return written(figures_for_all(project), name=f"{project.slug}-figures")


@project_view(policies.can_coordinate, otherwise=Http404)
def public_figures(request, project):
    """First choose, then see what strangers will see, then publish."""
    names = list(project.public_figures.values_list("name", flat=True))
    form = PublicFiguresForm(request.POST or None, told=_released(project), initial={"figures": names})
    is_ready = request.method == "POST" and form.is_valid()
    if is_ready and "publish" in request.POST:
        publish_figures(project, form.cleaned_data["figures"], by=request.user)
        messages.success(request, _("These figures are public now, and no others."))
        return redirect("learning:public_figures", project.slug)
    return render(
        request,
        "learning/public_figures.html",
        {
            "project": project,
            "form": form,
            "count": len(names),
            "is_preview": is_ready and "change" not in request.POST,
            "chosen": form.chosen() if is_ready else [],
        },
    )


def _released(project):
    since, released = disclosure.released(project)
    return [*figures.told_at_once(since, released), *figures.told_later(since, released)] if released else []
