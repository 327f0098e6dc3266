from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partners import policies
from partners.actions import projects as actions
from partners.forms.project import PartForm, ProjectForm, ProjectPartnerForm, ProjectPeriodForm, ProjectRoleForm
from partners.guards import project_view, public_view
from partners.models import Activity, Project, ProjectRole


@public_view
def project_list(request):
    projects = Project.objects.published().prefetch_related("parts__partner")
    return render(request, "partners/project_list.html", {"projects": projects})


@project_view(policies.can_coordinate)
def project_edit(request, project):
    form = ProjectForm(request.POST or None, instance=project)
    if form.is_valid():
        actions.change_project(form.save(commit=False), by=request.user)
        messages.success(request, _("Saved."))
        return redirect(project)
    return render(request, "partners/project_edit.html", {"project": project, "form": form})


@project_view(policies.can_coordinate)
def project_period(request, project):
    before = project.starts_on, project.ends_on
    form = ProjectPeriodForm(request.POST or None, instance=project)
    if form.is_valid():
        actions.change_period(form.save(commit=False), before=before, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Saved. The earlier period stays readable, with the reason."))
        return redirect(project)
    return render(request, "partners/project_period.html", {"project": project, "form": form})


@project_view(policies.can_coordinate)
def project_partner_add(request, project):
    form = ProjectPartnerForm(request.POST or None, by=request.standing)
    if form.is_valid():
        data = form.cleaned_data
        partner = actions.add_partner(project, form.organisation, part=data["part"], note=data["note"], by=request.user)
        messages.success(request, _("%(partner)s takes part now. Invite its first admin on its page.") % {"partner": partner})
        return redirect("learning:project_partner_list", project.slug)
    return render(request, "partners/project_partner_add.html", {"project": project, "form": form})


@project_view(policies.can_coordinate)
def project_partner_edit(request, project, partner):
    part = _part(project, partner)
    form = PartForm(request.POST or None, instance=part)
    if form.is_valid():
        actions.change_part(form.save(commit=False), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("learning:project_partner_list", project.slug)
    return render(request, "partners/project_partner_edit.html", {"project": project, "part": part, "form": form})


@project_view(policies.can_coordinate)
@require_POST
def project_partner_remove(request, project, partner):
    part = _part(project, partner)
    try:
        actions.remove_partner(part, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("%(partner)s no longer takes part.") % {"partner": part.partner})
    return redirect("learning:project_partner_list", project.slug)


@project_view(policies.can_coordinate)
def project_role_give(request, project):
    form = ProjectRoleForm(request.POST or None, initial={"language": request.user.language})
    if form.is_valid():
        try:
            given = actions.give_project_role(project, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error("email", error.messages)
        else:
            done = _("The role is given.") if isinstance(given, ProjectRole) else _("The invitation is on its way.")
            messages.success(request, done)
            return redirect("learning:project_partner_list", project.slug)
    return render(request, "partners/project_role_give.html", {"project": project, "form": form})


@project_view(policies.can_coordinate)
def project_role_end(request, project, role):
    given = get_object_or_404(project.roles.current().select_related("person"), pk=role)
    if request.method == "POST":
        try:
            actions.end_project_role(given, by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _("The role has ended."))
        return redirect("learning:project_partner_list", project.slug)
    return render(request, "partners/project_role_end.html", {"project": project, "role": given})


@project_view(policies.can_coordinate)
@require_POST
def project_publish(request, project):
    actions.publish(project, by=request.user)
    messages.success(request, _("The project is public. Activities are shown one by one, as you publish them."))
    return redirect(project)


@project_view(policies.can_coordinate)
@require_POST
def project_unpublish(request, project):
    actions.unpublish(project, by=request.user)
    messages.success(request, _("The project is no longer public, nor are its activities."))
    return redirect(project)


@project_view(policies.can_coordinate)
@require_POST
def project_publish_held(request, project):
    held = list(project.activities.filter(status=Activity.Status.HELD, published_at=None))
    actions.publish(*held, by=request.user)
    messages.success(request, _("%(count)s activities were made public.") % {"count": len(held)})
    return redirect("learning:activity_list", project.slug)


def _part(project, partner):
    return get_object_or_404(project.parts.select_related("partner"), partner__slug=partner)
