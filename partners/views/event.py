from django.core.paginator import Paginator
from django.shortcuts import render

from partners import policies
from partners.guards import partner_view, project_view

PER_PAGE = 50


@partner_view(policies.can_read_events)
def event_list(request, partner):
    """The organisation's own log."""
    return render(request, "partners/event_list.html", {"partner": partner, "page": _page(request, partner.events)})


@project_view(policies.can_coordinate)
def project_event_list(request, project):
    return render(request, "partners/project_event_list.html", {"project": project, "page": _page(request, project.events)})


def _page(request, events):
    return Paginator(events.select_related("by", "person", "activity__project", "partner", "project"), PER_PAGE).get_page(request.GET.get("page"))
