"""What is still missing in a project: one list, each gap with the form that closes it."""

from collections import Counter
from dataclasses import dataclass

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from iimprove.clock import today
from partners import policies
from partners.dates import in_time, last_possible_day
from partners.models import Activity, Attendance, Membership

MEETINGS = {
    Activity.Kind.TRANSNATIONAL_MEETING,
    Activity.Kind.BILATERAL_MEETING,
    Activity.Kind.LEARNING_WEEK,
    Activity.Kind.JOB_SHADOWING,
}
WITH_AUDIENCE = {Activity.Kind.LAB, Activity.Kind.RESULT_SHARING, Activity.Kind.WORKSHOP, Activity.Kind.AUDIENCE_ACTIVITY}


class Kind(models.TextChoices):
    OVERDUE = "overdue", _("Planned, but the date has passed")
    DATES = "dates", _("Date unknown")
    DATES_IN_PART = "dates_in_part", _("Dates only partly known")
    HOST = "host", _("Host unknown")
    GUESTS = "guests", _("Guests unknown")
    PLACE = "place", _("Place unknown")
    ATTENDANCE = "attendance", _("Nobody's attendance recorded")
    HEADCOUNT = "headcount", _("Number of participants unknown")
    WRITE_UP = "write_up", _("Write-up missing")
    NO_ADMIN = "no_admin", _("No partner admin")
    ONE_ADMIN = "one_admin", _("Only one partner admin")
    BASELINE = "baseline", _("No baseline")
    CHANGEMAKER = "changemaker", _("No changemaker chosen")


@dataclass(frozen=True)
class Gap:
    """Something missing at an activity (of some of its partners, or of nobody in particular), or at a partner."""

    kind: Kind
    activity: Activity | None = None
    partners: tuple = ()


def activity_gaps(activities):
    """The gaps of some activities, in time order. A cancelled activity lacks nothing."""
    rows = (
        activities.exclude(status=Activity.Status.CANCELLED)
        .select_related("project")
        .prefetch_related("sides__partner", "attendances", "headcounts", "write_ups")
    )
    return [gap for activity in sorted(rows, key=in_time) for gap in _gaps_of(activity)]


def partner_gaps(project, *, with_changemaker):
    """The gaps of a project's partners. `with_changemaker`: ids of the partners that have chosen one (known to a higher app)."""
    admins = Counter(
        Membership.objects.current().filter(role=Membership.Role.ADMIN, partner__parts__project=project).values_list("partner", flat=True)
    )
    with_baseline = set(project.baselines.values_list("partner", flat=True))
    gaps = []
    for part in project.parts.select_related("partner"):
        partner = part.partner
        if admins[partner.pk] < 2:
            gaps.append(Gap(Kind.ONE_ADMIN if admins[partner.pk] else Kind.NO_ADMIN, partners=(partner,)))
        if part.part == part.Part.ASSOCIATED:
            continue  # takes part now and then: owes neither a baseline nor a changemaker
        if partner.pk not in with_baseline:
            gaps.append(Gap(Kind.BASELINE, partners=(partner,)))
        if partner.pk not in with_changemaker:
            gaps.append(Gap(Kind.CHANGEMAKER, partners=(partner,)))
    return gaps


def is_owed(gap, *, by):
    """The reader's own organisation owes it, and the reader is the one to bring it: everybody writes, admins record."""
    owing = by.partners.keys() if gap.kind == Kind.WRITE_UP else by.admin_of
    concerned = gap.partners or (partners_of(gap.activity) if gap.kind == Kind.OVERDUE else ())
    return any(partner.pk in owing for partner in concerned)


def closed_at(gap, *, by):
    """The address of the form with which the reader can close the gap, or None."""
    form, may = _FORMS[gap.kind]
    return form(gap, by) if may(gap, by) else None


def is_over(activity):
    """It was held, or its last possible day has passed."""
    last = last_possible_day(activity)
    return activity.status == Activity.Status.HELD or (last is not None and last < today())


