from collections import Counter

from django.shortcuts import render

from changemakers.models import Choice
from learning.views.public_figures import figures_for_all
from partners import gaps, policies
from partners.dates import activity_dates, in_time
from partners.guards import project_view
from partners.models import Activity, PlanChange, ProjectPartner

A_FEW = 3


@project_view(public=True)
def project_detail(request, project):
    by = request.standing
    activities = sorted(project.activities.readable_by(by).with_partners(), key=in_time)
    for activity in activities:
        activity.project = project
    dated = [activity for activity in activities if activity.sorts_on and activity.status != Activity.Status.CANCELLED]
    return render(
        request,
        "learning/project_detail.html",
        {
            "project": project,
            "standing": by,
            "lead": project.parts.filter(part=ProjectPartner.Part.LEAD).select_related("partner").first(),
            "partner_count": project.parts.count(),
            "choices": Choice.objects.visible_to(request.user)
            .filter(project=project, state=Choice.State.CHOSEN)
            .select_related("changemaker", "partner"),
            "coming": [activity for activity in dated if not gaps.is_over(activity)][:A_FEW],
            "latest": [activity for activity in dated if gaps.is_over(activity)][: -A_FEW - 1 : -1],
            "kinds": _counts(activities),
            "activity_count": len(activities),
            "undated_count": sum(activity.sorts_on is None for activity in activities),
            "roles": project.roles.current().select_related("person") if by.is_inside else [],
            "period_changes": project.plan_changes.filter(kind=PlanChange.Kind.PERIOD).select_related("by") if by.is_inside else [],
            "may_coordinate": policies.can_coordinate(project, by=by),
            "value": figures_for_all(project),
        },
    )


@project_view(public=True)
def project_partner_list(request, project):
    by = request.standing
    return render(
        request,
        "learning/project_partner_list.html",
        {
            "project": project,
            "standing": by,
            "parts": sorted(project.parts.select_related("partner"), key=_by_part),
            "roles": project.roles.current().select_related("person") if by.is_inside else [],
            "invitations": project.invitations.pending() if by.is_coordinator else [],
            "may_coordinate": policies.can_coordinate(project, by=by),
        },
    )


@project_view(public=True)
def visit_matrix(request, project):
    """Who visited whom: from bilateral meetings, or from all activities with a host and guests."""
    is_all = request.GET.get("of") == "all"
    rows = project.activities.readable_by(request.standing)
    if not is_all:
        rows = rows.filter(kind=Activity.Kind.BILATERAL_MEETING)
    activities = sorted(rows.with_partners(), key=in_time)
    for activity in activities:
        activity.project = project
    placed = [activity for activity in activities if activity.host and activity.guests]
    met = {partner for activity in placed for partner in (activity.host, *activity.guests)}
    parts = sorted(project.parts.select_related("partner"), key=_by_part)
    partners = [part.partner for part in parts if part.part != ProjectPartner.Part.ASSOCIATED or part.partner in met]
    return render(
        request,
        "learning/visit_matrix.html",
        {
            "project": project,
            "standing": request.standing,
            "is_all": is_all,
            "hosts": [str(partner) for partner in partners],
            "rows": [_matrix_row(guest, partners, placed) for guest in partners],
            "placed_count": len(placed),
            "not_placed": [activity for activity in activities if activity not in placed],
        },
    )


@project_view()
def gap_list(request, project):
    """What is missing, by activity and by partner; each with the form that closes it where the reader may."""
    by = request.standing
    chosen = set(Choice.objects.filter(project=project, state=Choice.State.CHOSEN).values_list("partner", flat=True))
    found = [*gaps.activity_gaps(project.activities.all()), *gaps.partner_gaps(project, with_changemaker=chosen)]
    filters = {name: request.GET.get(name, "") for name in ("kind", "partner")}
    shown = [gap for gap in found if _fits(gap, **filters)]
    return render(
        request,
        "learning/gap_list.html",
        {
            "project": project,
            "standing": by,
            "groups": _grouped(shown, by),
            "filters": filters,
            "is_filtered": any(filters.values()),
            "count": len(shown),
            "total": len(found),
            "kinds": [(kind.value, kind.label, count) for kind in gaps.Kind if (count := sum(gap.kind == kind for gap in found))],
            "partners": project.partners.all(),
            "is_empty": not (found or project.parts.exists() or project.activities.exists()),
        },
    )


def _by_part(part):
    """The lead first, associated partners last."""
    return [*ProjectPartner.Part].index(part.part), part.partner.short_name.casefold()


def _counts(activities):
    """How many of each kind, and how they stand; kinds that do not occur are left out."""
    statuses = Counter((activity.kind, activity.status) for activity in activities)
    undated = Counter(activity.kind for activity in activities if activity.sorts_on is None)
    rows = []
    for kind in Activity.Kind:
        states = [statuses[kind, status] for status in Activity.Status]
        if sum(states):
            rows.append({"kind": kind.label, "value": kind.value, "total": sum(states), "states": states, "undated": undated[kind]})
    return rows


def _matrix_row(guest, hosts, activities):
    cells = []
    for host in hosts:
        visits = [activity for activity in activities if activity.host == host and guest in activity.guests]
        cells.append({"host": str(host), "is_self": host == guest, "visits": [_visit(activity) for activity in visits]})
    return {"guest": str(guest), "cells": cells}


def _visit(activity):
    return {
        "code": activity.code,
        "url": activity.get_absolute_url(),
        "tone": activity.status,
        "label": f"{activity.get_status_display()}, {activity_dates(activity)}",
    }


def _fits(gap, *, kind, partner):
    concerned = gap.partners or (gaps.partners_of(gap.activity) if gap.activity else ())
    return (not kind or gap.kind == kind) and (not partner or any(other.slug == partner for other in concerned))


def _grouped(found, by):
    """One entry for an activity or a partner, with its gaps and their forms."""
    groups = {}
    for gap in found:
        about = gap.activity or gap.partners[0]
        groups.setdefault(about, []).append({"gap": gap, "url": gaps.closed_at(gap, by=by)})
    return [{"about": about, "activity": own[0]["gap"].activity, "gaps": own} for about, own in groups.items()]
