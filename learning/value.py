"""What the learning of a project is worth, in words: the same for everybody inside it, but for the things behind it, which are as one reads them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, partial

from django.urls import reverse

from iimprove.clock import today
from learning import disclosure, figures
from learning.models import ChangeMark, Takeaway, Visibility
from learning.models.visibility import Reach
from learning.periods import FIRST_MONTH
from learning.unchanged import unchanged
from partners.dates import in_time
from partners.models import Activity, Person, Project

RECENT = timedelta(days=90)
PARTS = ("at_once", "later", "shared", "between")  # of the page, with rows that have things behind them


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
    """All figures of the page."""

    since: date | None
    at_once: list
    later: list
    shared: list
    activities: list
    between: list
    activity_count: int
    hidden_count: int

    @property
    def figures(self):
        return [*self.at_once, *self.later, *self.shared, *self.activities, *self.between]

    @property
    def is_released_empty(self):
        return self.since is not None and not any(told.has_numbers for told in (*self.at_once, *self.later))


@dataclass(frozen=True)
class Scope:
    """Whose value it is, who reads it, and which activities the shared figures are about."""

    project: Project
    reader: Person
    filters: Filters

    @cached_property
    def activities(self):
        return sorted(self.chosen.exclude(status=Activity.Status.CANCELLED), key=in_time)

    @property
    def chosen(self):
        return self.filters.chosen(self.project.activities)

    @cached_property
    def windows(self):
        """When all activities end, and when the project asks."""
        return disclosure.stored_windows(self.project)

    @cached_property
    def partners(self):
        return {partner.pk: partner for partner in sorted(self.project.partners.all(), key=str)}

    @property
    def things(self):
        """What the reader may read, in parts."""
        return disclosure.stored_cards_in_parts(readable_things(self.project, self.reader), to=self.reader, within=self.windows)

    @cached_property
    def about(self):
        """All that the figures depend on, but for the reader."""
        marks, windows = ChangeMark.objects.of(self.project), self.windows
        return self.project.pk, marks, [activity.pk for activity in self.activities], windows.activities, windows.project_ends_at, windows.windows


def value_of(project, reader, filters):
    """Released figures; shared ones, which are live; and counts over the cards `reader` may read, with the way to these."""
    scope, (since, released) = Scope(project, reader, filters), disclosure.released(project)
    said, kinds_by_activity = unchanged("said", *scope.about, find=partial(_said, scope))
    of_each, hidden = figures.told_kinds_of(scope.activities, kinds_by_activity)
    matrix, counts = unchanged("cards", reader.pk, Reach.of(reader), [*scope.partners], *scope.about, find=partial(_cards, scope))
    told = {
        "at_once": figures.told_at_once(since, released) if released else [],
        "later": figures.told_later(since, released) if released else [],
        "shared": figures.told_plain(said),
        "between": [figures.told_between_partners(matrix, scope.partners)] if matrix else [],
    }
    address = reverse("learning:project_value_cards", args=[project.slug])
    told = {part: [figures.with_stories(one, counts[part], address, filters.query) for one in own] for part, own in told.items()}
    return Value(since, activities=of_each, activity_count=len(scope.activities), hidden_count=hidden, **told)


def readable_things(project, reader):
    """Shared by their authors, and read by `reader`: also one's own shared ones."""
    rows = Takeaway.objects.visible_to(reader).submitted().filter(reflection__project=project)
    return rows.exclude(visibility=Visibility.ONLY_ME)


def row_of(project, reader, filters, number):
    """(figure, row, ids of the things behind it that `reader` may read) of the row that states `number`; None where none does."""
    value = value_of(project, reader, filters)
    for part in PARTS:
        for told in getattr(value, part):
            for row in told.rows:
                if number and row.of == number:
                    scope = Scope(project, reader, filters)
                    return told, row, set().union(*(_behind(scope, things)[part].get(number, ()) for things in scope.things))
    return None


def _said(scope):
    return disclosure.said(*disclosure.stored_said(scope.chosen))


def _cards(scope):
    """M8, nothing where there is only one partner; and how many things are behind each number of each part."""
    found, counts = [], {part: Counter() for part in PARTS}
    for things in scope.things:
        found.append(disclosure.between(things, scope.partners))
        for part, own in _behind(scope, things).items():
            counts[part].update({number: len(ids) for number, ids in own.items()})
    return disclosure.together(found, scope.partners) if len(scope.partners) > 1 else None, counts


def _behind(scope, things):
    """{part of the page: {number: ids}}.

    Released figures are about every activity, shared ones about the chosen, those between partners about everyday moments, too.
    """
    every = {row.id for row in scope.windows.activities}
    of_every, of_chosen = (_about(things, pks) for pks in (every, every & {activity.pk for activity in scope.activities}))
    found = disclosure.behind(things)
    return {
        "at_once": (released := {number: ids & of_every for number, ids in found.items()}),
        "later": released,
        "shared": {number: ids & of_chosen for number, ids in found.items()},
        "between": found,
    }


def _about(things, activities):
    return {row.id for row in things.takeaways if row.activity in activities}
