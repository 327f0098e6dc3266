"""What the learning of a project is worth, at once and later: the same for everybody inside it, but for the cards, which are counted as one reads them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from iimprove.clock import today
from learning import disclosure, figures
from learning.actions.consent import count_in, leave_out
from learning.models import Takeaway, Visibility
from learning.views.figure import written
from partners.dates import in_time
from partners.guards import project_view
from partners.models import Activity

FIRST_MONTH = 9  # a project year is from September to August
RECENT = timedelta(days=90)


@dataclass(frozen=True)
class Filters:
    """Which activities the shared figures are about. Partners are no filter: no figure is about one organisation."""

    kind: str = ""
    year: str = ""

    @classmethod
    def of(cls, query):
        kind, year = query.get("kind", ""), query.get("year", "")
        is_year = year == "recent" or (year.isdecimal() and 1900 < int(year) < 9999)
        return cls(kind if kind in Activity.Kind.values else "", year if is_year else "")

    @property
    def is_set(self):
        return bool(self.kind or self.year)

    def chosen(self, activities):
        if self.kind:
            activities = activities.filter(kind=self.kind)
        if self.year == "recent":
            return activities.filter(sorts_on__range=(today() - RECENT, today()))
        if self.year:
            first = date(int(self.year), FIRST_MONTH, 1)
            return activities.filter(sorts_on__gte=first, sorts_on__lt=first.replace(year=first.year + 1))
        return activities


@project_view()
def project_value(request, project):
    filters = Filters.of(request.GET)
    return render(
        request,
        "learning/value.html",
        {
            "project": project,
            "told": _told(project, request.user, filters),
            "filters": filters,
            "years": _years(project),
            "kinds": Activity.Kind.choices,
            "query": request.GET,
            "is_left_out": project.left_out.filter(person=request.user).exists(),
        },
    )


@project_view()
def project_value_figures(request, project):
    told = _told(project, request.user, Filters.of(request.GET))
    every = [*told["at_once"], *told["later"], *told["shared"], *told["activities"], *told["between"]]
    return written(every, name=f"{project.slug}-value")


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


def _told(project, reader, filters):
    """All figures of the page, in words: released; shared, which are live; and counts over the cards `reader` may read."""
    since, released = disclosure.released(project)
    chosen = filters.chosen(project.activities)
    activities = sorted(chosen.exclude(status=Activity.Status.CANCELLED), key=in_time)
    rows = disclosure.stored_open(chosen)
    of_each, hidden = figures.told_kinds_of(activities, disclosure.shared_by_activity(rows))
    return {
        "since": since,
        "at_once": figures.told_at_once(since, released) if released else [],
        "later": figures.told_later(since, released) if released else [],
        "shared": figures.told_plain(disclosure.shared(rows)),
        "activities": of_each,
        "hidden_count": hidden,
        "activity_count": len(activities),
        "between": _between(project, reader),
    }


def _between(project, reader):
    """M8; nothing where there is only one partner."""
    partners = {partner.pk: partner for partner in sorted(project.partners.all(), key=str)}
    readable = Takeaway.objects.visible_to(reader).submitted().filter(reflection__project=project).exclude(visibility=Visibility.ONLY_ME)
    cards = disclosure.cards(disclosure.stored_cards(readable, to=reader), partners=tuple(partners))
    return [figures.told_between_partners(cards["M8"], partners)] if "M8" in cards else []


def _years(project):
    """(first year, words) of every project year something happened in, the latest first."""
    days = project.activities.filter(sorts_on__isnull=False).values_list("sorts_on", flat=True)
    firsts = {day.year if day.month >= FIRST_MONTH else day.year - 1 for day in days}
    return [(str(year), _("September %(first)s to August %(next)s") % {"first": year, "next": year + 1}) for year in sorted(firsts, reverse=True)]
