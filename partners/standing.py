"""Who somebody is, here: read once per request, then handed to the policies as `by`."""

from dataclasses import dataclass, field

from partners.models import Membership, Partner, Person, Project, ProjectPartner, ProjectRole


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
    if person.is_anonymous:
        return ProjectStanding(person, project)
    memberships = person.memberships.current().filter(partner__parts__project=project).select_related("partner")
    return ProjectStanding(
        person,
        project,
        roles=frozenset(person.project_roles.current().filter(project=project).values_list("role", flat=True)),
        partners={membership.partner_id: membership for membership in memberships},
    )


def in_projects(person):
    """The standings of a signed-in `person` in all projects of today, by project id."""
    projects = {project.pk: project for project in Project.objects.of(person)}
    memberships = {membership.partner_id: membership for membership in person.memberships.current().select_related("partner")}
    partners, roles = {pk: {} for pk in projects}, {pk: set() for pk in projects}
    for part in ProjectPartner.objects.filter(project__in=projects, partner__in=memberships):
        partners[part.project_id][part.partner_id] = memberships[part.partner_id]
    for role in person.project_roles.current().filter(project__in=projects):
        roles[role.project_id].add(role.role)
    return {pk: ProjectStanding(person, project, frozenset(roles[pk]), partners[pk]) for pk, project in projects.items()}


def at_partner(partner, person):
    """The standing of a signed-in `person` at `partner`."""
    projects = ProjectPartner.objects.filter(partner=partner).values("project")
    coordinator = person.project_roles.current().filter(role=ProjectRole.Role.COORDINATOR, project__in=projects)
    return PartnerStanding(
        person,
        partner,
        membership=person.memberships.current().filter(partner=partner).first(),
        coordinates=coordinator.exists(),
        shares_project=Project.objects.of(person).filter(pk__in=projects).exists(),
    )
