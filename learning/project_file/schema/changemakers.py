"""The changemakers, what they do, and who chose them."""

from changemakers.models import Changemaker, Choice, Practice
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
