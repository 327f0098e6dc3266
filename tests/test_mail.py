import datetime
import socket
import time
import uuid

import pytest
from django.db import transaction
from django.utils import timezone

from iimprove import mail
from iimprove.mail import Mail, sending
from iimprove.mail.letters import linked
from partners import emails
from partners.actions.people import invite
from tests.factories import InvitationFactory, PartnerFactory, PersonFactory
from tests.smtp_sink import smtp_sink

pytestmark = pytest.mark.django_db


@pytest.fixture
def sink(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAIL_STAYS_HERE = True
    with smtp_sink() as (sink, port):
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield sink


def queued_invitation(**traits):
    invitation = InvitationFactory(**traits)
    emails.invitation(invitation)
    return invitation, Mail.objects.get(about_id=str(invitation.pk))


def test_queue_in_a_transaction_that_fails_leaves_no_mail():
    with pytest.raises(RuntimeError), transaction.atomic():
        invite(partner=PartnerFactory(), email="ada@example.org", role="member", by=PersonFactory())
        raise RuntimeError

    assert not Mail.objects.exists()


def test_drain_sends_what_is_due_with_the_id_of_its_row(sink):
    _invitation, row = queued_invitation(email="ada@example.org", partner__short_name="River//Cities & Upė")

    assert mail.drain() == 1

    (message,) = sink.messages
    row.refresh_from_db()
    assert (message["To"], message["Message-ID"], message["Auto-Submitted"]) == ("ada@example.org", row.message_id, "auto-generated")
    assert "River//Cities & Upė" in message["Subject"]
    assert (row.state, row.attempts, row.sent_at is not None) == ("sent", 1, True)


def test_drain_sends_nothing_twice(sink):
    queued_invitation()

    assert (mail.drain(), mail.drain()) == (1, 0)
    assert len(sink.messages) == 1


def test_drain_leaves_what_is_not_due_yet(sink):
    invitation = InvitationFactory()
    mail.queue("invitation", to=invitation.email, language="en", about=invitation, at=timezone.now() + datetime.timedelta(hours=1))

    assert mail.drain() == 0


def test_a_row_leased_by_another_worker_is_left_alone(sink):
    queued_invitation()
    assert len(mail.claim(10)) == 1

    assert mail.drain() == 0


def test_a_row_whose_lease_ran_out_is_sent_with_the_same_id(sink):
    _invitation, row = queued_invitation()
    mail.claim(10)
    Mail.objects.update(leased_until=timezone.now() - datetime.timedelta(seconds=1))

    assert mail.drain() == 1
    assert [message["Message-ID"] for message in sink.messages] == [row.message_id]


def test_a_worker_whose_lease_was_taken_over_sends_nothing(sink):
    queued_invitation()
    late = mail.claim(10)
    Mail.objects.update(lease_token=uuid.uuid4())

    sending._send_batch(late, time.monotonic() + 10)

    assert sink.messages == []


def test_an_invitation_withdrawn_meanwhile_is_not_sent(sink):
    invitation, row = queued_invitation()
    invitation.withdrawn_at = timezone.now()
    invitation.save()

    mail.drain()

    row.refresh_from_db()
    assert (sink.messages, row.state) == ([], "cancelled")


def test_news_about_an_account_that_is_gone_is_not_sent(sink):
    person = PersonFactory()
    emails.account_notice(person, "password_changed")
    person.delete()

    mail.drain()

    assert (sink.messages, mail.Mail.objects.get().state) == ([], "cancelled")


def test_a_mail_about_something_deleted_is_not_sent(sink):
    invitation, row = queued_invitation()
    invitation.delete()

    mail.drain()

    row.refresh_from_db()
    assert (sink.messages, row.state) == ([], "cancelled")


def test_an_address_refused_for_good_fails_and_the_others_go(sink):
    invitation, row = queued_invitation(email="gone@example.org")
    queued_invitation(email="here@example.org")
    sink.at_rcpt["gone@example.org"] = "550 5.1.1 no such user"

    mail.drain()

    row.refresh_from_db()
    invitation.refresh_from_db()
    assert (row.state, sink.recipients) == ("failed", ["here@example.org"])
    assert invitation.bounced_at is not None


@pytest.mark.parametrize("reply", ["421 try later", "450 busy", "451 greylisted", "452 full"])
def test_a_temporary_refusal_is_tried_again_after_a_minute(sink, reply):
    invitation, row = queued_invitation(email="slow@example.org")
    queued_invitation(email="here@example.org")
    sink.at_rcpt["slow@example.org"] = reply

    mail.drain()

    row.refresh_from_db()
    invitation.refresh_from_db()
    assert (row.state, row.attempts, invitation.bounced_at) == ("queued", 1, None)
    assert 50 < (row.next_attempt_at - timezone.now()).total_seconds() <= 60
    assert sink.recipients == ["here@example.org"]


def test_a_message_refused_for_good_fails_without_blaming_the_address(sink):
    invitation, row = queued_invitation(email="full@example.org")
    sink.at_data["full@example.org"] = "554 5.6.0 not wanted"

    mail.drain()

    row.refresh_from_db()
    invitation.refresh_from_db()
    assert (row.state, invitation.bounced_at) == ("failed", None)


def test_a_message_that_cannot_be_rendered_is_set_aside_and_the_others_go(sink):
    _invitation, row = queued_invitation(email="broken@example.org")
    Mail.objects.filter(pk=row.pk).update(message="no such message")
    queued_invitation(email="here@example.org")

    mail.drain()

    row.refresh_from_db()
    assert (row.state, row.attempts, sink.recipients) == ("queued", 1, ["here@example.org"])


def test_after_the_last_try_a_mail_fails(sink):
    _invitation, row = queued_invitation(email="slow@example.org")
    sink.at_rcpt["slow@example.org"] = "451 greylisted"
    Mail.objects.update(attempts=len(mail.RETRY_AFTER))

    mail.drain()

    row.refresh_from_db()
    assert row.state == "failed"


def test_a_mail_that_kills_its_worker_each_time_is_set_aside(sink):
    _invitation, row = queued_invitation()
    past = timezone.now() - datetime.timedelta(minutes=1)
    Mail.objects.update(attempts=mail.MOST_BREAKS, state=Mail.State.LEASED, begun_at=past, leased_until=past)

    mail.drain()

    row.refresh_from_db()
    assert (sink.messages, row.state) == ([], "failed")


def test_with_the_mail_server_down_every_mail_waits_unharmed(sink, settings):
    for _ in range(3):
        queued_invitation()
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = closed.getsockname()[1]

        mail.drain()

    assert list(Mail.objects.values_list("state", "attempts")) == [("queued", 0)] * 3


def test_a_mail_to_an_invented_person_does_not_leave_the_site(sink, settings):
    settings.MAIL_STAYS_HERE = False
    _invitation, row = queued_invitation(email="project.manager@intercult.example")

    mail.drain()

    row.refresh_from_db()
    assert (sink.messages, row.state) == ([], "cancelled")


def test_a_mail_that_was_sent_keeps_no_text():
    assert {field.name for field in Mail._meta.get_fields()}.isdisjoint({"body", "text", "html", "subject"})


def test_a_long_link_is_shown_short_and_leads_all_the_way():
    """Mail programs on phones break no long word: the page would be wider than the screen."""
    _invitation, row = queued_invitation()

    email = mail.compose(row)

    (url,) = [line for line in email.body.splitlines() if "/invitation/" in line]
    (html, _type) = email.alternatives[0]
    assert f'<a href="{url}"' in html
    assert f">{url[:39]}…</a>" in html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("See https://i-improve.example/a/.", 'See <a href="https://i-improve.example/a/">https://i-improve.example/a/</a>.'),
        ("(https://i-improve.example/?a=1&b=2)", '(<a href="https://i-improve.example/?a=1&amp;b=2">https://i-improve.example/?a=1&amp;b=2</a>)'),
        ('"http://a.example"', '&quot;<a href="http://a.example">http://a.example</a>&quot;'),
        ("<b>River//Cities & Upė</b>", "&lt;b&gt;River//Cities &amp; Upė&lt;/b&gt;"),
        ("javascript:alert(1) https://", "javascript:alert(1) https://"),
    ],
)
def test_what_people_wrote_is_escaped_and_links_are_links(text, html):
    assert linked(text) == html
