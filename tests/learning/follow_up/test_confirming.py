"""A colleague is asked whether it is so, and reads one sentence."""

import datetime

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from iimprove import mail
from learning.actions.prompts import plan_all
from learning.models import Carrier, Confirmation, FollowUp, Prompt
from tests.learning.follow_up.asking import asked, send
from tests.learning.test_answer import arrive, link, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def to_confirm(client, around, keys):
    """The author asks a colleague, who gets a question of their own."""
    colleague = around.people["colleague"]
    data = {"thing": [keys.pk], f"state-{keys.pk}": "in_use", "story_of": keys.pk, "story": "The whole story.", "confirm": "person"}
    send(client, asked(around, "F4"), data=data | {"confirm_person": colleague.pk, "sentence": "We gave two neighbours a key."})
    return Prompt.objects.get(form="F7", person=colleague)


def test_a_colleague_reads_the_one_sentence_and_nothing_else(client, around, keys, to_confirm):
    text = arrive(Client(), to_confirm).content.decode()

    assert "We gave two neighbours a key." in text
    assert all(words not in text for words in (keys.title, "The whole story.", around.author.name, around.activity.get_absolute_url()))


def test_the_colleague_is_asked_by_one_mail_that_says_nothing_of_it(around, to_confirm, time_machine):
    morning = datetime.datetime(2026, 11, 24, 11, tzinfo=datetime.UTC)  # a Tuesday
    Prompt.objects.filter(pk=to_confirm.pk).update(due_at=morning, closes_at=morning + datetime.timedelta(days=30))
    time_machine.move_to(morning)
    plan_all(timezone.now())
    plan_all(timezone.now())
    mail.drain()

    letters = [letter for letter in outbox.outbox if letter.to == [to_confirm.person.email]]
    assert len(letters) == 1 and link(to_confirm) in letters[0].body
    assert "key" not in letters[0].body.lower().replace(link(to_confirm).lower(), "")


def test_who_does_it_too_carries_it_and_may_say_something_else(client, keys, to_confirm):
    colleague = Client()
    arrive(colleague, to_confirm)
    colleague.post(page(to_confirm, "form"), {"confirmed": "too"})
    colleague.post(page(to_confirm, "form"), {"confirmed": "too"})
    assert list(Confirmation.objects.values_list("said", flat=True)) == ["too"]
    assert Carrier.objects.get(takeaway=keys).confirmed_at is not None

    colleague.post(page(to_confirm, "form"), {"confirmed": "differently"})
    assert list(Confirmation.objects.values_list("said", flat=True)) == ["differently"] and not Carrier.objects.exists()
    to_confirm.refresh_from_db()
    assert to_confirm.outcome == "answered"


def test_the_author_reads_who_said_what(client, around, keys, to_confirm):
    Confirmation.objects.create(follow_up=to_confirm.follow_up, person=to_confirm.person, said="differently")
    client.force_login(around.author)

    assert f"{to_confirm.person}: I see it differently" in client.get(reverse("learning:came_of_it", args=[keys.pk])).content.decode()


def test_nonsense_confirms_nothing(client, to_confirm):
    colleague = Client()
    arrive(colleague, to_confirm)
    colleague.post(page(to_confirm, "form"), {"confirmed": "splendid"})

    assert not Confirmation.objects.exists()


def test_what_was_taken_back_is_not_confirmed(client, keys, to_confirm):
    keys.reflection.deleted_at = timezone.now()
    keys.reflection.save()

    assert arrive(Client(), to_confirm).status_code == 410


@pytest.mark.parametrize("name", ["outsider", "closed", "leaver"])
def test_only_people_of_the_project_are_asked(client, around, keys, name):
    data = {"thing": [keys.pk], f"state-{keys.pk}": "in_use", "story_of": keys.pk, "confirm": "person"}
    send(client, asked(around, "F4"), data=data | {"confirm_person": around.people[name].pk})

    assert not Prompt.objects.filter(form="F7").exists() and not FollowUp.objects.exists()
