from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partners import policies
from partners.actions.attendance import record_headcounts
from partners.forms.headcount import headcount_formset
from partners.guards import activity_view


@activity_view(policies.can_record_headcounts)
def headcount_edit(request, project, activity):
    if "add" in request.POST:  # one more row, without scripts: everything typed stays
        return _page(request, project, activity, headcount_formset(1)(_with_one_more(request.POST), instance=activity))
    formset = headcount_formset(1)(request.POST or None, instance=activity)
    if formset.is_valid():
        record_headcounts(activity, formset, by=request.user)
        messages.success(request, _("Head-counts saved."))
        return redirect(activity)
    return _page(request, project, activity, formset)


def _page(request, project, activity, formset):
    return render(request, "partners/headcount_edit.html", {"project": project, "activity": activity, "formset": formset})


def _with_one_more(data):
    data = data.copy()
    total = data.get("headcounts-TOTAL_FORMS", "")
    data["headcounts-TOTAL_FORMS"] = str(int(total) + 1 if total.isdecimal() else 1)
    return data
