from itertools import groupby

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _

from learning.views.card import shared_cards
from learning.views.figure import figures_of
from partners import gaps, policies
from partners.dates import in_time
from partners.guards import activity_view, project_view
from partners.models import Activity, Attendance

PER_PAGE = 50


@project_view(public=True)
def activity_list(request, project):
    readable = project.activities.readable_by(request.standing)
    filters = {name: request.GET.get(name, "").strip() for name in ("q", "kind", "status", "partner")}
    found = sorted(_filtered(readable, **filters).with_partners(), key=in_time)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    for activity in page:
        activity.project = project
    template = "learning/activity_list.html" + ("#results" if request.htmx else "")
    return render(
        request,
        template,
        {
            "project": project,
            "standing": request.standing,
            "page": page,
            "years": [{"year": year, "activities": list(rows)} for year, rows in groupby(page, key=_year)],
            "filters": filters,
            "is_filtered": any(filters.values()),
            "total": readable.count(),
            "kinds": Activity.Kind.choices,
            "statuses": Activity.Status.choices,
            "partners": project.partners.all(),
            "may_coordinate": (may_coordinate := policies.can_coordinate(project, by=request.standing)),
            "may_publish_held": may_coordinate and readable.filter(status=Activity.Status.HELD, published_at=None).exists(),
        },
    )


@activity_view(public=True)
def activity_detail(request, project, activity):
    by = request.standing
    attendances = list(activity.attendances.select_related("person", "partner")) if by.is_inside else []
    return render(
        request,
        "learning/activity_detail.html",
        {
            "project": project,
            "activity": activity,
            "standing": by,
            "voices": _voices(activity, by),
            "attendance": _attendance(activity, attendances, by) if by.is_inside else None,
            "headcounts": activity.headcounts.all(),
            "plan_changes": activity.plan_changes.select_related("by") if by.is_inside else [],
            "neighbours": _neighbours(activity, by),
            "may": _may(activity, by),
            "today": shared_cards(request, activity),
            "figures": figures_of(activity) if by.is_inside and gaps.is_over(activity) else [],
            "was_there": any(row.person_id == by.person.pk and row.state == Attendance.State.ATTENDED for row in attendances),
        },
    )


def _filtered(activities, *, q, kind, status, partner):
    activities = activities.matching(q)
    if kind:
        activities = activities.filter(kind=kind)
    if status:
        activities = activities.filter(status=status)
    if partner:
        activities = activities.filter(sides__partner__slug=partner)
    return activities


def _year(activity):
    return activity.sorts_on.year if activity.sorts_on else None


def _voices(activity, by):
    """The write-ups of the host, and those of guests and others: inside all of them, outside those an organisation let out.

    Of what is over, insiders also read who has not written yet.
    """
    rows = activity.write_ups.select_related("partner", "author").prefetch_related("revisions__replaced_by")
    if not by.is_inside:
        rows = rows.filter(public_at__isnull=False)
    hosts = [activity.host] if activity.host else []
    of_host = [row for row in rows if row.partner in hosts]
    of_others = [row for row in rows if row.partner not in hosts]
    voices = [_voice(activity, _("The host"), of_host, hosts, by), _voice(activity, _("The guests"), of_others, activity.guests, by)]
    return [voice for voice in voices if voice["write_ups"] or voice["silent"]]


def _voice(activity, side, rows, partners, by):
    written = {row.partner for row in rows}
    return {
        "side": side,
        "silent": [partner for partner in partners if partner not in written] if by.is_inside and gaps.is_over(activity) else [],
        "write_ups": [_signed(row, by) for row in rows],
    }


def _signed(row, by):
    """A write-up with what the reader may do; whether it is public is marked for those who decide it."""
    may_publish = policies.can_publish_write_up(row, by=by)
    tone, status = ("public", _("Public")) if row.public_at else ("draft", _("Not public"))
    return {
        "row": row,
        "tone": tone if may_publish else "",
        "status": status if may_publish else "",
        "may_revise": policies.can_revise_write_up(row, by=by),
        "may_publish": may_publish,
        "may_read_revisions": policies.can_read_revisions(row, by=by),
    }


def _attendance(activity, rows, by):
    """By partner: people by name where the reader may read names, else how many."""
    partners = {side.partner_id: side.partner for side in activity.sides.all()} | {row.partner_id: row.partner for row in rows}
    groups = []
    for pk, partner in partners.items():
        own = [row for row in rows if row.partner_id == pk]
        names = partner is None or policies.can_read_names(partner, by=by)
        groups.append(
            {
                "partner": partner,
                "people": own if names else [],
                "counts": [] if names else _counts(own),
                "is_recorded": bool(own),
            }
        )
    return groups


def _counts(rows):
    counts = [(state, sum(row.state == state for row in rows)) for state in Attendance.State]
    return [{"label": state.label, "count": count} for state, count in counts if count]


def _neighbours(activity, by):
    """The activities before and after this one, as the list has them."""
    row = sorted(activity.project.activities.readable_by(by).only("project", "code", "title", "kind", "sorts_on"), key=in_time)
    here = row.index(activity)
    return {"previous": row[here - 1] if here else None, "next": row[here + 1] if here + 1 < len(row) else None}


def _may(activity, by):
    return {
        "edit": policies.can_edit_activity(activity, by=by),
        "move": policies.can_move_activity(activity, by=by),
        "hold": policies.can_hold_activity(activity, by=by),
        "unhold": policies.can_unhold_activity(activity, by=by),
        "cancel": policies.can_cancel_activity(activity, by=by),
        "restore": policies.can_restore_activity(activity, by=by),
        "record": policies.can_record_attendance(activity, by=by),
        "attend": policies.can_say_i_was_there(activity, by=by),
        "end": policies.can_end_activity(activity, by=by),
        "count": policies.can_record_headcounts(activity, by=by),
        "write": policies.can_write_up(activity, by=by),
        "coordinate": policies.can_coordinate(activity.project, by=by),
    }
