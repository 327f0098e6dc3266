"""What a project file holds, declared once: reading, writing, comparing and docs/project-file.md follow from it."""

from dataclasses import dataclass, field

from django.db import models

from changemakers.models import Changemaker, Choice, Practice
from learning.project_file import values
from learning.project_file.values import Counts, Kind, ListOf, NotYet, Ref, Rows
from partners.models import (
    Activity,
    Attendance,
    Baseline,
    Headcount,
    Membership,
    Partner,
    Person,
    PlanChange,
    Project,
    ProjectPartner,
    ProjectRole,
    WriteUp,
)

FORMAT, VERSION = "iimprove-project", 1


@dataclass(frozen=True)
class Key:
    """One key of a row. `source` is the attribute of the model it is read from, where that has another name."""

    name: str
    kind: object
    about: str = ""
    source: str = ""
    default: object = None
    is_required: bool = False
    is_always_written: bool = False
    is_sample_only: bool = False

    @property
    def attribute(self):
        return self.source or self.name

    @property
    def is_field(self):
        """Whether it stands for a plain field of the model, of the same name."""
        item = self.kind.item if isinstance(self.kind, ListOf) else self.kind
        return self.name == "sources" or (isinstance(item, Kind) and self.attribute.rpartition(".")[2] == self.name)

    @property
    def is_written_when_empty(self):
        return self.is_required or self.is_always_written


@dataclass(frozen=True)
class Section:
    """Rows of one kind.

    `unique`: these keys together name a row; `order`: by these keys rows are written, the unique ones where it is not given;
    `in_order`: the second date is not before the first; `spell`: for the same value of this key no two rows share a day.
    """

    name: str
    about: str
    keys: tuple
    unique: tuple = ()
    order: tuple = ()
    in_order: tuple = ()
    spell: str = ""
    by_name: dict = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self):
        object.__setattr__(self, "by_name", {key.name: key for key in self.keys})

    @property
    def sorted_by(self):
        return self.order or self.unique


def of(model, names, *, via="", **overrides):
    """Keys named, typed, limited and described as the fields of `model`. `overrides`: per name, what is different here."""
    return tuple(_key(model._meta.get_field(name), via, overrides.get(name, {})) for name in names.split())


def _key(model_field, via, different):
    is_flag = isinstance(model_field, models.BooleanField)
    kind = different.get("kind") or values.of_field(model_field)
    told = {
        "about": str(model_field.help_text or model_field.verbose_name),
        "source": f"{via}.{model_field.name}" if via else "",
        "default": model_field.get_default(),
        "is_required": not (model_field.blank or model_field.null or is_flag),
    }
    if told["is_required"]:
        told["default"] = None
    return Key(model_field.name, kind, **{**told, **{name: value for name, value in different.items() if name != "kind"}})


def _published(about):
    return Key("published", values.FLAG, about, source="published_at", default=False)


LANGUAGES = {"kind": ListOf(values.LANGUAGE)}
PERSON = {"kind": Ref("people"), "is_sample_only": True}
PARTNER = {"kind": Ref("partners")}

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
        _published("Whether strangers read its public pages."),
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
        _published("Whether strangers read its page, once the project is published."),
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
PRACTICE = Section(
    "practices",
    "What a changemaker does, in steps.",
    of(Practice, "slug name summary steps must_not_be_lost language sources", sources={"kind": Rows(SOURCE)}),
    unique=("slug",),
)
CHANGEMAKERS = Section(
    "changemakers",
    "Those the project's partners chose. Where one is known on the site already, what is written there stays as it is.",
    (
        *of(Changemaker, "slug name name_note kind what place country website about credit"),
        _published("Whether strangers read the page."),
        SOURCES,
        Key("practices", Rows(PRACTICE), "Their practices.", default=[]),
    ),
    unique=("slug",),
)
CHOICES = Section(
    "choices",
    "Which partner chose which changemaker, and why. Candidates are that partner's own affair: in a sample only.",
    of(
        Choice,
        "partner changemaker state reasons basis change innovation community chosen_on ended_on ended_reason",
        partner=PARTNER,
        changemaker={"kind": Ref("changemakers")},
    ),
    unique=("partner", "changemaker"),
    in_order=(("chosen_on", "ended_on"),),
)

FILE = Section(
    "the file",
    "One project.",
    (
        Key("format", values.one_of([(FORMAT, "")]), "What kind of file it is.", is_required=True),
        Key("version", values.NUMBER, f"The version of the format: {VERSION}.", is_required=True),
        Key("sample", values.FLAG, "Whether its people are invented. Only local mode imports a sample.", is_always_written=True, default=False),
        Key("project", Rows(PROJECT, is_single=True), "The project itself.", is_required=True),
        Key("partners", Rows(PARTNER_SECTION), "Its organisations.", default=[]),
        Key("people", Rows(PEOPLE), "Its people.", default=[], is_sample_only=True),
        Key("activities", Rows(ACTIVITIES), "Its activities.", default=[]),
        Key("baselines", Rows(BASELINES), "Where its partners started.", default=[]),
        Key("changemakers", Rows(CHANGEMAKERS), "Its changemakers.", default=[]),
        Key("choices", Rows(CHOICES), "Who chose whom.", default=[]),
        Key("reflections", NotYet(), "The place of reflections.", default=[], is_always_written=True),
        Key("takeaways", NotYet(), "The place of takeaways.", default=[], is_always_written=True),
        Key("follow_ups", NotYet(), "The place of follow-ups.", default=[], is_always_written=True),
        Key("not_contained", Counts(), "How many rows the project holds that not all partners may read.", default={}, is_always_written=True),
    ),
)


def sections():
    """Each section once, in the order in which the file first shows it."""
    found = []
    _collect(FILE, found)
    return found


def _collect(section, found):
    if section in found:
        return
    found.append(section)
    for key in section.keys:
        if isinstance(key.kind, Rows):
            _collect(key.kind.section, found)
