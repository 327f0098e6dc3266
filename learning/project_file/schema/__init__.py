"""What a project file holds, declared once: reading, writing, comparing and docs/project-file.md follow from it."""

from learning.project_file.schema.activities import ACTIVITIES, ATTENDANCE, BASELINES, HEADCOUNT, WRITE_UP
from learning.project_file.schema.changemakers import CHANGEMAKERS, CHOICES, PRACTICE, STAGES
from learning.project_file.schema.file import FILE, FORMAT, VERSION, sections
from learning.project_file.schema.people import MEMBERSHIP, PEOPLE, PROJECT_ROLE
from learning.project_file.schema.project import PARTNER_SECTION, PLAN_CHANGE, PROJECT

__all__ = [
    "ACTIVITIES",
    "ATTENDANCE",
    "BASELINES",
    "CHANGEMAKERS",
    "CHOICES",
    "FILE",
    "FORMAT",
    "HEADCOUNT",
    "MEMBERSHIP",
    "PARTNER_SECTION",
    "PEOPLE",
    "PLAN_CHANGE",
    "PRACTICE",
    "PROJECT",
    "PROJECT_ROLE",
    "STAGES",
    "VERSION",
    "WRITE_UP",
    "sections",
]
