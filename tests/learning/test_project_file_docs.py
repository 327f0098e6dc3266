"""docs/project-file.md says what the declaration says, and its example can be imported."""

import re

import pytest
from django.conf import settings

from learning.project_file.describing import tables
from learning.project_file.importing import import_text

TEXT = (settings.BASE_DIR / "docs" / "project-file.md").read_text(encoding="utf-8")


def test_the_tables_are_those_of_the_declaration():
    assert TEXT.endswith(f"\n\n{tables()}\n"), "Write them anew: see learning/project_file/describing.py."


@pytest.mark.django_db
def test_the_example_is_imported():
    example = re.search("```yaml\n(.*?)```", TEXT, re.DOTALL).group(1)

    outcome = import_text(example)

    assert [activity.code for activity in outcome.project.activities.all()] == ["C1"]
