"""What the nightly job removes, and what it leaves."""

import datetime

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from iimprove import bounces
from iimprove.mail import Mail
from iimprove.models import Bounce
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def ago(**period):
    return timezone.now() - datetime.timedelta(**period)


def written(state, *, at, **values):
    row = Mail.objects.create(message="invitation", to="ada@river.test", language="en", state=state, **values)
    Mail.objects.filter(pk=row.pk).update(queued_at=at)
    return row


def signed_in(key, *, since, until=None):
    """Somebody's session; `until` None: it is no more."""
    UserSession.objects.create(user=PersonFactory(), session_key=key, ip="192.0.2.1", user_agent="Browser", created_at=since)
    if until:
        Session.objects.create(session_key=key, session_data="", expire_date=until)


def test_nightly_removes_old_mails_and_the_small_facts_of_those_that_ended():
    written(Mail.State.SENT, at=ago(days=366))
    waiting = written(Mail.State.QUEUED, at=ago(days=366), facts={"a": 1})
    month_old = written(Mail.State.SENT, at=ago(days=31), facts={"a": 1})
    recent = written(Mail.State.SENT, at=ago(days=29), facts={"a": 1})
    failed = written(Mail.State.FAILED, at=ago(days=31), facts={"a": 1})

    call_command("nightly")

    facts = dict(Mail.objects.values_list("pk", "facts"))
    assert facts == {waiting.pk: {"a": 1}, month_old.pk: {}, recent.pk: {"a": 1}, failed.pk: {"a": 1}}


def test_nightly_keeps_a_bounce_as_long_as_it_stops_mail():
    bounces.record("gone@river.test", event_id="1", is_permanent=True, words="", at=ago(days=400))
    bounces.record("back@river.test", event_id="2", is_permanent=True, words="", at=ago(days=400))
    bounces.record("full@river.test", event_id="3", is_permanent=False, words="", at=ago(days=400))
    bounces.record("late@river.test", event_id="4", is_permanent=False, words="", at=ago(days=300))
    bounces.lift("back@river.test")

    call_command("nightly")

    assert set(Bounce.objects.values_list("address", flat=True)) == {"gone@river.test", "late@river.test"}


def test_nightly_removes_ended_sessions_with_the_address_and_browser_they_had():
    signed_in("open", since=ago(days=3), until=timezone.now() + datetime.timedelta(days=1))
    signed_in("run-out", since=ago(days=3), until=ago(minutes=1))
    signed_in("signed-out", since=ago(days=3))
    signed_in("a-moment-ago", since=ago(minutes=1))

    call_command("nightly")

    assert set(Session.objects.values_list("session_key", flat=True)) == {"open"}
    assert set(UserSession.objects.values_list("session_key", flat=True)) == {"open", "a-moment-ago"}


def test_nightly_removes_counters_that_have_run_out():
    cache.set("counts", 1, timeout=60)
    cache.set("has-run-out", 1, timeout=60)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cache SET expires = now() - interval '1 second' WHERE cache_key LIKE '%has-run-out'")

    call_command("nightly")

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        keys = [key.rpartition(":")[2] for (key,) in cursor.fetchall()]
    assert ("counts" in keys, "has-run-out" in keys) == (True, False)
