from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partners import policies
from partners.actions import write_ups as actions
from partners.forms.write_up import NewWriteUpForm, WriteUpForm
from partners.guards import activity_view
from partners.models import Partner, WriteUp


@activity_view(policies.can_write_up)
def write_up_create(request, project, activity):
    sides = Partner.objects.filter(pk__in=request.standing.partners, sides__activity=activity)
    form = NewWriteUpForm(request.POST or None, initial={"language": request.user.language}, activity=activity, author=request.user, sides=sides)
    if form.is_valid():
        if _sent_before(form.cleaned_data["key"], activity, request.user):
            return redirect(activity)
        actions.write(form.save(commit=False), by=request.user)
        messages.success(request, _("Your write-up is there. Everybody in the project can read it."))
        return redirect(activity)
    return render(request, "partners/write_up_create.html", {"project": project, "activity": activity, "form": form})


@activity_view()
def write_up_revise(request, project, activity, write_up):
    write_up = _reach(activity, write_up)
    if not policies.can_revise_write_up(write_up, by=request.standing):
        raise PermissionDenied
    before = write_up.text
    form = WriteUpForm(request.POST or None, instance=write_up)
    if form.is_valid():
        actions.revise(form.save(commit=False), before=before, by=request.standing)
        messages.success(request, _("Saved. The earlier text stays in the history."))
        return redirect(activity)
    return render(
        request, "partners/write_up_revise.html", {"project": project, "activity": activity, "write_up": write_up, "form": form, "before": before}
    )


@activity_view()
@require_POST
def write_up_publish(request, project, activity, write_up):
    write_up = _reach(activity, write_up)
    if not policies.can_publish_write_up(write_up, by=request.standing):
        raise PermissionDenied
    actions.publish(write_up, by=request.user)
    messages.success(request, _("This write-up is public, as far as the activity is."))
    return redirect(activity)


@activity_view()
@require_POST
def write_up_unpublish(request, project, activity, write_up):
    write_up = _reach(activity, write_up)
    if not policies.can_publish_write_up(write_up, by=request.standing):
        raise PermissionDenied
    actions.unpublish(write_up, by=request.user)
    messages.success(request, _("No longer public."))
    return redirect(activity)


def _reach(activity, pk):
    write_up = get_object_or_404(activity.write_ups.select_related("partner", "author"), pk=pk)
    write_up.activity = activity
    return write_up


def _sent_before(key, activity, author):
    """The same form arrived before: a second click, or a lost answer."""
    return WriteUp.objects.filter(pk=key, activity=activity, author=author).exists()
