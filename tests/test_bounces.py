import base64
import datetime
import itertools

import pytest
from django.urls import include, path
from django.utils import timezone

from iimprove import bounces, mail, urls
from iimprove.mail import Mail, sending
from iimprove.mail.events import webhooks
from iimprove.models import Bounce
from partners import emails
from tests.factories import InvitationFactory, PersonFactory
from tests.smtp_sink import smtp_sink

urlpatterns = [path("", include(urls)), *webhooks("postmark", ["post:secret"])]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
ADA, BO = "ada@example.org", "bo@example.org"
REPORTED = "/anymail/postmark/tracking/"
ids = itertools.count(1)


@pytest.fixture(autouse=True)
def secret(settings):
    settings.ANYMAIL = {"WEBHOOK_SECRET": ["post:secret"]}


@pytest.fixture
def sink(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAIL_STAYS_HERE = True
    with smtp_sink() as (sink, port):
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield sink


def report(client, kind, address, *, event=None, message_id="", credentials="post:secret"):
    data = {
        "RecordType": "SpamComplaint" if kind == "SpamComplaint" else "Bounce",
        "Type": kind,
        "ID": event or next(ids),
        "Email": address,
        "MessageID": message_id,
        "BouncedAt": "2026-11-20T08:00:00Z",
        "Details": "smtp;550 5.1.1 no such user",
    }
    basic = base64.b64encode(credentials.encode()).decode()
    return client.post(REPORTED, data, content_type="application/json", headers={"Authorization": f"Basic {basic}"})


def notice(address):
    """A mail that nobody sent by hand."""
    emails.account_notice(PersonFactory(), "password_changed", to=address)
    return Mail.objects.get(to=address)


def test_without_a_secret_or_with_plain_smtp_no_report_is_heard():
    assert (webhooks("postmark", []), webhooks("django", ["post:secret"])) == ([], [])


@pytest.mark.parametrize("password", ["", "wrong"])
def test_a_report_without_the_secret_changes_nothing(client, password):
    response = report(client, "HardBounce", ADA, credentials=f"post:{password}")

    assert (response.status_code, Bounce.objects.count()) == (400, 0)


def test_only_the_provider_in_use_has_an_address_and_none_takes_mail_in(client):
    assert [client.post(address).status_code for address in ("/anymail/mailgun/tracking/", "/anymail/postmark/inbound/")] == [404, 404]


def test_a_hard_bounce_stops_mail_to_the_address_and_to_no_other(client, sink):
    report(client, "HardBounce", "Ada@example.org")
    stopped, goes = notice(ADA), notice(BO)

    mail.drain()

    stopped.refresh_from_db()
    goes.refresh_from_db()
    assert (stopped.state, stopped.attempts, goes.state) == ("failed", 0, "sent")
    assert stopped.error == "mail to this address was stopped: bounced: smtp;550 5.1.1 no such user"


def test_a_report_that_comes_twice_is_kept_once(client):
    report(client, "HardBounce", ADA, event=7)
    report(client, "HardBounce", ADA, event=7)

    assert list(Bounce.objects.values_list("address", "is_permanent", "words", "event_id", "at")) == [
        (ADA, True, "bounced: smtp;550 5.1.1 no such user", "Postmark/7", datetime.datetime(2026, 11, 20, 8, tzinfo=datetime.UTC))
    ]


def test_the_same_report_after_trying_again_does_not_stop_the_address_once_more(client):
    report(client, "HardBounce", ADA, event=7)
    bounces.lift(ADA)
    report(client, "HardBounce", ADA, event=7)

    assert bounces.of([ADA]) == {}


@pytest.mark.parametrize(
    ("kind", "stops"), [("SpamComplaint", True), ("BadEmailAddress", True), ("Blocked", False), ("VirusNotification", False), ("Transient", False)]
)
def test_what_stops_an_address(client, kind, stops):
    report(client, kind, ADA)

    assert (ADA in bounces.of([ADA, BO])) == stops


@pytest.mark.parametrize("named", [lambda row: "its-name-there", lambda row: row.message_id])
def test_a_mail_that_bounced_later_fails_and_its_app_is_told(client, sink, named):
    invitation = InvitationFactory(email=ADA)
    emails.invitation(invitation)
    mail.drain()
    Mail.objects.update(provider_id="its-name-there")

    report(client, "HardBounce", ADA, message_id=named(Mail.objects.get()))

    invitation.refresh_from_db()
    assert Mail.objects.get().state == "failed"
    assert invitation.bounced_at is not None


def test_a_complaint_is_about_a_mail_that_arrived(client, sink):
    emails.invitation(InvitationFactory(email=ADA))
    mail.drain()

    report(client, "SpamComplaint", ADA, message_id=Mail.objects.get().message_id)

    assert Mail.objects.get().state == "sent"


def test_an_address_refused_at_sending_gets_no_more_mail_until_it_is_tried_again(sink):
    first = notice(ADA)
    sink.at_rcpt[ADA] = "550 5.1.1 no such user"
    mail.drain()
    sink.at_rcpt.clear()
    second = mail.queue(first.message, to="Ada@example.org", language="en", about=first.about, facts=first.facts)

    mail.drain()
    while_stopped = sink.recipients
    bounces.lift("ADA@example.org")
    Mail.objects.filter(pk=second.pk).send_again()
    mail.drain()

    assert (while_stopped, sink.recipients) == ([], ["Ada@example.org"])


def test_the_app_hears_of_a_mail_that_an_address_was_stopped_for(client, sink):
    told = []
    mail.message("news", refused=told.append)(lambda about, facts: {})
    person = PersonFactory(email=ADA)
    report(client, "HardBounce", ADA)
    mail.queue("news", to=ADA, language="en", about=person)

    mail.drain()

    assert told == [person]


def test_an_app_that_breaks_at_the_news_keeps_no_mail_from_ending(client, sink):
    mail.message("news", refused=lambda about: 1 / 0)(lambda about, facts: {})
    report(client, "HardBounce", ADA)
    mail.queue("news", to=ADA, language="en", about=PersonFactory(email=ADA))
    notice(BO)

    mail.drain()

    assert (Mail.objects.get(to=ADA).state, sink.recipients) == ("failed", [BO])


def test_what_somebody_sends_by_hand_goes_even_to_a_stopped_address(client, sink):
    report(client, "HardBounce", ADA)
    emails.invitation(InvitationFactory(email=ADA))

    mail.drain()

    assert sink.recipients == [ADA]


def test_the_newest_bounce_is_shown_with_what_was_said():
    now = timezone.now()
    bounces.record(ADA, event_id="2", is_permanent=True, words="second", at=now)
    bounces.record(ADA, event_id="1", is_permanent=True, words="first", at=now - datetime.timedelta(days=1))
    bounces.record(BO, event_id="3", is_permanent=False, words="full")

    assert {address: bounce.words for address, bounce in bounces.of(["Ada@example.org", BO]).items()} == {ADA: "second"}


def test_the_providers_name_for_a_mail_is_kept(settings):
    settings.EMAIL_BACKEND = "anymail.backends.test.EmailBackend"
    settings.MAIL_STAYS_HERE = True
    row = notice(ADA)

    sending.drain()

    row.refresh_from_db()
    assert (row.state, row.provider_id) == ("sent", "0")  # as Anymail's own test provider counts
