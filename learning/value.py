"""What the learning of a project is worth, in words: the same for everybody inside it, but for the things behind it, which are as one reads them."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.urls import reverse

from iimprove.clock import today
from learning import disclosure, figures
from learning.models import Takeaway, Visibility
from learning.periods import FIRST_MONTH
from partners.dates import in_time
from partners.models import Activity

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

    @property
    def query(self):
        return {name: value for name, value in vars(self).items() if value}

    def chosen(self, activities):
        if self.kind:
            activities = activities.filter(kind=self.kind)
        if self.year == "recent":
            return activities.filter(sorts_on__range=(today() - RECENT, today()))
        if self.year:
            first = date(int(self.year), FIRST_MONTH, 1)
            return activities.filter(sorts_on__gte=first, sorts_on__lt=first.replace(year=first.year + 1))
        return activities


@dataclass(frozen=True)
class Value:
    """All figures of the page. `behind`: {number: ids of the things behind it that the reader may read}."""

    since: date | None
    at_once: list
    later: list
    shared: list
    activities: list
    between: list
    activity_count: int
    hidden_count: int
    behind: dict = field(default_factory=dict)

    @property
    def figures(self):
        return [*self.at_once, *self.later, *self.shared, *self.activities, *self.between]

    @property
    def is_released_empty(self):
        return self.since is not None and not any(told.has_numbers for told in (*self.at_once, *self.later))

    def row(self, number):
        """The (figure, row) that states `number`, or None."""
        return next(((told, row) for told in self.figures for row in told.rows if number and row.of == number), None)


def value_of(project, reader, filters):
    """Released figures; shared ones, which are live; and counts over the cards `reader` may read, with the way to these."""
    since, released = disclosure.released(project)
    chosen = filters.chosen(project.activities)
    activities = sorted(chosen.exclude(status=Activity.Status.CANCELLED), key=in_time)
    rows = disclosure.stored_open(chosen)
    windows = disclosure.stored_windows(project) if filters.is_set else rows
    things = disclosure.stored_cards(readable_things(project, reader), to=reader, within=windows)
    of_each, hidden = figures.told_kinds_of(activities, disclosure.shared_by_activity(rows))
    found = Value(
        since,
        figures.told_at_once(since, released) if released else [],
        figures.told_later(since, released) if released else [],
        figures.told_plain(disclosure.shared(rows)),
        of_each,
        _between(project, things),
        activity_count=len(activities),
        hidden_count=hidden,
    )
    return _with_stories(found, project, filters, things, windows, rows)


def readable_things(project, reader):
    """Shared by their authors, and read by `reader`: also one's own shared ones."""
    rows = Takeaway.objects.visible_to(reader).submitted().filter(reflection__project=project)
    return rows.exclude(visibility=Visibility.ONLY_ME)


def _between(project, things):
    """M8; nothing where there is only one partner."""
    partners = {partner.pk: partner for partner in sorted(project.partners.all(), key=str)}
    cards = disclosure.cards(things, partners=tuple(partners))
    return [figures.told_between_partners(cards["M8"], partners)] if "M8" in cards else []


def _with_stories(found, project, filters, things, windows, chosen):
    """Released figures are about every activity, shared ones about the chosen, those between partners about everyday moments, too."""
    address, behind = reverse("learning:project_value_cards", args=[project.slug]), disclosure.behind(things)
    of_all, of_chosen = (_about(things, rows.activities) for rows in (windows, chosen))
    parts = {"at_once": of_all, "later": of_all, "shared": of_chosen, "between": {row.id for row in things.takeaways}}
    ways = {name: _numbers(getattr(found, name), behind, about) for name, about in parts.items()}
    told = {name: [figures.with_stories(told, own, address, filters.query) for told in getattr(found, name)] for name, own in ways.items()}
    return replace(found, **told, behind={number: ids for own in ways.values() for number, ids in own.items()})


def _about(things, activities):
    pks = {activity.id for activity in activities}
    return {row.id for row in things.takeaways if row.activity in pks}


def _numbers(told, behind, about):
    """{number: ids} of the rows of `told`."""
    return {row.of: behind.get(row.of, set()) & about for one in told for row in one.rows if row.of}
