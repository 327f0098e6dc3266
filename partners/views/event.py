from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from partners import policies
from partners.guards import partner_view, project_view

PER_PAGE = 50
LABELS = {
    "role": _("role"),
    "started_on": _("since"),
    "expected_end_on": _("expected end"),
    "ended_on": _("end"),
    "starts_on": _("first day"),
    "ends_on": _("last day"),
    "fields": _("changed"),
    "version": _("version"),
    "changemaker": _("changemaker"),
    "before": _("before"),
    "after": _("after"),
    "month_on": _("month"),
    "alternatives": _("possible first days"),
    "part": _("part"),
    "from": _("from"),
    "figures": _("figures"),
}
LISTS = {"fields", "alternatives", "figures"}
UNSHOWN = {"write_up"}  # a key without meaning for a reader


@partner_view(policies.can_read_events, otherwise=Http404)
def event_list(request, partner):
    """The organisation's own log."""
    return render(request, "partners/event_list.html", {"partner": partner, "page": _page(request, partner.events)})


@project_view(policies.can_coordinate, otherwise=Http404)
def project_event_list(request, project):
    """The project's log; what an organisation does among its own people stands in its own."""
    return render(request, "partners/project_event_list.html", {"project": project, "page": _page(request, project.events)})


def _page(request, events):
    events = events.select_related("by", "person", "activity__project", "partner", "project")
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = [(event, _facts(event.details)) for event in page.object_list]
    return page


def _facts(details):
    """The small facts of an event, as [(label, text)]: a pair is what it was and what it is, what is empty is left out."""
    return [(_label(key), _text(key, value)) for key, value in details.items() if key not in UNSHOWN and value not in ("", None, [], {})]


def _label(key):
    return LABELS.get(key, key.replace("_", " "))


def _text(key, value):
    if isinstance(value, dict):
        return "; ".join(f"{_label(name)} {_text(name, own)}" for name, own in value.items())
    if not isinstance(value, list):
        return value
    between = ", " if key in LISTS else " → "
    return between.join("–" if item in (None, "") else str(item) for item in value)
