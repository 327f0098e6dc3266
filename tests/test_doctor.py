import os
import time
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from iimprove.models import Heartbeat, Mail

pytestmark = pytest.mark.django_db
PARTS = ["settings", "database", "broker", "mail", "jobs", "clock", "disk", "backup"]


@pytest.fixture
def well(settings):
    """A site at work, whose mail goes the real way."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    Heartbeat.beat("drain")


def findings(**options):
    """Exit code and {part: (ok or FAIL, what it says)}."""
    out, code = StringIO(), 0
    try:
        call_command("doctor", stdout=out, no_color=True, **options)
    except SystemExit as end:
        code = end.code
    return code, {line.split()[1]: (line.split()[0], line.split(None, 2)[2]) for line in out.getvalue().splitlines()}


def test_doctor_finds_a_healthy_site_well(well):
    code, found = findings()

    assert (code, {part: state for part, (state, _words) in found.items()}) == (0, dict.fromkeys(PARTS, "ok"))
    assert found["mail"][1] == "sent, and found in the local mailbox"


def test_doctor_names_each_failure_and_goes_on(well, settings, tmp_path):
    Heartbeat.objects.update(at=timezone.now() - timedelta(hours=1))
    settings.EMAIL_PORT = 9
    settings.BACKUP_DIR = str(tmp_path)

    code, found = findings()

    assert (code, [part for part, (state, _words) in found.items() if state == "FAIL"]) == (1, ["mail", "jobs", "backup"])
    assert "check EMAIL_URL" in found["mail"][1]
    assert "worker and beat" in found["jobs"][1]
    assert "no dump" in found["backup"][1]


def test_doctor_finds_that_nobody_can_be_asked_about_mails_in_doubt(well, settings):
    settings.MAIL_RECONCILE = "iimprove.mail.doubt.nobody"

    assert findings()[1]["settings"][0] == "FAIL"


def test_doctor_tells_of_failed_mails(well):
    Mail.objects.create(message="invitation", to="ada@river.test", language="en", state=Mail.State.FAILED)

    assert findings()[1]["jobs"] == ("ok", "worker and beat are at work, no mail is late; 1 failed within a week: see manage.py outbox")


@pytest.mark.parametrize(("hours", "size", "state"), [(2, 5, "ok"), (27, 5, "FAIL"), (2, 0, "FAIL")])
def test_doctor_looks_at_the_newest_dump(well, settings, tmp_path, hours, size, state):
    settings.BACKUP_DIR = str(tmp_path)
    for name, age in (("old.dump", 500), ("new.dump", hours)):
        (tmp_path / name).write_bytes(b"x" * size)
        os.utime(tmp_path / name, (time.time() - age * 3600,) * 2)

    assert findings()[1]["backup"][0] == state


def test_prepare_refuses_outside_local_mode(settings):
    settings.LOCAL = False

    with pytest.raises(CommandError, match="local mode"):
        call_command("prepare")


def test_prepare_refuses_a_database_of_a_newer_version(db):
    MigrationRecorder.Migration.objects.create(app="partners", name="9999_from_the_future", applied=timezone.now())

    with pytest.raises(CommandError, match=r"newer version of I_Improve.*partners\.9999_from_the_future"):
        call_command("prepare")
