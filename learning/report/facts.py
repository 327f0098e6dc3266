"""Facts in plain sentences, for pasting into a report: what is unknown is said to be unknown."""

from collections import Counter

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from changemakers.models import PracticeStage
from learning.instrument import FORMS
from partners.dates import activity_dates
from partners.dates import day as in_words
from partners.models import Activity, Attendance, PlanChange


def what_and_where(activity):
    """One line an activity: what it was, when, where, who hosted, who came."""
    place = ", ".join(filter(None, [activity.place, str(activity.country.name) if activity.country else ""]))
    place = place or (_("online") if activity.is_online else _("place unknown"))
    host = _("host: %(host)s") % {"host": activity.host.name} if activity.host else _("host unknown")
    guests = _("guests: %(guests)s") % {"guests": ", ".join(partner.name for partner in activity.guests)} if activity.guests else ""
    name = activity.title or activity.get_kind_display()
    status = "" if activity.status == Activity.Status.HELD else activity.get_status_display().lower()
    return _joined([f"{activity.code} {name}", activity_dates(activity), place, host, guests, status])


def who_came(activity):
    """One line an activity: people with an account by organisation, others by role; None if nothing is recorded."""
    there = Counter(row.partner.name if row.partner else "" for row in activity.attendances.all() if row.state == Attendance.State.ATTENDED)
    staff = [f"{name or _('without organisation')} {count}" for name, count in sorted(there.items())]
    others = [f"{row.role} {_('number unknown') if row.number is None else row.number}" for row in activity.headcounts.all()]
    parts = [", ".join(staff) and _("staff: %(counts)s") % {"counts": ", ".join(staff)}, ", ".join(others)]
    return _joined([activity.code, *parts]) if any(parts) else None


def everybody(activities):
    """By role over all activities: [(role, how many are known, at how many more activities the number is unknown)]. People at two count twice."""
    known, unknown = Counter(), Counter()
    for activity in activities:
        staff = sum(row.state == Attendance.State.ATTENDED for row in activity.attendances.all())
        known[_("Staff of the partners")] += staff
        for row in activity.headcounts.all():
            known[row.role] += row.number or 0
            unknown[row.role] += row.number is None
    return [(role, count, unknown[role]) for role, count in known.most_common() if count or unknown[role]]


def in_all(role, count, unknown):
    said = f"{role}: {count}"
    if not unknown:
        return said
    return (
        said
        + " ("
        + ngettext("and an unknown number at %(count)s activity", "and unknown numbers at %(count)s activities", unknown) % {"count": unknown}
        + ")"
    )


def deviation(change):
    """One line a change of plan: what, as it was planned before, when it was decided, why."""
    about = change.activity.code if change.activity else str(change.project)
    planned = _("planned before: %(planned)s") % {"planned": change.planned} if change.planned else ""
    return _joined(
        [f"{about}: {change.get_kind_display().lower()}", planned, in_words(timezone.localdate(change.at)), change.reason or _("no reason given")]
    )


def cancelled_without_word(activities, changes):
    """Cancelled activities of which no change of plan is recorded."""
    told = {change.activity_id for change in changes if change.kind == PlanChange.Kind.CANCELLED}
    rows = [row for row in activities if row.status == Activity.Status.CANCELLED and row.pk not in told]
    return [_joined([f"{row.code}: {row.get_status_display().lower()}", row.status_reason or _("no reason given")]) for row in rows]


def tapped(check_in):
    """One line a check-in: who, when, whether the activities fitted, what stopped people; None if nothing was tapped."""
    answers = {"fitted": check_in.get_fitted_display(), "obstacles": ", ".join(map(str, check_in.obstacle_words))}
    said = [f"{FORMS['F8'][code].text} {answer}" for code, answer in answers.items() if answer]
    return f"{check_in.partner}, {in_words(check_in.on)}: {_joined(said)}" if said else None


def how_far(practice, stages):
    """One line a practice: who has come how far with it, the furthest first."""
    partners = {stage: sorted(str(row.partner) for row in stages if row.stage == stage) for stage in reversed(PracticeStage.Stage)}
    return _joined([str(practice), *(f"{stage.label}: {', '.join(names)}" for stage, names in partners.items() if names)])


def _joined(parts):
    return "; ".join(part for part in parts if part)