def _gaps_of(activity):
    yield from (Gap(kind, activity) for kind in _missing_facts(activity))
    if not is_over(activity):
        return
    sides = partners_of(activity)
    recorded = {row.partner_id for row in activity.attendances.all() if row.state != Attendance.State.EXPECTED}
    written = {row.partner_id for row in activity.write_ups.all()}
    if absent := tuple(partner for partner in sides if partner.pk not in recorded):
        yield Gap(Kind.ATTENDANCE, activity, absent)
    if _lacks_numbers(activity):
        yield Gap(Kind.HEADCOUNT, activity)
    if silent := tuple(partner for partner in sides if partner.pk not in written):
        yield Gap(Kind.WRITE_UP, activity, silent)


def _missing_facts(activity):
    if activity.status != Activity.Status.HELD and is_over(activity):
        yield Kind.OVERDUE
    if activity.sorts_on is None:
        yield Kind.DATES
    elif activity.starts_on is None or activity.ends_on is None:
        yield Kind.DATES_IN_PART
    if activity.host is None:
        yield Kind.HOST
    if activity.kind in MEETINGS and not activity.guests:
        yield Kind.GUESTS
    if not activity.place and not activity.is_online:
        yield Kind.PLACE


def silent_sides(activity):
    """Host and guests of which nobody is recorded: neither expected, nor there, nor absent."""
    recorded = {row.partner_id for row in activity.attendances.all()}
    return [side.partner for side in activity.sides.all() if side.partner_id not in recorded]


def partners_of(activity):
    return [side.partner for side in activity.sides.all()]


def _lacks_numbers(activity):
    """A number is owed for each row without one, and by whatever has an audience."""
    rows = list(activity.headcounts.all())
    return any(row.number is None for row in rows) or (not rows and activity.kind in WITH_AUDIENCE)


def _activity_form(name):
    return lambda gap, by: reverse(f"partners:{name}", args=[by.project.slug, gap.activity.code])


def _may(policy):
    return lambda gap, by: policy(gap.activity, by=by)


def _is_mine(gap, by):
    return any(partner.pk in by.partners for partner in gap.partners)


def _may_change_sides(gap, by):
    return policies.can_change_sides(by.project, by=by)


def _may_record(gap, by):
    """A coordinator for all; an admin where the own people are missing."""
    return policies.can_record_attendance(gap.activity, by=by) and (by.is_coordinator or any(partner.pk in by.admin_of for partner in gap.partners))


_EDIT = _activity_form("activity_edit"), _may(policies.can_edit_activity)
_SIDES = _activity_form("activity_edit"), _may_change_sides
_MEMBERS = (
    lambda gap, by: reverse("learning:member_list", args=[gap.partners[0].slug]),
    lambda gap, by: by.is_coordinator or gap.partners[0].pk in by.admin_of,
)
_BASELINE = (
    lambda gap, by: reverse("partners:baseline_write", args=[gap.partners[0].slug, by.project.slug]),
    lambda gap, by: gap.partners[0].pk in by.admin_of,
)
_CHANGEMAKER = (
    lambda gap, by: reverse("changemakers:choice_list", args=[gap.partners[0].slug]),
    lambda gap, by: gap.partners[0].pk in by.admin_of,
)
_FORMS = {
    Kind.OVERDUE: (_activity_form("activity_held"), _may(policies.can_hold_activity)),
    Kind.DATES: _EDIT,
    Kind.DATES_IN_PART: _EDIT,
    Kind.PLACE: _EDIT,
    Kind.HOST: _SIDES,
    Kind.GUESTS: _SIDES,
    Kind.ATTENDANCE: (_activity_form("attendance_edit"), _may_record),
    Kind.HEADCOUNT: (_activity_form("headcount_edit"), _may(policies.can_record_headcounts)),
    Kind.WRITE_UP: (_activity_form("write_up_create"), _is_mine),
    Kind.NO_ADMIN: _MEMBERS,
    Kind.ONE_ADMIN: _MEMBERS,
    Kind.BASELINE: _BASELINE,
    Kind.CHANGEMAKER: _CHANGEMAKER,
}
