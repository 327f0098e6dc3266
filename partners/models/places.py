"""Where somebody takes part today. A page asks for it in many places: for who is signed in it is read once (`keep`), for anybody else when asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from iimprove.clock import today
from iimprove.written import at_once, written_once
from partners.models.membership import Membership
from partners.models.project import ProjectPartner, ProjectRole

KEPT = "_places"


@dataclass(frozen=True)
class Places:
    """Of one person: `memberships` with their partners, those joined first first; `parts` of these partners and `roles`, with their projects."""

    memberships: Sequence = ()
    parts: Sequence = ()
    roles: Sequence = ()

    @classmethod
    def of(cls, person):
        """None of them for who is signed out."""
        if person.is_anonymous:
            return cls()
        if not hasattr(person, KEPT):
            return cls._with_parts(*at_once(*cls.asked(person.pk)))
        if getattr(person, KEPT) is None:
            cls.keep(person, *at_once(*cls.asked(person.pk)))
        return getattr(person, KEPT)

    @classmethod
    def keep(cls, person, *read):
        """Whoever asks about `person` from now on gets the same: what was `read`, else what is read when somebody asks next."""
        setattr(person, KEPT, cls._with_parts(*read) if read else None)

    @staticmethod
    def asked(key):
        """What is asked of the database about the person with this key, for `keep`."""
        return (_memberships, key, today()), (_roles, key, today())

    @classmethod
    def _with_parts(cls, memberships, roles):
        return cls(memberships, _parts(*{membership.partner_id for membership in memberships}), roles)

    @property
    def partners(self):
        """{id: Partner} in the order in which they were joined."""
        return {membership.partner_id: membership.partner for membership in self.memberships}

    @property
    def projects(self):
        """{id: Project} by name: through a partner, or by a role of one's own."""
        rows = {row.project_id: row.project for row in (*self.parts, *self.roles)}
        return dict(sorted(rows.items(), key=lambda item: (item[1].short_name, item[0])))

    @property
    def fully_in(self):
        """Ids of the projects to whose "all partners" one belongs: associated partners do not."""
        full = {part.project_id for part in self.parts if part.part != ProjectPartner.Part.ASSOCIATED}
        return full | {role.project_id for role in self.roles}

    @property
    def admin_of(self):
        return {membership.partner_id for membership in self.memberships if membership.is_admin}

    @property
    def coordinates(self):
        return {role.project_id for role in self.roles if role.role == ProjectRole.Role.COORDINATOR}


@written_once
def _memberships(person, day):
    return Membership.objects.current(day).filter(person=person).select_related("partner").order_by("started_on", "pk")


@written_once
def _parts(*partners):
    return ProjectPartner.objects.filter(partner__pk__in=partners).select_related("project").order_by("pk")


@written_once
def _roles(person, day):
    return ProjectRole.objects.current(day).filter(person=person).select_related("project").order_by("pk")
