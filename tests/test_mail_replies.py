"""What becomes of a mail for each answer of the mail server, or none: the table of docs/operations.md, row by row."""

import asyncio
import datetime
import smtplib
import socket
import threading
import time
from contextlib import contextmanager

import pytest
from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused
from django.utils import timezone

from iimprove import bounces, health, mail
from iimprove.mail import Mail, replies, sending
from partners import emails
from tests.factories import InvitationFactory
from tests.smtp_sink import Sink, smtp_sink

pytestmark = pytest.mark.django_db
HERE, THERE = "here@example.org", "there@example.org"
sent = {}  # what `known` knows


def known(message_ids):
    return sent.keys() & set(message_ids)


def does_not_answer(message_ids):
    raise ConnectionError("the log is out of reach")


@pytest.fixture
def sink(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAIL_STAYS_HERE = True
    sent.clear()
    with smtp_sink() as (sink, port):
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield sink


def queued(*addresses):
    for address in addresses:
        emails.invitation(InvitationFactory(email=address))
    return Mail.objects.get(to=addresses[0])


def make_due(state=Mail.State.QUEUED):
    past = timezone.now() - datetime.timedelta(minutes=1)
    Mail.objects.waiting().update(state=state, next_attempt_at=past, leased_until=past)


@contextmanager
def server(greeting):
    """A server that says one line, or nothing, and then keeps silent."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        taken = []

        def accept():
            while True:
                try:
                    taken.append(listening.accept()[0])
                except OSError:
                    return
                if greeting:
                    taken[-1].sendall(greeting)

        threading.Thread(target=accept, daemon=True).start()
        yield listening.getsockname()[1]
        for connection in taken:
            connection.close()
        listening.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    ("greeting", "extra"),
    [(None, {}), (b"421 too busy\r\n", {}), (b"not smtp\r\n", {}), (b"220 hello\r\n", {}), (b"220 hello\r\n", {"EMAIL_USE_SSL": True})],
    ids=["black hole", "421", "nonsense", "silence after the greeting", "bad TLS"],
)
def test_a_server_out_of_reach_delays_all_and_blames_none(sink, settings, greeting, extra):
    queued(HERE, THERE)
    settings.EMAIL_TIMEOUT = 0.3
    for name, value in extra.items():
        setattr(settings, name, value)
    with server(greeting) as settings.EMAIL_PORT:
        begun = time.monotonic()
        mail.drain()

    assert time.monotonic() - begun < 5
    assert list(Mail.objects.values_list("state", "attempts", "begun_at")) == [("queued", 0, None)] * 2
    assert 50 < (Mail.objects.first().next_attempt_at - timezone.now()).total_seconds() <= 60


def test_mail_that_no_server_took_is_an_alarm_however_often_it_was_tried(sink):
    queued(HERE)
    now = timezone.now()
    Mail.objects.update(due_at=now - datetime.timedelta(minutes=6), next_attempt_at=now + datetime.timedelta(seconds=50))

    with pytest.raises(health.Unwell, match="a mail has been due since"):
        health.outbox()


def test_mail_that_a_server_asked_to_bring_later_is_no_alarm(sink):
    queued(HERE)
    now = timezone.now()
    Mail.objects.update(attempts=3, due_at=now - datetime.timedelta(minutes=30), next_attempt_at=now + datetime.timedelta(minutes=10))

    health.outbox()

    assert Mail.objects.oldest_due() is None


@pytest.mark.parametrize("reply", ["550 5.7.1 relaying denied", "552 5.2.2 mailbox full", "554 5.7.1 listed as spam"])
def test_a_refusal_that_is_not_about_the_address_fails_and_does_not_stop_it(sink, reply):
    row = queued(HERE, THERE)
    sink.at_rcpt[HERE] = reply

    mail.drain()

    row.refresh_from_db()
    assert (row.state, sink.recipients, bounces.of([HERE])) == ("failed", [THERE], {})


@pytest.mark.parametrize("reply", ["552 5.3.4 too large", "554 5.6.0 not wanted"])
def test_refused_content_fails_and_is_never_tried_again(sink, reply):
    row = queued(HERE, THERE)
    sink.at_data[HERE] = reply

    mail.drain()
    make_due()
    mail.drain()

    row.refresh_from_db()
    assert (row.state, row.attempts, sink.recipients) == ("failed", 1, [THERE])


def drop_at(monkeypatch, hook, keep):
    """The server hangs up on HERE at this hook, having kept the mail or not."""
    usual = getattr(Sink, hook)
    dropped = []

    async def hang_up(self, server, session, envelope, *arguments):
        is_here = HERE in (*arguments, *envelope.rcpt_tos)
        answer = await usual(self, server, session, envelope, *arguments) if keep or not is_here or dropped else None
        if is_here and not dropped:
            dropped.append(True)
            server.transport.abort()
        return answer

    monkeypatch.setattr(Sink, hook, hang_up)


def test_a_connection_lost_before_the_mail_was_given_over_is_tried_again(sink, monkeypatch):
    row = queued(HERE, THERE)
    drop_at(monkeypatch, "handle_RCPT", keep=False)

    mail.drain()
    row.refresh_from_db()
    after_the_first = (row.state, row.attempts, sink.recipients)
    make_due()
    mail.drain()

    assert after_the_first == ("queued", 1, [THERE])
    assert sink.recipients == [HERE, THERE]


def test_a_connection_lost_before_the_answer_may_double_the_mail_under_one_id(sink, monkeypatch):
    row = queued(HERE)
    drop_at(monkeypatch, "handle_DATA", keep=True)

    mail.drain()
    make_due()
    mail.drain()

    assert [message["Message-ID"] for message in sink.messages] == [row.message_id] * 2


def test_a_connection_lost_before_the_answer_doubles_nothing_where_the_provider_knows(sink, monkeypatch, settings):
    settings.MAIL_RECONCILE = f"{__name__}.known"
    row = queued(HERE, THERE)
    drop_at(monkeypatch, "handle_DATA", keep=True)

    mail.drain()
    sent.update({message["Message-ID"]: True for message in sink.messages})
    make_due()
    mail.drain()

    row.refresh_from_db()
    assert (row.state, sink.recipients) == ("sent", [HERE, THERE])


def test_a_mail_whose_worker_died_goes_once_where_the_provider_knows(sink, settings):
    settings.MAIL_RECONCILE = f"{__name__}.known"
    left, lost = queued(HERE, THERE), Mail.objects.get(to=THERE)
    mail.claim(10)
    Mail.objects.update(begun_at=timezone.now(), attempts=1)
    sent[left.message_id] = True
    make_due(Mail.State.LEASED)

    mail.drain()

    assert [message["Message-ID"] for message in sink.messages] == [lost.message_id]
    assert list(Mail.objects.values_list("state", flat=True)) == ["sent", "sent"]


def test_no_mail_in_doubt_goes_again_while_the_provider_does_not_answer(sink, settings):
    settings.MAIL_RECONCILE = f"{__name__}.does_not_answer"
    queued(HERE, THERE)
    Mail.objects.filter(to=HERE).update(begun_at=timezone.now(), attempts=1)

    mail.drain()

    assert sink.recipients == [THERE]
    assert Mail.objects.get(to=HERE).state == "leased"


def test_a_mail_that_hangs_holds_nobody_and_is_set_aside_at_its_fifth_attempt(sink, monkeypatch):
    monkeypatch.setattr(sending, "TO_WRITE", 0.2)
    mail.message("hangs")(lambda about, facts: time.sleep(30))
    mail.queue("hangs", to=HERE, language="en")
    queued(THERE)

    mail.drain()
    once = Mail.objects.get(to=HERE)
    Mail.objects.filter(to=HERE).update(attempts=mail.MOST_BREAKS - 1)
    make_due()
    mail.drain()

    last = Mail.objects.get(to=HERE)
    assert (once.state, once.attempts, sink.recipients) == ("queued", 1, [THERE])
    assert (last.state, last.error) == ("failed", "Hangs: it was not written within 0.2 seconds")


def test_a_slow_server_is_left_after_a_while_and_the_mail_tried_again(sink, monkeypatch):
    monkeypatch.setattr(sending, "TO_SEND", 0.3)
    usual = Sink.handle_DATA

    async def slow(self, server, session, envelope):
        if envelope.rcpt_tos[0] == HERE:
            await asyncio.sleep(1)
        return await usual(self, server, session, envelope)

    monkeypatch.setattr(Sink, "handle_DATA", slow)
    row = queued(HERE, THERE)

    mail.drain()

    row.refresh_from_db()
    assert (row.state, row.attempts, THERE in sink.recipients) == ("queued", 1, True)


def test_what_does_not_fit_into_the_time_is_given_back_unharmed(sink):
    queued(HERE, THERE)

    sending._send_batch(mail.claim(10), time.monotonic() - 1)

    assert list(Mail.objects.values_list("state", "attempts")) == [("queued", 0)] * 2
    assert mail.drain() == 2


def test_a_mail_whose_worker_died_comes_last_in_its_batch():
    queued("a@example.org", "b@example.org", "c@example.org")
    past = timezone.now() - datetime.timedelta(hours=1)
    Mail.objects.filter(to="a@example.org").update(state=Mail.State.LEASED, begun_at=past, attempts=1, leased_until=past, next_attempt_at=past)

    assert mail.claim(10)[-1].to == "a@example.org"


def refused(code, text):
    return smtplib.SMTPRecipientsRefused({HERE: (code, text)})


MINUTE = datetime.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("error", "attempts", "wait", "doubt", "stops"),
    [
        (refused(451, b"4.7.1 greylisted"), 1, MINUTE, False, False),
        (refused(451, b"4.7.1 greylisted"), 4, 60 * MINUTE, False, False),
        (refused(451, b"4.7.1 greylisted"), 8, None, False, False),
        (refused(550, b"5.1.1 unknown"), 1, None, False, True),
        (refused(550, b"no such user"), 1, None, False, True),
        (refused(550, b"5.7.1 denied"), 1, None, False, False),
        (refused(550, b"5.2.1 disabled"), 1, None, False, True),
        (refused(554, b"rejected"), 1, None, False, False),
        (smtplib.SMTPDataError(451, b"busy"), 1, MINUTE, False, False),
        (smtplib.SMTPDataError(554, b"no"), 1, None, False, False),
        (smtplib.SMTPSenderRefused(530, b"sign in first", "post@example.org"), 1, MINUTE, False, False),
        (smtplib.SMTPServerDisconnected("gone"), 7, 720 * MINUTE, True, False),
        (TimeoutError(), 1, MINUTE, True, False),
        (AnymailRecipientsRefused(), 1, None, False, True),
        (AnymailAPIError("no connection"), 1, MINUTE, True, False),
        (KeyError("a bug of ours"), 4, 60 * MINUTE, False, False),
        (KeyError("a bug of ours"), 5, None, False, False),
    ],
)
def test_the_table(error, attempts, wait, doubt, stops):
    assert (replies.retry_after(error, attempts), replies.leaves_doubt(error), replies.stops_address(error)) == (wait, doubt, stops)


def test_all_attempts_together_take_less_than_a_day():
    assert datetime.timedelta(hours=20) < sum(mail.RETRY_AFTER, datetime.timedelta()) < datetime.timedelta(hours=24)
