"""One commit says that a mail has left and that the next one begins: whoever dies in between leaves one mail in doubt."""

import datetime
import time

import pytest
from django.db import DataError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from iimprove import mail
from iimprove.mail import Mail, messages, sending
from iimprove.mail.marks import Marks
from tests.smtp_sink import Sink, smtp_sink

pytestmark = pytest.mark.django_db
ADA, BEA, CLEO, DORA = (f"{name}@partners.local" for name in ("ada", "bea", "cleo", "dora"))


@pytest.fixture
def sink(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with smtp_sink() as (sink, port):
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield sink


@pytest.fixture
def seen(monkeypatch):
    """The rows as they stand whenever a mail is written: what a worker that dies then leaves."""
    monkeypatch.setattr(messages, "_messages", {})
    found = []

    @mail.message("answer_link")
    def context(about, facts):
        found.append(rows())
        return {}

    return found


def queued(*addresses):
    """Due in this order."""
    past = timezone.now() - datetime.timedelta(minutes=1)
    for number, address in enumerate(addresses):
        mail.queue("answer_link", to=address, language="en", at=past + datetime.timedelta(seconds=number))


def rows():
    return [(row.to, row.state, row.attempts, row.begun_at is not None) for row in Mail.objects.order_by("to")]


def test_when_a_mail_begins_it_is_written_down_and_the_one_before_is_marked(sink, seen):
    queued(ADA, BEA)

    mail.drain()

    first, second = seen
    assert first == [(ADA, "leased", 1, True), (BEA, "leased", 0, False)]
    assert second == [(ADA, "sent", 1, False), (BEA, "leased", 1, True)]
    assert rows() == [(ADA, "sent", 1, False), (BEA, "sent", 1, False)]


def test_what_was_taken_is_marked_when_the_time_is_over(sink, seen, monkeypatch):
    usual = Sink.handle_DATA
    monkeypatch.setattr(Sink, "handle_DATA", lambda *arguments: time.sleep(0.4) or usual(*arguments))
    queued(ADA, BEA)

    sending._send_batch(mail.claim(10), time.monotonic() + 0.3)

    assert rows() == [(ADA, "sent", 1, False), (BEA, "queued", 0, False)]


def test_what_was_taken_is_marked_when_the_worker_is_interrupted(sink, seen, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    queued(ADA, BEA)
    monkeypatch.setattr(sending, "_reach", lambda connection: stop() if connection.connection else connection.open())

    with pytest.raises(KeyboardInterrupt):
        mail.drain()

    assert rows() == [(ADA, "sent", 1, False), (BEA, "leased", 0, False)]


def test_a_mark_is_not_made_for_a_mail_that_another_worker_has_by_now(sink, seen):
    queued(ADA, BEA)
    ada, bea = mail.claim(10)
    marks = Marks()
    marks.taken = ada
    Mail.objects.filter(pk=ada.pk).update(lease_token="00000000-0000-0000-0000-000000000000")

    assert marks.begin(bea)
    assert rows() == [(ADA, "leased", 0, False), (BEA, "leased", 1, True)]


@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_is_changing_is_left_and_not_waited_for(sink, seen):
    queued(ADA, BEA)
    ada, bea = mail.claim(10)
    marks = Marks()
    marks.taken = ada
    somebody = connection.copy()
    try:
        with somebody.cursor() as cursor, connection.cursor() as own:
            own.execute("SET lock_timeout = '2s'")
            cursor.execute("BEGIN")
            cursor.execute("SELECT 1 FROM iimprove_mail WHERE id = %s FOR UPDATE", [bea.pk])
            began = time.monotonic()
            assert not marks.begin(bea)
            assert time.monotonic() - began < 0.5
    finally:
        somebody.close()
        connection.close()

    assert rows() == [(ADA, "sent", 0, False), (BEA, "leased", 0, False)]


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_was_left_goes_with_the_next_batch(sink, seen, monkeypatch):
    """Not when its lease is over, a minute later."""
    usual, tried = Marks.begin, []
    monkeypatch.setattr(Marks, "begin", lambda marks, row: bool(tried.append(row) or len(tried) != 2) and usual(marks, row))
    queued(ADA, BEA, CLEO)

    mail.drain()

    assert [row.to for row in tried] == [ADA, BEA, CLEO, BEA]
    assert rows() == [(ADA, "sent", 1, False), (BEA, "sent", 1, False), (CLEO, "sent", 1, False)]


@pytest.mark.django_db(transaction=True)
def test_what_left_and_what_begins_are_written_down_together_or_not_at_all(sink, seen):
    queued(ADA, BEA)
    ada, bea = mail.claim(10)
    marks = Marks()
    marks.taken, bea.lease_token = ada, "none"

    with pytest.raises(DataError):
        marks.begin(bea)

    assert rows() == [(ADA, "leased", 0, False), (BEA, "leased", 0, False)]
    assert marks.taken is ada


@pytest.mark.django_db(transaction=True)
def test_each_mail_costs_one_commit(sink, seen):
    queued(ADA)
    one = commits_of_a_drain()
    queued(BEA, CLEO, DORA)

    assert commits_of_a_drain() - one == 2


def commits_of_a_drain():
    """How often the disk is waited for: transactions, and changes outside of one."""
    with CaptureQueriesContext(connection) as queries:
        mail.drain()
    count, is_within = 0, False
    for sql in (query["sql"].strip() for query in queries):
        is_within = sql == "BEGIN" or (is_within and sql != "COMMIT")
        count += sql == "COMMIT" or (not is_within and sql.startswith(("UPDATE", "INSERT", "DELETE")))
    return count
