"""What every page of a signed-in person shows: where one can go."""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from partners.models import Places


class Place(NamedTuple):
    title: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Navigation:
    projects: list = field(default_factory=list)
    partners: list = field(default_factory=list)
    is_admin_site: bool = False


def navigation(request):
    """`navigation` (projects and partners of the reader) and `is_local`."""
    return {"navigation": SimpleLazyObject(lambda: _navigation(request)), "is_local": settings.LOCAL}


def _navigation(request):
    person = getattr(request, "user", None)
    if person is None or person.is_anonymous:
        return Navigation()

    own = Places.of(person)

    def places(rows):
        return [Place(str(row), url := row.get_absolute_url(), request.path.startswith(url)) for row in rows]

    return Navigation(
        projects=places(own.projects.values()),
        partners=places(sorted(own.partners.values(), key=str)),
        is_admin_site=person.is_staff,
    )
