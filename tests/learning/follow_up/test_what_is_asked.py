"""What is asked again: which things, how many, in which words."""

import datetime

import pytest
from django.utils import timezone

from learning import about
from learning.models import Obstacle, QuestionSettings, Takeaway
from tests.factories import FollowUpFactory, PromptFactory
from tests.learning.follow_up.asking import asked, said, send
from tests.learning.test_answer import arrive, page

pytestmark = pytest.mark.django_db


def test_own_live_things_are_asked_in_their_own_words_with_what_is_known(client, around, keys):
    around.takeaway(title="Will not use", will_use=0)
    around.takeaway(title="Of a colleague", visibility="partnership", told={"author": around.people["colleague"]})
    around.takeaway(title="From elsewhere", told={"activity": None, "project": around.project})
    FollowUpFactory(takeaway=keys, wave="w2", state="none_yet", observed_at=datetime.datetime(2026, 3, 4, 12, tzinfo=datetime.UTC))

    text = arrive(client, asked(around, "F4")).content.decode()

    assert "Neighbours hold the keys" in text and "Last known, 4 March 2026: Nothing yet" in text
    assert all(title not in text for title in ("Will not use", "Of a colleague", "From elsewhere"))
    assert " checked" not in text.replace('value="only_me" checked', "").replace('id="id_share_0" checked', "")


def test_at_most_three_are_asked_the_longest_not_asked_first_and_the_rest_is_counted(client, around):
    things = [around.takeaway(title=f"Thing number {number}") for number in range(5)]
    for days, thing in enumerate(things[:3]):
        FollowUpFactory(takeaway=thing, wave="any", observed_at=timezone.now() - datetime.timedelta(days=days + 1))

    text = arrive(client, asked(around)).content.decode()

    assert [number for number in range(5) if f"Thing number {number}" in text] == [2, 3, 4]
    assert "2 more things of yours are not asked about this time" in text


def test_a_project_may_want_fewer_things_asked(client, around):
    QuestionSettings.objects.create(project=around.project, values={"load": {"things_f3": 1}})
    for number in range(3):
        around.takeaway(title=f"Thing number {number}")

    assert arrive(client, asked(around)).content.decode().count('name="thing"') == 1


def test_at_the_end_all_of_the_project_is_asked_that_was_not_stopped(client, around, keys):
    stopped = around.takeaway(title="Stopped long ago")
    FollowUpFactory(takeaway=stopped, state="stopped")
    around.takeaway(title="An everyday moment", told={"activity": None, "project": around.project})
    prompt = asked(around, "F4", activity=None, project=around.project)

    text = arrive(client, prompt).content.decode()

    assert f"What became of what you took with you in {around.project}?" in text
    assert "Neighbours hold the keys" in text and "An everyday moment" in text and "Stopped long ago" not in text


def test_an_everyday_moment_is_asked_about_by_its_day(client, around):
    moment = around.takeaway(title="On the tram", told={"activity": None, "project": around.project}).reflection
    prompt = asked(around, "F3", activity=None, moment=moment)

    assert "What became of what you noted on" in arrive(client, prompt).content.decode()
    send(client, prompt, data={f"state-{moment.takeaways.get().pk}": "tried", "obstacles": ["time"]})

    assert said() == [("w2", "tried", "", "only_me")]
    assert Obstacle.objects.get().moment == moment


def test_who_has_nothing_to_be_asked_about_can_still_say_something(client, around):
    text = arrive(client, prompt := asked(around)).content.decode()
    assert "There is no thing of yours to ask about" in text

    client.post(page(prompt, "form"), {"new": "The librarian knows everybody"})

    assert Takeaway.objects.get().title == "The librarian knows everybody"


def test_the_words_of_every_question(around, keys):
    moment = around.reflection(activity=None, project=around.project)
    for prompt, words in (
        (asked(around, "F2"), "What do you take with you from"),
        (asked(around, "F3"), "What became of what you took from"),
        (asked(around, "F3", activity=None, moment=moment), "What became of what you noted on"),
        (asked(around, "F4", activity=None, project=around.project), "What became of what you took with you in"),
        (PromptFactory(activity=None, follow_up=FollowUpFactory(takeaway=keys), form="F7"), "Is it so?"),
    ):
        assert about.headline(prompt).startswith(words)
