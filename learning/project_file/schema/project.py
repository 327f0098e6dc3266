"""The project itself and its organisations."""

from learning.project_file import values
from learning.project_file.schema.declaration import LANGUAGES, Key, Section, of, published
from learning.project_file.values import Kind, Ref, Rows
from partners.models import Partner, PlanChange, Project, ProjectPartner

SOURCE = Section(
    "sources",
    "Where a fact stands. The facts may be reused, the sentences belong to their publishers.",
    (
        Key("title", Kind("a text, at most 300 characters", values.text, maximum=300), "What it is.", is_required=True),
        Key("url", values.WEB_ADDRESS, "Its web address, if it has one."),
    ),
    order=("title", "url"),
)
SOURCES = Key("sources", Rows(SOURCE), "Where it stands.", default=[])

PLAN_CHANGE = Section(
    "plan_changes",
    "What was planned otherwise before, and why it changed.",
    (
        *of(PlanChange, "kind at planned reason", kind={"about": "What changed."}, at={"about": "When."}),
        Key("by", Ref("people"), "Who changed it.", is_sample_only=True),
    ),
    order=("at", "kind"),
)
PROJECT = Section(
    "project",
    "The partnership itself. `slug` is its address; a file makes a project once.",
    (
        *of(Project, "slug short_name name programme key_action grant_reference working_language", working_language={"kind": values.LANGUAGE}),
        *of(Project, "starts_on ends_on period_note about question"),
        published("Whether strangers read its public pages."),
        SOURCES,
        Key("plan_changes", Rows(PLAN_CHANGE), "Changes of the project's period.", source="changes_of_period", default=[]),
    ),
    in_order=(("starts_on", "ends_on"),),
)
PARTNER_SECTION = Section(
    "partners",
    "The organisations and their part in the project. Where one is known on the site already, its details there stay as they are.",
    (
        *of(Partner, "slug name short_name kind city country languages time_zone website about", via="partner", languages=LANGUAGES),
        *of(ProjectPartner, "part note"),
    ),
    unique=("slug",),
)
