"""In local mode the loop can be tried at any hour: a visit that ended yesterday, and what waits for its hour sent now."""

import datetime

import pytest
from django.core import mail as outbox
from django.core.management import CommandError, call_command
from django.urls import reverse

from iimprove.clock import today
from learning.models import Prompt, Takeaway
from partners.models import Activity, Person, Project
from tests.learning import circle

pytestmark = pytest.mark.django_db


@pytest.fixture
def around():
    around = circle.build()
    Project.objects.update(is_sample=True)
    Person.objects.update(is_sample=True)
    return around


def test_a_visit_ended_yesterday_once(around):
    call_command("sample_visit")
    call_command("sample_visit")

    visit = Activity.objects.get(code__startswith="SAMPLE")
    assert visit.ends_on == today() - datetime.timedelta(days=1)
    assert visit.attendances.filter(person=around.author).exists()
    assert Takeaway.objects.filter(reflection__activity=visit, visibility="partnership").count() == 3


def test_only_local_mode_and_only_in_a_sample(settings, around):
    Project.objects.update(is_sample=False)
    with pytest.raises(CommandError):
        call_command("sample_visit")
    settings.LOCAL = False
    with pytest.raises(CommandError):
        call_command("sample_visit")
    with pytest.raises(CommandError):
        call_command("plan", at_once=True)


def test_the_mailbox_page_sends_now_what_waits_and_only_once(client, around):
    call_command("sample_visit")
    for _time in range(2):
        assert client.post(reverse("mailbox_send_now")).status_code == 302
        call_command("plan")

    asked = [email.to[0] for email in outbox.outbox if "/answer/" in email.body]
    assert around.author.email in asked and len(asked) == len(set(asked))
    assert Prompt.objects.get(person=around.author).token in next(email.body for email in outbox.outbox if email.to == [around.author.email])
