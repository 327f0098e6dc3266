"""Links: what a scanner, a stranger, somebody late and somebody twice may do."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from learning.models import Confirmation, FollowUp, Prompt, Reflection
from tests.factories import FollowUpFactory, PromptFactory
from tests.learning.follow_up.asking import asked
from tests.learning.test_answer import arrive, link, page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("form", ["F3", "F4", "F5"])
def test_reading_changes_nothing_and_pressing_the_button_neither(client, around, keys, form):
    prompt, scanner = asked(around, form), Client()
    before = list(Prompt.objects.values()), FollowUp.objects.count(), Reflection.objects.count()
    for number in range(20):
        (scanner.head if number % 2 else scanner.get)(link(prompt), follow=True)
    arrive(scanner, prompt)
    scanner.get(page(prompt, "form"))

    assert (list(Prompt.objects.values()), FollowUp.objects.count(), Reflection.objects.count()) == before
    assert arrive(client, prompt).status_code == 200


@pytest.mark.parametrize("form", ["F3", "F4", "F5", "F7"])
def test_expired_revoked_and_foreign_links_open_nothing(client, around, keys, form):
    about = {"activity": None, "follow_up": FollowUpFactory(takeaway=keys)} if form == "F7" else {"activity": around.activity}
    prompt = PromptFactory(person=around.people["colleague"] if form == "F7" else around.author, form=form, **about)
    other = PromptFactory(person=around.people["other"], activity=around.activity)
    arrive(client, other)
    assert client.get(page(prompt, "form")).status_code == 404
    assert client.post(page(prompt, "form"), {f"state-{keys.pk}": "tried", "confirmed": "saw"}).status_code == 404

    old = link(prompt)
    Prompt.objects.filter(pk=prompt.pk).update(nonce="another")
    assert client.get(old).status_code == 404
    prompt.refresh_from_db()
    arrive(client, prompt)
    Prompt.objects.filter(pk=prompt.pk).update(due_at=timezone.now() - datetime.timedelta(days=9), closes_at=timezone.now())
    assert client.post(page(prompt, "form"), {f"state-{keys.pk}": "tried", "confirmed": "saw"}).status_code == 410
    assert FollowUp.objects.filter(wave="w2").count() == Confirmation.objects.count() == 0


@pytest.mark.parametrize("about", ["activity", "moment", "project", "follow_up"])
def test_whatever_it_is_about_it_can_be_put_off_and_stopped(client, around, keys, about):
    values = {"activity": around.activity, "moment": keys.reflection, "project": around.project, "follow_up": FollowUpFactory(takeaway=keys)}
    person, form = (around.people["colleague"], "F7") if about == "follow_up" else (around.author, "F4")
    prompt = PromptFactory(person=person, form=form, **{"activity": None} | {about: values[about]})
    arrive(client, prompt)

    for instead in ("later", "decline", "fewer", "stop", "settings"):
        assert client.get(page(prompt, instead)).status_code == 200
        assert client.post(page(prompt, instead), {"days": "3"}).status_code in (200, 302)
