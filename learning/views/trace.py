"""From a visit to a later result: one thing and what is known of it, as far as the reader may read it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from learning.dots import with_dots
from learning.models import Confirmation, FollowUp, Takeaway
from partners.guards import project_view
from partners.models import Activity

CONFIRMS = [Confirmation.Said.SAW, Confirmation.Said.TOO]


@dataclass(frozen=True)
class Step:
    """One later result. `activity`: the one it led to, where the reader may see it."""

    on: date
    follow_up: FollowUp
    activity: Activity | None


@project_view(public=True)
def trace(request, project, takeaway):
    readable = Takeaway.objects.visible_to(request.user).submitted().filter(reflection__project=project)
    takeaway = get_object_or_404(readable.select_related("reflection__author", "reflection__partner_then", "reflection__activity"), pk=takeaway)
    activities = {activity.pk: activity for activity in project.activities.readable_by(request.standing)}
    return render(
        request,
        "learning/trace.html",
        {
            "project": project,
            "standing": request.standing,
            "thing": with_dots([takeaway], request.user)[0],
            "visit": activities.get(takeaway.reflection.activity_id),
            "steps": [_step(row, activities) for row in _follow_ups(takeaway, request.user)],
            "is_own": request.user == takeaway.reflection.author,
        },
    )


def _follow_ups(takeaway, reader):
    confirmed = Exists(Confirmation.objects.filter(follow_up=OuterRef("pk"), said__in=CONFIRMS))
    rows = FollowUp.objects.visible_to(reader).filter(takeaway=takeaway).annotate(is_confirmed=confirmed)
    return rows.order_by("observed_at", "pk")


def _step(row, activities):
    return Step(timezone.localdate(row.observed_at), row, activities.get(row.activity_id))
