from datetime import timedelta

from django.db.models import Q
from django.shortcuts import render

from iimprove.clock import today
from learning import waiting
from learning.occasions import Occasions, strip
from partners import gaps, standing
from partners.dates import in_time
from partners.guards import public_view
from partners.models import Activity, Membership, Places, Project

SOON = timedelta(days=60)
A_FEW = 5


@public_view
def home(request):
    """The public front; or, signed in, one's own places, what comes next, what was last, what needs one."""
    if request.user.is_anonymous:
        return render(request, "learning/home_public.html", {"projects": Project.objects.published().prefetch_related("parts__partner")})
    standings = standing.in_projects(request.user)
    activities = _mine(request.user, standings)
    coming = [activity for activity in activities if not gaps.is_over(activity) and activity.sorts_on]
    past = [activity for activity in activities if gaps.is_over(activity) and activity.sorts_on]
    owed = _owed(standings)
    return render(
        request,
        "learning/home.html",
        {
            "memberships": Places.of(request.user).memberships,
            "standings": standings.values(),
            "strip": strip(request.user, Occasions(request.user)),
            "coming": coming[:A_FEW],
            "latest": past[: -A_FEW - 1 : -1],
            "owed": owed[:A_FEW],
            "owed_count": len(owed),
            "ending": _ending_soon(request.user),
            "to_check": _to_check(request.user),
        },
    )


def _mine(person, standings):
    """Activities in which I, or the organisations I work for, take part; all of a project's for who coordinates or educates there."""
    by_role = [pk for pk, own in standings.items() if own.roles]
    partners = Places.of(person).partners
    rows = (
        Activity.objects.filter(project__in=standings)
        .filter(Q(project__in=by_role) | Q(sides__partner__in=partners) | Q(attendances__person=person))
        .exclude(status=Activity.Status.CANCELLED)
        .select_related("project")
        .with_partners()
        .distinct()
    )
    return sorted(rows, key=in_time)


def _owed(standings):
    """What my organisations still owe, the latest activity first, with the form that settles it."""
    found = gaps.activity_gaps(Activity.objects.filter(project__in=standings))
    pairs = [(gap, standings[gap.activity.project_id]) for gap in reversed(found)]
    return [{"gap": gap, "url": url} for gap, by in pairs if gaps.is_owed(gap, by=by) and (url := gaps.closed_at(gap, by=by))]


def _ending_soon(person):
    """Colleagues whose contract is expected to end soon, for the admins who set the dates."""
    near = Membership.objects.current().filter(partner__in=Places.of(person).admin_of, ended_on=None, expected_end_on__lte=today() + SOON)
    return near.select_related("person", "partner").order_by("expected_end_on")


def _to_check(person):
    """(organisation, how much) that waits for its admin before anyone on the internet reads it."""
    places = Places.of(person)
    counts = waiting.count_by_partner(places.admin_of, person)
    return [(partner, counts[pk]) for pk, partner in places.partners.items() if counts[pk]]
