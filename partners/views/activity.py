from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partners import policies
from partners.actions import activities as actions
from partners.actions import projects
from partners.forms.activity import ActivityForm, ActivityMoveForm, ReasonForm
from partners.guards import activity_view, project_view
from partners.models import Activity


def _coordinators(activity, *, by):
    return policies.can_coordinate(activity.project, by=by)


@project_view(policies.can_coordinate)
def activity_create(request, project):
    form = ActivityForm(request.POST or None, instance=Activity(project=project), by=request.standing)
    if form.is_valid():
        host, guests = form.sides
        activity = actions.create_activity(form.save(commit=False), host=host, guests=guests, by=request.user)
        messages.success(request, _("%(code)s is in the project.") % {"code": activity.code})
        return redirect(activity)
    return render(request, "partners/activity_create.html", {"project": project, "form": form})


@activity_view(policies.can_edit_activity)
def activity_edit(request, project, activity):
    form = ActivityForm(request.POST or None, instance=activity, by=request.standing)
    if form.is_valid():
        actions.change_activity(form.save(commit=False), sides=form.sides, by=request.user)
        messages.success(request, _("Saved."))
        return redirect(activity)
    return render(request, "partners/activity_edit.html", {"project": project, "activity": activity, "form": form})


@activity_view(policies.can_edit_activity)
def activity_move(request, project, activity):
    if not policies.can_move_activity(activity, by=request.standing):
        return _nothing_to_do(request, activity)
    form = ActivityMoveForm(request.POST or None, instance=activity)
    if form.is_valid():
        actions.move(form.save(commit=False), reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Moved. What was planned before stays readable, with the reason."))
        return redirect(activity)
    return render(request, "partners/activity_move.html", {"project": project, "activity": activity, "form": form})


@activity_view(_coordinators)
def activity_cancel(request, project, activity):
    if not policies.can_cancel_activity(activity, by=request.standing):
        return _nothing_to_do(request, activity)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        actions.cancel(activity, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Cancelled. You can take that back on this page."))
        return redirect(activity)
    return render(request, "partners/activity_cancel.html", {"project": project, "activity": activity, "form": form})


@activity_view(_coordinators)
def activity_restore(request, project, activity):
    if not policies.can_restore_activity(activity, by=request.standing):
        return _nothing_to_do(request, activity)
    form = ReasonForm(request.POST or None, is_required=False)
    if form.is_valid():
        actions.restore(activity, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("It takes place after all."))
        return redirect(activity)
    return render(request, "partners/activity_restore.html", {"project": project, "activity": activity, "form": form})


@activity_view(policies.can_edit_activity)
def activity_held(request, project, activity):
    if not policies.can_hold_activity(activity, by=request.standing):
        return _nothing_to_do(request, activity)
    if request.method == "POST":
        actions.hold(activity, by=request.user)
        messages.success(request, _("Noted: it took place. Next: who was there, and your write-up."))
        return redirect(activity)
    return render(request, "partners/activity_held.html", {"project": project, "activity": activity})


@activity_view(policies.can_end_activity)
@require_POST
def activity_ended(request, project, activity):
    actions.end(activity, by=request.user)
    messages.success(request, _("Noted: today was the last day. On the next working day those who were there are asked what they take with them."))
    return redirect(activity)


@activity_view(policies.can_edit_activity)
def activity_unhold(request, project, activity):
    if not policies.can_unhold_activity(activity, by=request.standing):
        return _nothing_to_do(request, activity)
    if request.method == "POST":
        actions.unhold(activity, by=request.user)
        messages.success(request, _("It is planned again, as it was before."))
        return redirect(activity)
    return render(request, "partners/activity_unhold.html", {"project": project, "activity": activity})


@activity_view(_coordinators)
@require_POST
def activity_publish(request, project, activity):
    projects.publish(activity, by=request.user)
    messages.success(request, _("Public now.") if project.is_published else _("Public as soon as the project is."))
    return redirect(activity)


@activity_view(_coordinators)
@require_POST
def activity_unpublish(request, project, activity):
    projects.unpublish(activity, by=request.user)
    messages.success(request, _("No longer public."))
    return redirect(activity)


def _nothing_to_do(request, activity):
    """Two tabs, or a click twice: say how it stands rather than refuse."""
    messages.info(
        request, _("Nothing was changed. %(code)s stands as: %(status)s.") % {"code": activity.code, "status": activity.get_status_display()}
    )
    return redirect(activity)
