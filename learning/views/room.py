"""In the room: everybody answers the own open questions at once, each on the own phone."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from learning.instrument import FORMS, minutes
from learning.models import Prompt
from learning.views.prompt_link import ABOUT
from learning.views.qr import drawn
from partners.guards import project_view

AHEAD = timedelta(days=30)  # what would be asked soon may be answered now


@project_view()
def room(request, project):
    url = f"{settings.SITE_URL}{reverse('learning:room', args=[project.slug])}"
    size, path = drawn(url)
    return render(
        request,
        "learning/room.html",
        {
            "project": project,
            "standing": request.standing,
            "questions": [{"prompt": prompt, "minutes": minutes(FORMS[prompt.form])} for prompt in _open(project, request.user)],
            "answered": _of(project, request.user).filter(outcome=Prompt.Outcome.ANSWERED, closes_at__gt=timezone.now()).count(),
            "url": url,
            "size": size,
            "path": path,
        },
    )


def _of(project, person):
    about = Q(activity__project=project) | Q(moment__project=project) | Q(project=project) | Q(follow_up__takeaway__reflection__project=project)
    return Prompt.objects.filter(about, person=person)


def _open(project, person):
    """Own questions that are open, the longest due first; also those of the next weeks."""
    now = timezone.now()
    rows = _of(project, person).open().filter(outcome=Prompt.Outcome.NONE, due_at__lte=now + AHEAD, closes_at__gt=now)
    return rows.select_related(*ABOUT).order_by("due_at", "pk")
