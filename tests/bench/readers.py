"""Who reads and writes while it is measured: people of the projects that were filled in first, the same ones at every size."""

from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.test import Client

from learning.models import Takeaway
from partners.models import Membership, Person, Project


@dataclass(frozen=True)
class Reader:
    """Somebody signed in: a cookie, and where in the site it is about them."""

    session: str
    project: str
    activity: str
    word: str


def readers(projects, each):
    """`each` members of every one of `projects` who have noted something, none of them in charge of anything."""
    return [_reader(person, project) for project in projects for person in _members(project)[:each]]


def writers(project, count):
    return [session(person) for person in _members(project)[:count]]


def _members(project):
    here = Membership.objects.current().filter(partner__projects=project, role="member")
    return (
        Person.objects.filter(memberships__in=here, reflections__activity__project=project, reflections__takeaways__isnull=False)
        .distinct()
        .order_by("pk")
    )


def _reader(person, project):
    attended = project.activities.filter(attendances__person=person, reflections__author=person).order_by("pk").first()
    own = Takeaway.objects.filter(reflection__author=person).order_by("pk").first()
    return Reader(session(person), project.slug, attended.code, quote(own.title.split()[1]))


def session(person):
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def first_projects(count):
    return list(Project.objects.order_by("pk")[:count])
