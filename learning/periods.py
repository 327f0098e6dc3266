"""The years of a project: from September to August, as the programme counts them."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

FIRST_MONTH = 9


@dataclass(frozen=True)
class Period:
    """`key`: as it stands in the address; "" is the whole project, else the year it begins in."""

    key: str = ""

    @property
    def first(self):
        return datetime.date(int(self.key), FIRST_MONTH, 1) if self.key else None

    @property
    def after(self):
        """The first day that is no longer in it."""
        return self.first.replace(year=self.first.year + 1) if self.key else None

    def __str__(self):
        if not self.key:
            return _("The whole project")
        return _("September %(first)s to August %(next)s") % {"first": self.first.year, "next": self.after.year}

    def holds(self, day):
        return not self.key or self.first <= day < self.after

    def activities(self, project):
        """Those it can have to do with: of a year, those known to begin in it; of the whole, also those without any date."""
        rows = project.activities.all()
        return rows.filter(sorts_on__gte=self.first, sorts_on__lt=self.after) if self.key else rows


def year_of(day):
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def periods(project):
    """The whole project, then every project year something happened in, the latest first."""
    days = project.activities.filter(sorts_on__isnull=False).values_list("sorts_on", flat=True)
    return [Period(), *(Period(str(year)) for year in sorted({year_of(day) for day in days}, reverse=True))]


def period(project, key):
    """The period of `project` named `key` in an address; the whole project where there is none of this name."""
    return next((found for found in periods(project) if found.key == key), Period())
