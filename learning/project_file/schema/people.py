"""The invented people of a sample."""

from learning.project_file import values
from learning.project_file.schema.declaration import PARTNER, Key, Section, of
from learning.project_file.values import Rows
from partners.models import Membership, Person, ProjectRole

MEMBERSHIP = Section(
    "memberships",
    "The spells of a person at partners. Who left and came back has two.",
    of(Membership, "partner role job_title contract started_on expected_end_on ended_on", partner=PARTNER),
    order=("partner", "started_on"),
    in_order=(("started_on", "ended_on"), ("started_on", "expected_end_on")),
    spell="partner",
)
PROJECT_ROLE = Section(
    "project_roles",
    "The roles of a person in this project; they need no employer.",
    of(ProjectRole, "role started_on ended_on"),
    order=("role", "started_on"),
    in_order=(("started_on", "ended_on"),),
    spell="role",
)
PEOPLE = Section(
    "people",
    "Invented people, in a sample only. Their addresses end in .example.",
    (
        *of(
            Person,
            "email name language time_zone is_active",
            email={"kind": values.SAMPLE_ADDRESS},
            is_active={"about": "False: the account is closed."},
        ),
        Key("memberships", Rows(MEMBERSHIP), "Where they work or worked.", source="memberships_here", default=[]),
        Key("project_roles", Rows(PROJECT_ROLE), "Their roles in this project.", source="roles_here", default=[]),
    ),
    unique=("email",),
)
