import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_no_migration_is_pending(capsys):
    call_command("makemigrations", dry_run=True)

    assert capsys.readouterr().out == "No changes detected\n"
