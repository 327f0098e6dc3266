"""What happens in a project, and where its partners started."""

from learning.project_file import values
from learning.project_file.schema.declaration import PARTNER, PERSON, Key, Section, of, published
from learning.project_file.schema.project import PLAN_CHANGE, SOURCE, SOURCES
from learning.project_file.values import ListOf, Ref, Rows
from partners.models import Activity, Attendance, Baseline, Headcount, WriteUp

ATTENDANCE = Section(
    "attendance",
    "Who took part, in a sample only.",
    of(Attendance, "person partner state", person={"kind": Ref("people")}, partner={**PARTNER, "about": "For which partner, if for one."}),
    unique=("person",),
)
HEADCOUNT = Section(
    "headcounts",
    "People without account, by role. `number: null` is unknown, which is not zero.",
    of(Headcount, "role number note", number={"is_always_written": True, "about": "How many; null if unknown."}),
    unique=("role",),
)
WRITE_UP = Section(
    "write_ups",
    "The narratives of host and guests.",
    (
        *of(WriteUp, "partner language written_on author text revised_at sources", partner=PARTNER, author=PERSON, sources={"kind": Rows(SOURCE)}),
        Key("public", values.FLAG, "Whether strangers read it.", source="public_at", default=False),
    ),
    order=("written_on", "partner", "language", "text"),
)
ACTIVITIES = Section(
    "activities",
    "What happens in the project. What is not known is left out.",
    (
        *of(Activity, "code kind title place country is_online starts_on ends_on month_on alternatives dates_note", month_on={"kind": values.MONTH}),
        *of(Activity, "ends_at time_zone", ends_at={"is_required": False, "default": Activity._meta.get_field("ends_at").default}),
        Key("host", Ref("partners"), "The hosting partner, if known."),
        Key("guests", ListOf(Ref("partners")), "The guest partners, as far as known.", default=[]),
        *of(Activity, "partners_note theme programme outputs status status_reason"),
        published("Whether strangers read its page, once the project is published."),
        SOURCES,
        Key("attendance", Rows(ATTENDANCE), "Who took part.", source="attendances", default=[], is_sample_only=True),
        Key("headcounts", Rows(HEADCOUNT), "How many without account.", default=[]),
        Key("write_ups", Rows(WRITE_UP), "Each side's narratives.", default=[]),
        Key("plan_changes", Rows(PLAN_CHANGE), "When it was moved, cancelled or restored.", default=[]),
    ),
    unique=("code",),
    in_order=(("starts_on", "ends_on"),),
)
BASELINES = Section(
    "baselines",
    "What a partner wrote at the start, and each rereading.",
    of(
        Baseline,
        "partner version language written_on by improve project_idea changemaker_idea what_changed",
        partner=PARTNER,
        by={**PERSON, "about": "Who wrote it."},
    ),
    unique=("partner", "version"),
)
