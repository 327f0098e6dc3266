"""An answer is kept; what nobody may answer, and what the database refuses."""

import datetime
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from learning.actions.notes import Thing, answer_prompt
from learning.models import Prompt, Takeaway
from tests.factories import PromptFactory, ReflectionFactory, TakeawayFactory
from tests.learning import circle

pytestmark = pytest.mark.django_db


def test_an_answer_keeps_new_things_and_ticks_old_ones():
    around = circle.build()
    circle.accept(around.author)
    prompt = PromptFactory(person=around.author, activity=around.activity)
    noted = TakeawayFactory(reflection=around.reflection(), title="The keys", kinds=[], will_use=None)

    things = [Thing(takeaway=noted, kinds=("who",), will_use=2, visibility="organisation"), Thing("The river", ("place",))]
    reflection = answer_prompt(prompt, by=around.author, client_key=uuid.uuid4(), things=things, gave=2)

    noted.refresh_from_db()
    assert (noted.kinds, noted.will_use, noted.visibility, noted.kept_at is not None) == (["who"], 2, "organisation", True)
    assert list(reflection.takeaways.values_list("title", "kinds", "visibility")) == [("The river", ["place"], "only_me")]
    assert (reflection.prompt, reflection.starter, prompt.reflections.count()) == (prompt, "questions", 1)


def test_an_answer_may_be_sent_again_until_it_closes():
    around = circle.build()
    circle.accept(around.author)
    prompt, key = PromptFactory(person=around.author, activity=around.activity), uuid.uuid4()

    for client_key in (key, key, uuid.uuid4()):
        answer_prompt(prompt, by=around.author, client_key=client_key, things=[Thing("The river")])
    first = Prompt.objects.get().answered_at
    Prompt.objects.update(due_at=first - datetime.timedelta(days=2), closes_at=first - datetime.timedelta(days=1))

    assert (prompt.reflections.count(), Takeaway.objects.count()) == (2, 2)
    with pytest.raises(PermissionDenied):
        answer_prompt(prompt, by=around.author, client_key=uuid.uuid4())


def test_nobody_answers_for_somebody_else_nor_keeps_somebody_elses_thing():
    around = circle.build()
    circle.accept(around.author, around.people["colleague"])
    prompt = PromptFactory(person=around.author, activity=around.activity)
    foreign = TakeawayFactory(reflection=ReflectionFactory())

    with pytest.raises(PermissionDenied):
        answer_prompt(prompt, by=around.people["colleague"], client_key=uuid.uuid4())
    with pytest.raises(PermissionDenied):
        answer_prompt(prompt, by=around.author, client_key=uuid.uuid4(), things=[Thing(takeaway=foreign)])

    assert Prompt.objects.get().outcome == ""


def test_a_link_names_its_prompt_and_a_forged_or_revoked_one_none():
    prompt = PromptFactory()
    token = prompt.token

    assert Prompt.objects.from_token(token).get() == prompt
    assert not Prompt.objects.from_token(token[:-1] + ("A" if token[-1] != "A" else "B")).exists()
    Prompt.objects.update(nonce="another")
    assert not Prompt.objects.from_token(token).exists()


def test_one_prompt_per_person_activity_and_form():
    prompt = PromptFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        PromptFactory(person=prompt.person, activity=prompt.activity)
    PromptFactory(person=prompt.person, activity=prompt.activity, form="F3")


def test_one_prompt_per_person_moment_and_form():
    moment = ReflectionFactory()
    PromptFactory(person=moment.author, activity=None, moment=moment)

    with pytest.raises(IntegrityError), transaction.atomic():
        PromptFactory(person=moment.author, activity=None, moment=moment)


@pytest.mark.parametrize(
    "values",
    [
        {"activity": None},
        {"form": "F9"},
        {"state": "closed"},
        {"outcome": "silent"},
        {"outcome": "answered"},
        {"closes_at": timezone.now() - datetime.timedelta(1)},
    ],
    ids=["about nothing", "form", "closed without outcome", "open and silent", "answered never", "closes before"],
)
def test_an_impossible_prompt_is_refused(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        PromptFactory(**values)
