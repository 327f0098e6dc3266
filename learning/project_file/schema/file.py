"""The file as a whole."""

from learning.project_file import values
from learning.project_file.schema.activities import ACTIVITIES, BASELINES
from learning.project_file.schema.changemakers import CHANGEMAKERS, CHOICES, STAGES
from learning.project_file.schema.declaration import Key, Section
from learning.project_file.schema.notes import CHANGES, CHECK_INS, OBSTACLES, PASSINGS, REFLECTIONS
from learning.project_file.schema.people import PEOPLE
from learning.project_file.schema.project import PARTNER_SECTION, PROJECT
from learning.project_file.values import Counts, Rows

FORMAT, VERSION = "iimprove-project", 1

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
        Key("stages", Rows(STAGES), "How far practices have come.", default=[]),
        Key("reflections", Rows(REFLECTIONS), "What people noted and take with them.", default=[], is_always_written=True),
        Key("obstacles", Rows(OBSTACLES), "What was in the way.", default=[], is_sample_only=True),
        Key("passings", Rows(PASSINGS), "Who was told.", default=[], is_sample_only=True),
        Key("changes", Rows(CHANGES), "What changed.", default=[], is_sample_only=True),
        Key("check_ins", Rows(CHECK_INS), "What partners say of themselves.", default=[], is_sample_only=True),
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
