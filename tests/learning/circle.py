"""A project with everybody who may or may not read what one of its people wrote."""

import datetime
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser

from learning.models import NoticeAcceptance
from partners.models import Activity, Partner, Project
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
    leaver = PersonFactory()
    yesterday = datetime.date.today() - datetime.timedelta(days=1)
    MembershipFactory(person=leaver, partner=home, ended_on=yesterday)
    closed = MembershipFactory(partner=home).person
    closed.is_active = False
    closed.save()
    people = {
        "author": MembershipFactory(partner=home).person,
        "colleague": MembershipFactory(partner=home).person,
        "admin": MembershipFactory(partner=home, admin=True).person,
        "other": MembershipFactory(partner=other).person,
        "other_admin": MembershipFactory(partner=other, admin=True).person,
        "coordinator": ProjectRoleFactory(project=project, coordinator=True).person,
        "former_coordinator": ProjectRoleFactory(project=project, coordinator=True, ended=True).person,
        "educator": ProjectRoleFactory(project=project, educator=True).person,
        "associate": MembershipFactory(partner=associated).person,
        "leaver": leaver,
        "closed": closed,
        "outsider": MembershipFactory(partner=ProjectPartnerFactory().partner).person,
        "platform": PersonFactory(is_staff=True, is_superuser=True),
        "stranger": AnonymousUser(),
    }
    return Circle(project, home, activity, people)


def accept(*people):
    """They have read that it is voluntary."""
    for person in people:
        NoticeAcceptance.objects.create(person=person, version="1")
