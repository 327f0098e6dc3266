"""The changemakers, what they do, who chose them, and how far it has come."""

from changemakers.models import Changemaker, Choice, Practice, PracticeStage
from learning.project_file.schema.declaration import PARTNER, Key, Section, of, published
from learning.project_file.schema.project import SOURCE, SOURCES
from learning.project_file.values import Ref, Rows

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
        published("Whether strangers read the page."),
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
STAGES = Section(
    "stages",
    "How far practices have come at a partner, as it says itself: an entry each time. What was taken back is not among them.",
    of(
        PracticeStage,
        "practice partner stage on note language recorded_at",
        practice={"kind": Ref("practices"), "about": "As changemaker/practice."},
        partner=PARTNER,
        on={"about": "Since when; left out where the day is not known."},
        recorded_at={"about": "When it was said.", "is_required": True},
    ),
    order=("practice", "partner", "recorded_at"),
)
