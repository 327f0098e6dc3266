"""In the room everybody answers the own questions."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.models import Prompt
from tests.factories import ActivityFactory, PromptFactory
from tests.learning.follow_up.asking import asked
from tests.learning.test_answer import page

pytestmark = pytest.mark.django_db


def test_in_the_room_everybody_finds_the_own_questions_of_this_project(client, around, keys):
    mine = asked(around)
    soon = PromptFactory(person=around.author, activity=ActivityFactory(project=around.project, title="The walk"), form="F2", **window(20))
    PromptFactory(person=around.author, activity=ActivityFactory(project=around.project, title="The far day"), form="F2", **window(60))
    PromptFactory(person=around.author, activity=ActivityFactory(title="Next door"))
    PromptFactory(person=around.people["other"], activity=around.activity)
    client.force_login(around.author)
    text = client.get(reverse("learning:room", args=[around.project.slug])).content.decode()

    assert all(page(prompt, "begin") in text for prompt in (mine, soon))
    assert text.count('href="/answer/') == 2 and 'class="qr"' not in text
    client.force_login(around.people["coordinator"])
    assert 'class="qr"' in client.get(reverse("learning:room", args=[around.project.slug])).content.decode()


def test_answered_in_the_room_it_is_not_asked_by_mail(client, around, keys):
    prompt = asked(around, "F3", activity=around.activity)
    client.force_login(around.author)
    client.post(page(prompt, "begin"))
    client.post(page(prompt, "form"), {"thing": [keys.pk], f"state-{keys.pk}": "tried"})

    assert not Prompt.objects.due(timezone.now()).exists()


def window(days):
    due = timezone.now() + datetime.timedelta(days=days)
    return {"due_at": due, "closes_at": due + datetime.timedelta(days=30)}
