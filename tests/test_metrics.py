import datetime
import re

import pytest
from django.utils import timezone

from iimprove import bounces
from iimprove.models import Heartbeat, Mail
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def bearer(settings):
    settings.METRICS_TOKEN = "a long token"
    return {"Authorization": "Bearer a long token"}


def figures(client, headers):
    """{name with its labels: value}."""
    response = client.get("/metrics/", headers=headers)
    assert response.headers["Content-Type"].startswith("text/plain")
    return {name: float(value) for name, value in re.findall(r"^(iimprove_\S+) (\S+)$", response.content.decode(), re.MULTILINE)}


def written(state, *, minutes_ago=0, **values):
    mail = Mail.objects.create(message="invitation", to="ada@river.test", language="en", state=state, **values)
    Mail.objects.filter(pk=mail.pk).update(queued_at=timezone.now() - datetime.timedelta(minutes=minutes_ago))


def test_metrics_do_not_exist_without_their_token(client, settings, bearer):
    client.force_login(PersonFactory(is_staff=True, is_superuser=True, second_factor=True))
    asked = [{}, {"Authorization": "Bearer wrong"}, {"Authorization": ""}]
    with_wrong_tokens = [client.get("/metrics/", headers=headers).status_code for headers in asked]
    settings.METRICS_TOKEN = ""

    assert with_wrong_tokens == [404, 404, 404]
    assert [client.get("/metrics/", headers=headers).status_code for headers in [*asked, {"Authorization": "Bearer "}]] == [404] * 4


def test_metrics_count_the_outbox(client, bearer):
    now = timezone.now()
    written(Mail.State.QUEUED, due_at=now - datetime.timedelta(minutes=10))
    written(Mail.State.QUEUED, due_at=now + datetime.timedelta(days=1), next_attempt_at=now + datetime.timedelta(days=1))
    written(Mail.State.SENT)
    written(Mail.State.FAILED)
    written(Mail.State.SENT, minutes_ago=25 * 60)
    bounces.record("ada@river.test", event_id="1", is_permanent=True, words="gone")

    found = figures(client, bearer)

    assert found['iimprove_mails_waiting{state="queued"}'] == 2
    assert found['iimprove_mails_waiting{state="leased"}'] == 0
    assert found['iimprove_mails_last_day{message="invitation",state="sent"}'] == 1
    assert found['iimprove_mails_last_day{message="invitation",state="failed"}'] == 1
    assert found["iimprove_addresses_stopped"] == 1
    assert 600 <= found["iimprove_mail_oldest_due_seconds"] < 660


def test_metrics_tell_the_age_of_each_heartbeat_and_the_open_prompts(client, bearer):
    Heartbeat.objects.create(name="drain", at=timezone.now() - datetime.timedelta(minutes=3))

    found = figures(client, bearer)

    assert 180 <= found['iimprove_heartbeat_age_seconds{job="drain"}'] < 240
    assert found['iimprove_prompts_open{form="F2"}'] == 0
    assert found["iimprove_mail_oldest_due_seconds"] == 0
