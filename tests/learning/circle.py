"""A project with everybody who may or may not read what one of its people wrote."""

import datetime
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser

from learning.models import NoticeAcceptance
from partners.models import Activity, Membership, Partner, Project, ProjectRole
from tests.factories import (
    ActivityFactory,
    MembershipFactory,
    PartnerFactory,
    PersonFactory,
    ProjectFactory,
    ProjectPartnerFactory,
    ProjectRoleFactory,
    ReflectionFactory,
    TakeawayFactory,
)


@dataclass
class Circle:
    project: Project
    home: Partner
    activity: Activity
    people: dict = field(default_factory=dict)
    author_name: str = "author"

    @property
    def author(self):
        return self.people[self.author_name]

    def reflection(self, **values):
        values = {"author": self.author, "partner_then": self.home, "activity": self.activity} | values
        return ReflectionFactory(**values)

    def takeaway(self, *, told=None, **values):
        return TakeawayFactory(reflection=self.reflection(**told or {}), **values)

    def readers_of(self, thing):
        """The names of those who may read `thing`."""
        rows = type(thing).objects
        return {name for name, person in self.people.items() if rows.visible_to(person).filter(pk=thing.pk).exists()}


def build(*, part="full"):
    """The author works for `home`, which takes `part` in the project."""
    project, home = ProjectFactory(), PartnerFactory(name="Laimikis")
    other, associated = PartnerFactory(name="River//Cities"), PartnerFactory()
    ProjectPartnerFactory(project=project, partner=other, lead=True)
    ProjectPartnerFactory(project=project, partner=home, part=part)
    ProjectPartnerFactory(project=project, partner=associated, associated=True)
    activity = ActivityFactory(project=project, host=other, guests=[home])
    people = PersonFactory.together(
        author={},
        colleague={},
        admin={"second_factor": True},
        other={},
        other_admin={"second_factor": True},
        coordinator={"second_factor": True},
        former_coordinator={"second_factor": True},
        educator={},
        associate={},
        leaver={},
        closed={"is_active": False},
        outsider={},
        platform={"is_staff": True, "is_superuser": True},
    )
    yesterday = datetime.date.today() - datetime.timedelta(days=1)
    works_at = dict.fromkeys(["author", "colleague", "admin", "leaver", "closed"], home) | dict.fromkeys(["other", "other_admin"], other)
    works_at |= {"associate": associated, "outsider": ProjectPartnerFactory().partner}
    differs = {"admin": {"role": "admin"}, "other_admin": {"role": "admin"}, "leaver": {"ended_on": yesterday}}
    Membership.objects.bulk_create(
        MembershipFactory.build(person=people[name], partner=partner, **differs.get(name, {})) for name, partner in works_at.items()
    )
    roles = {"coordinator": {}, "former_coordinator": {"ended_on": yesterday}, "educator": {"role": "educator"}}
    ProjectRole.objects.bulk_create(ProjectRoleFactory.build(project=project, person=people[name], **role) for name, role in roles.items())
    people["stranger"] = AnonymousUser()
    return Circle(project, home, activity, people)


def accept(*people):
    """They have read that it is voluntary."""
    for person in people:
        NoticeAcceptance.objects.create(person=person, version="1")
