from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partners import policies
from partners.actions.attendance import record_attendance
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
