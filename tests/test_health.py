from datetime import timedelta

import pytest
from django.utils import timezone

from iimprove.models import Heartbeat, Mail
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_healthz_is_ok_while_the_jobs_run(client):
    Heartbeat.beat("drain")

    response = client.get("/healthz/")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_healthz_fails_when_beat_has_stopped(client):
    Heartbeat.objects.create(name="drain", at=timezone.now() - timedelta(minutes=3))

    response = client.get("/healthz/")

    assert (response.status_code, response.json()) == (503, {"status": "failing"})


def test_healthz_fails_when_a_due_mail_does_not_leave(client):
    Heartbeat.beat("drain")
    Mail.objects.create(message="invitation", to="ada@river.test", language="en", next_attempt_at=timezone.now() - timedelta(minutes=6))

    response = client.get("/healthz/")

    assert (response.status_code, response.json()) == (503, {"status": "failing"})


def test_healthz_is_ok_while_a_mail_waits_for_its_next_attempt(client):
    Heartbeat.beat("drain")
    Mail.objects.create(message="invitation", to="ada@river.test", language="en", next_attempt_at=timezone.now() + timedelta(hours=1))

    assert client.get("/healthz/").json() == {"status": "ok"}


def test_healthz_fails_when_the_broker_is_gone(client, settings):
    Heartbeat.beat("drain")
    settings.CACHES = settings.CACHES | {"fast": settings.CACHES["fast"] | {"LOCATION": "redis://127.0.0.1:9/0"}}

    assert client.get("/healthz/").json() == {"status": "failing"}


def test_healthz_tells_only_platform_admins_what_fails(client):
    client.force_login(PersonFactory(is_staff=True, is_superuser=True))
    told_to_admin = client.get("/healthz/").json()
    client.force_login(PersonFactory())
    told_to_member = client.get("/healthz/").json()

    assert told_to_member == {"status": "failing"}
    assert {name: found == "ok" for name, found in told_to_admin["checks"].items()} == {
        "database": True,
        "broker": True,
        "outbox": True,
        "beat": False,
    }


def test_healthz_tells_whoever_gives_the_token_what_fails_and_how_long_mail_waits(client, settings):
    settings.METRICS_TOKEN = "a long token"
    Mail.objects.create(message="invitation", to="ada@river.test", language="en", due_at=timezone.now() - timedelta(minutes=6))
    told = client.get("/healthz/", headers={"Authorization": "Bearer a long token"}).json()

    assert told["checks"]["beat"] != "ok"
    assert 360 <= told["oldest_due_seconds"] < 400
    assert client.get("/healthz/", headers={"Authorization": "Bearer another"}).json() == {"status": "failing"}
