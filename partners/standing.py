"""Who somebody is, here: read once per request, then handed to the policies as `by`."""

from dataclasses import dataclass, field

from partners.models import Membership, Partner, Person, Places, Project, ProjectPartner, ProjectRole


@dataclass(frozen=True)
class ProjectStanding:
    """A person's roles and partners in one project, as they run today."""

    person: Person
    project: Project
    roles: frozenset = frozenset()
    partners: dict = field(default_factory=dict)  # partner id → Membership, of the project's partners

    @property
    def is_inside(self):
        return bool(self.roles or self.partners)

    @property
    def is_coordinator(self):
        return ProjectRole.Role.COORDINATOR in self.roles

    @property
    def is_educator(self):
        return ProjectRole.Role.EDUCATOR in self.roles

    @property
    def admin_of(self):
        return frozenset(pk for pk, membership in self.partners.items() if membership.is_admin)


@dataclass(frozen=True)
class PartnerStanding:
    """A person's place at one partner today, or what connects them: a common project, or coordinating one."""

    person: Person
    partner: Partner
    membership: Membership | None = None
    coordinates: bool = False
    shares_project: bool = False

    @property
    def is_inside(self):
        return self.membership is not None

    @property
    def is_admin(self):
        return self.membership is not None and self.membership.is_admin

    @property
    def is_connected(self):
        return self.is_inside or self.coordinates or self.shares_project


def in_project(project, person):
    """The standing of `person` (maybe anonymous) in `project`."""
    return _in_project(project, person, Places.of(person))


def in_projects(person):
    """The standings of a signed-in `person` in all projects of today, by project id."""
    places = Places.of(person)
    return {pk: _in_project(project, person, places) for pk, project in places.projects.items()}


def _in_project(project, person, places):
    here = {part.partner_id for part in places.parts if part.project_id == project.pk}
    return ProjectStanding(
        person,
        project,
        roles=frozenset(role.role for role in places.roles if role.project_id == project.pk),
        partners={membership.partner_id: membership for membership in places.memberships if membership.partner_id in here},
    )


def at_partner(partner, person):
    """The standing of a signed-in `person` at `partner`."""
    places = Places.of(person)
    projects = set(ProjectPartner.objects.filter(partner=partner).values_list("project", flat=True))
    return PartnerStanding(
        person,
        partner,
        membership=next((membership for membership in places.memberships if membership.partner_id == partner.pk), None),
        coordinates=bool(projects & places.coordinates),
        shares_project=bool(projects & places.projects.keys()),
    )
