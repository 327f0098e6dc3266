from functools import partial

import pytest
from django.core.management import CommandError, call_command
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from iimprove.management.commands import doctor

pytestmark = pytest.mark.django_db
Recorded = MigrationRecorder.Migration


def replaced():
    """The earlier steps that one migration of each app replaces, as (app, name)."""
    return [step for migration in MigrationLoader(None).replacements.values() for step in migration.replaces]


def record(steps):
    """As if the database of an earlier version had taken these `steps`."""
    Recorded.objects.filter(app__in={app for app, _ in replaced()}).delete()
    Recorded.objects.bulk_create(Recorded(app=app, name=name) for app, name in steps)


def test_no_migration_is_pending(capsys):
    call_command("makemigrations", dry_run=True)

    assert capsys.readouterr().out == "No changes detected\n"


def test_a_database_that_has_taken_all_earlier_steps_goes_on():
    record(replaced())

    call_command("migrate", verbosity=0)

    assert Recorded.objects.filter(app="learning", name__startswith="0001_squashed").exists()


@pytest.mark.parametrize("missing", ["iimprove", "partners", "changemakers", "learning"])
@pytest.mark.parametrize(
    "run",
    [partial(call_command, "migrate", skip_checks=False), partial(call_command, "prepare"), doctor.database],
    ids=["migrate", "prepare", "doctor"],
)
def test_one_that_has_taken_some_of_them_is_refused(missing, run):
    record([step for step in replaced() if step != max(one for one in replaced() if one[0] == missing)])
    before = set(Recorded.objects.values_list("app", "name"))

    with pytest.raises((CommandError, doctor.Unwell), match="Bring it up to date with commit"):
        run()

    assert set(Recorded.objects.values_list("app", "name")) == before
