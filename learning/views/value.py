"""What the learning of a project is worth, at once and later; the things behind each number; whom to call about them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from learning import disclosure, figures, periods
from learning.actions.consent import count_in, leave_out
from learning.dots import with_dots
from learning.models import Reflection
from learning.value import Filters, readable_things, row_of, value_of
from learning.views.figure import written
from partners import policies
from partners.guards import project_view
from partners.models import Activity, Attendance

PER_PAGE = 24
ON_CARDS = ("reflection__author", "reflection__partner_then", "reflection__activity")


@project_view()
def project_value(request, project):
    filters = Filters.of(request.GET)
    told = value_of(project, request.user, filters)
    return render(
        request,
        "learning/value.html",
        {
            "project": project,
            "told": told,
            "nobody_was_there": told.is_released_empty and not _was_anybody_there(project),
            "filters": filters,
            "years": [(period.key, period) for period in periods.periods(project) if period.key],
            "kinds": Activity.Kind.choices,
            "query": request.GET,
            "is_left_out": project.left_out.filter(person=request.user).exists(),
            "may_coordinate": policies.can_coordinate(project, by=request.standing),
        },
    )


@project_view()
def project_value_figures(request, project):
    return written(value_of(project, request.user, Filters.of(request.GET)).figures, name=f"{project.slug}-value")


@project_view()
def project_value_cards(request, project):
    """Behind a number: the things that belong to it and that the reader may read; without a number, all of them."""
    number, things = request.GET.get("of", ""), readable_things(project, request.user)
    stated = row_of(project, request.user, Filters.of(request.GET), number) if number else None
    if number and stated is None:
        raise Http404
    if stated:
        things = things.filter(pk__in=stated[2])
    page = Paginator(things.select_related(*ON_CARDS).latest_first(), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "learning/value_cards.html",
        {
            "project": project,
            "figure": stated and stated[0],
            "row": stated and stated[1],
            "ground": stated and stated[0].ground_of(stated[1]),
            "numbers": list(zip(stated[0].columns, stated[1].cells, strict=False)) if stated else [],
            "page": page,
            "things": with_dots(page, request.user),
            "query": request.GET,
        },
    )


@project_view(policies.can_coordinate, otherwise=Http404)
def project_value_calls(request, project):
    """Two things of which much came and two of which nothing did, with the people to call: by what the coordinator may read anyway."""
    period = periods.period(project, request.GET.get("period", ""))
    things = readable_things(project, request.user).filter(
        reflection__activity__in=period.activities(project),
        reflection__author__is_active=True,
        reflection__shown_as=Reflection.ShownAs.NAME,
    )
    things = things.exclude(reflection__author=request.user)
    much, nothing = disclosure.calls(disclosure.stored_cards(things, to=request.user, within=disclosure.stored_windows(project)))
    rows = things.filter(pk__in=[call.takeaway.id for call in (*much, *nothing)]).select_related(*ON_CARDS)
    found = {thing.pk: thing for thing in with_dots(rows, request.user)}
    return render(
        request,
        "learning/value_calls.html",
        {
            "project": project,
            "much": [(found[call.takeaway.id], figures.why_much(call.said)) for call in much],
            "nothing": [(thing := found[call.takeaway.id], figures.why_nothing(thing, call.said)) for call in nothing],
            "period": period,
            "periods": periods.periods(project),
        },
    )


def _was_anybody_there(project):
    return Attendance.objects.filter(activity__project=project).exclude(state=Attendance.State.ABSENT).exists()


@project_view()
@require_POST
def leave_me_out(request, project):
    """Out of every figure of this project, or in again."""
    if "again" in request.POST:
        count_in(project, by=request.user)
        messages.success(request, _("Your taps count again from now on."))
    else:
        leave_out(project, by=request.user)
        messages.success(request, _("You are left out: of the figures of visits at once, of the project's from their next release on."))
    return redirect("learning:my_sharing") if "sharing" in request.POST else redirect("learning:project_value", project.slug)
