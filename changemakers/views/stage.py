"""How far practices have come: said by partners, in front of each other."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from changemakers import actions, policies
from changemakers.forms.stage import StageForm
from changemakers.models import Changemaker, Choice, PracticeStage
from partners import kept
from partners.guards import project_view


@project_view(policies.can_record_stages)
def stage_record(request, project, changemaker):
    changemaker = _chosen(project, changemaker)
    form = stage_form(request, project, changemaker, by=request.standing)
    if request.method == "POST" and form.is_valid():
        if not form.was_sent_before:
            actions.record_stages([form.instance], by=request.user)
        messages.success(request, _("Noted. Everybody in the project reads it."))
        return _back(changemaker)
    return render(request, "changemakers/stage_record.html", {"project": project, "changemaker": changemaker, "form": form})


@project_view(policies.can_record_stages)
@require_POST
def stage_take_back(request, project, changemaker, stage):
    changemaker = _chosen(project, changemaker)
    stages = PracticeStage.objects.last_said().filter(practice__changemaker=changemaker, partner__parts__project=project)
    stage = get_object_or_404(stages, pk=stage)
    if not policies.can_take_back(stage, by=request.standing):
        raise PermissionDenied
    actions.take_back(stage)
    messages.success(request, _("Taken back: it counts no more."))
    return _back(changemaker)


def stage_form(request, project, changemaker, *, by):
    """To say it for the organisations one may speak for; empty on a page that only offers it."""
    partners = project.partners.all() if by.is_coordinator else project.partners.filter(pk__in=by.admin_of)
    stage = PracticeStage(by=request.user, language=get_language())
    return StageForm(
        request.POST or kept.take(request), instance=stage, auto_id=f"{project.slug}-%s", practices=changemaker.practices.all(), partners=partners
    )


def _chosen(project, slug):
    chosen = Choice.objects.made().filter(project=project)
    return get_object_or_404(Changemaker.objects.filter(pk__in=chosen.values("changemaker")), slug=slug)


def _back(changemaker):
    return redirect(f"{changemaker.get_absolute_url()}#stages")
