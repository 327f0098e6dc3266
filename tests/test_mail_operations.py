"""What those who run the installation do with the outbox, and what they hear of it."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from iimprove import bounces, emails, mail
from iimprove.clock import today
from iimprove.mail import Mail
from iimprove.models import Heartbeat
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
IN_NOVEMBER = datetime.datetime(2026, 11, 10, tzinfo=datetime.UTC)


def written(state, at=None, **values):
    row = Mail.objects.create(message="invitation", to="ada@river.test", language="en", state=state, **values)
    Mail.objects.filter(pk=row.pk).update(queued_at=at or timezone.now())
    return row


def ago(**period):
    return timezone.now() - datetime.timedelta(**period)


def outbox(*arguments):
    out = StringIO()
    call_command("outbox", *arguments, stdout=out)
    return out.getvalue()


def test_outbox_shows_states_the_oldest_and_what_failed_and_why():
    written(Mail.State.QUEUED, due_at=ago(hours=1))
    written(Mail.State.SENT)
    written(Mail.State.FAILED, error="KeyError: 'x'", attempts=5)
    bounces.record("gone@river.test", event_id="1", is_permanent=True, words="no such user")

    shown = outbox()

    assert [line.split() for line in shown.splitlines()[:3]] == [["failed", "1"], ["queued", "1"], ["sent", "1"]]
    assert "oldest due: since" in shown
    assert "addresses stopped: 1" in shown
    assert "invitation to ada@river.test, attempts 5: KeyError: 'x'" in shown


def test_outbox_again_gives_what_failed_lately_a_new_beginning():
    lately, long_ago = written(Mail.State.FAILED, attempts=8, error="x"), written(Mail.State.FAILED, at=ago(days=40))

    outbox("--again")

    lately.refresh_from_db()
    long_ago.refresh_from_db()
    assert (lately.state, lately.attempts, lately.error, long_ago.state) == ("queued", 0, "", "failed")


@pytest.fixture
def admin():
    """Who hears of the site, and last did so more than a month ago."""
    Heartbeat.objects.create(name=emails.ONCE, at=ago(days=70))
    return PersonFactory(is_staff=True, is_superuser=True, language="en")


def last_month():
    return timezone.now().replace(day=1) - datetime.timedelta(days=5)


def test_the_monthly_mail_is_written_once_to_platform_admins_alone(admin):
    PersonFactory()
    PersonFactory(is_staff=True, is_superuser=True, is_active=False)
    written(Mail.State.SENT, at=last_month())

    counts = [emails.all_is_well(today()), emails.all_is_well(today())]

    assert counts == [1, 0]
    assert Mail.objects.get(message="all_is_well").to == admin.email


def test_a_month_without_mail_is_not_written_about(admin):
    written(Mail.State.SENT)

    assert emails.all_is_well(today()) == 0


def test_a_new_installation_waits_for_its_second_month():
    PersonFactory(is_staff=True, is_superuser=True)
    written(Mail.State.SENT, at=last_month())

    assert emails.all_is_well(today()) == 0


def test_the_monthly_mail_says_what_was_sent_failed_and_stopped(admin, tmp_path, settings):
    settings.BACKUP_DIR = str(tmp_path)
    (tmp_path / "iimprove.dump").write_text("x")
    Heartbeat.beat("drain")
    for state in (Mail.State.SENT, Mail.State.SENT, Mail.State.FAILED):
        written(state, at=IN_NOVEMBER)
    written(Mail.State.SENT, at=IN_NOVEMBER - datetime.timedelta(days=40))
    bounces.record("gone@river.test", event_id="1", is_permanent=True, words="", at=IN_NOVEMBER)

    row = mail.queue("all_is_well", to=admin.email, language="en", about=admin, facts={"month": "2026-11-01"})
    letter = mail.compose(row)

    assert letter.subject == "I_Improve in November 2026: all is well"
    assert "- 2 mails were sent\n- 1 mail failed\n- 1 address was stopped" in letter.body
    assert "The newest backup is of" in letter.body


def test_the_monthly_mail_does_not_say_that_all_is_well_when_it_is_not(admin, settings):
    settings.LOCAL = False
    Heartbeat.objects.create(name="drain", at=ago(hours=1))
    row = mail.queue("all_is_well", to=admin.email, language="en", about=admin, facts={"month": "2026-11-01"})

    letter = mail.compose(row)

    assert letter.subject == "I_Improve in November 2026: something needs you"
    assert "- the periodic jobs have not run for two minutes" in letter.body
    assert "- BACKUP_DIR is not set" in letter.body


def test_the_monthly_mail_goes_to_nobody_who_stopped_running_the_site(admin):
    admin.is_superuser = False
    admin.save()

    with pytest.raises(mail.NoLongerWanted):
        emails.all_is_well_now(admin, {"month": "2026-11-01"})
