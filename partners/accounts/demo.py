"""Local mode only: a handful of invented people one can be with one click."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from partners.models import Membership, Person, ProjectRole


def choices():
    """[(what they are, person)], a few of each kind; empty where there is no sample project."""
    sample = Person.objects.filter(is_sample=True, is_active=True).order_by("name")
    roles = ProjectRole.objects.current().filter(person=OuterRef("pk"))
    memberships = Membership.objects.current().filter(person=OuterRef("pk"))
    admins = Exists(memberships.filter(role=Membership.Role.ADMIN))
    without_role = sample.exclude(Exists(roles)).exclude(is_staff=True)
    kinds = [
        (_("Coordinator"), sample.filter(Exists(roles.filter(role=ProjectRole.Role.COORDINATOR))), 1),
        (_("Informal educator"), sample.filter(Exists(roles.filter(role=ProjectRole.Role.EDUCATOR))), 1),
        (_("Partner admin"), without_role.filter(admins), 2),
        (_("Staff member"), without_role.filter(Exists(memberships)).exclude(admins), 2),
        (_("Somebody who left"), without_role.exclude(Exists(memberships)), 1),
        (_("Platform admin"), sample.filter(is_staff=True), 1),
    ]
    return [(kind, person) for kind, people, number in kinds for person in people[:number]]
