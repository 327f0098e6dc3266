from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partners import policies
from partners.actions.attendance import record_attendance, say_i_was_not_there, say_i_was_there
from partners.forms.attendance import AttendanceForm
from partners.guards import activity_view


@activity_view(policies.can_record_attendance)
def attendance_edit(request, project, activity):
    form = AttendanceForm(request.POST or None, activity=activity, by=request.standing)
    if form.is_valid():
        record_attendance(activity, form.rows, by=request.user)
        messages.success(request, _("Attendance saved."))
        return redirect(activity)
    return render(request, "partners/attendance_edit.html", {"project": project, "activity": activity, "form": form})


@activity_view(policies.can_say_i_was_there)
@require_POST
def i_was_there(request, project, activity):
    say_i_was_there(activity, by=request.user, partner=_own_side(activity, request.standing))
    messages.success(request, _("You are on the list of who was there."))
    return redirect(activity)


@activity_view(policies.can_say_i_was_there)
@require_POST
def i_was_not_there(request, project, activity):
    say_i_was_not_there(activity, by=request.user)
    messages.success(request, _("Noted: you were not there."))
    return redirect(activity)


def _own_side(activity, standing):
    """The host or guest for which the reader works, or None."""
    return next((side.partner for side in activity.sides.all() if side.partner_id in standing.partners), None)
