"""In the room: fourteen people, fourteen phones, the same minute."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learning.models import FollowUp, Obstacle, Prompt
from tests.factories import MembershipFactory, PromptFactory
from tests.learning import circle

pytestmark = pytest.mark.django_db(transaction=True)
PHONES = 14


@pytest.fixture
def around():
    return circle.build()


@pytest.fixture
def guests(around):
    """Each with something to be asked about: (person, thing, prompt)."""
    people = [MembershipFactory(partner=around.home).person for _number in range(PHONES)]
    things = [around.takeaway(told={"author": person}) for person in people]
    return [(person, thing, PromptFactory(person=person, activity=around.activity, form="F3")) for person, thing in zip(people, things, strict=True)]


def test_fourteen_people_answer_at_once(around, guests):
    together = Barrier(PHONES)

    def answer(guest):
        person, thing, prompt = guest
        phone = Client()
        phone.force_login(person)
        try:
            found = phone.get(reverse("learning:room", args=[around.project.slug])).content.decode()
            phone.post(reverse("learning:answer_begin", args=[prompt.pk]))
            together.wait()
            sent = phone.post(
                reverse("learning:answer_form", args=[prompt.pk]), {"thing": [thing.pk], f"state-{thing.pk}": "tried", "obstacles": ["time"]}
            )
            return str(prompt.pk) in found, sent.status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(PHONES) as pool:
        answers = list(pool.map(answer, guests))

    assert answers == [(True, 302)] * PHONES
    assert sorted(FollowUp.objects.values_list("takeaway__reflection__author", flat=True)) == sorted(person.pk for person, *_rest in guests)
    assert Obstacle.objects.count() == Prompt.objects.filter(outcome="answered").count() == PHONES
    assert not Prompt.objects.due(timezone.now()).exists(), "nobody is asked by mail any more"
