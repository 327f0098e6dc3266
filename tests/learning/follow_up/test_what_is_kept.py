"""What is kept of an answer: appended, dated as it came, a draft until it is sent."""

import datetime

import pytest
from django.utils import timezone

from learning.models import Artefact, Change, FollowUp, Obstacle, Passing, Reflection, Takeaway
from tests.learning.follow_up.asking import asked, said, send
from tests.learning.test_answer import arrive, page

pytestmark = pytest.mark.django_db


def test_taps_alone_are_an_answer_and_no_note(client, around, keys):
    prompt = asked(around)
    answered = send(client, prompt, data={"thing": [keys.pk], f"state-{keys.pk}": "none_yet", "obstacles": ["not_mine"], "told": ["colleague"]})

    prompt.refresh_from_db()
    assert "Thank you" in answered.content.decode() and prompt.outcome == "answered"
    assert said() == [("w2", "none_yet", "", "only_me")]
    assert Obstacle.objects.values_list("wave", "codes", "activity").get() == ("w2", ["not_mine"], around.activity.pk)
    assert Passing.objects.get().audiences == ["colleague"]
    assert Reflection.objects.count() == 1, "only the note that was there before"


def test_a_late_thing_is_a_note_of_today(client, around, keys):
    prompt = asked(around)
    send(client, prompt, data={"new": "The librarian knows everybody"})

    late = Takeaway.objects.exclude(pk=keys.pk).get()
    assert (late.title, late.reflection.prompt, late.visibility) == ("The librarian knows everybody", prompt, "only_me")
    assert late.reflection.happened_on == timezone.localdate()


def test_the_whole_of_a_story_is_kept(client, around, keys):
    data = {"thing": [keys.pk], f"state-{keys.pk}": "in_use", f"effect-{keys.pk}": "team", "story_of": keys.pk, "story": "We gave two keys away."}
    send(client, asked(around, "F4"), data=data | {"without": "later", "confirm": "link", "confirm_link": "https://rivers.example/keys"})

    row = FollowUp.objects.get()
    assert (row.effect, row.without, row.texts, row.evidence) == ("team", "later", {"story": "We gave two keys away."}, FollowUp.Evidence.DOCUMENT)
    assert Artefact.objects.get().link == "https://rivers.example/keys"


def test_after_a_year_one_says_what_changed_and_what_would_stay(client, around, keys):
    send(client, asked(around, "F5"), data={"thing": [keys.pk], "changed": "rule", "stays": "colleague"})

    assert Change.objects.values_list("wave", "changed", "stays").get() == ("m12", "rule", "colleague")


def test_how_it_could_be_handed_over_is_asked_once(client, around, keys):
    prompt = asked(around)
    assert f"handover-{keys.pk}" in arrive(client, prompt).content.decode()
    send(client, prompt, data={"thing": [keys.pk], f"handover-{keys.pk}": "write"})

    keys.refresh_from_db()
    assert keys.handover == "write"
    assert f"handover-{keys.pk}" not in arrive(client, prompt).content.decode()


def test_sent_twice_it_is_one_and_answered_again_it_is_appended(client, around, keys):
    prompt, data = asked(around), {"thing": [keys.pk], f"state-{keys.pk}": "tried", "obstacles": ["time"]}
    arrive(client, prompt)
    client.post(page(prompt, "form"), data)
    client.post(page(prompt, "form"), data)
    assert FollowUp.objects.count() == 1
    assert client.get(page(prompt, "form")).headers["Location"] == page(prompt, "thanks")

    send(client, prompt, data={"thing": [keys.pk], f"state-{keys.pk}": "in_use", "obstacles": ["nothing", "money"]})
    assert sorted(FollowUp.objects.values_list("state", flat=True)) == ["in_use", "tried"]
    assert Obstacle.objects.get().codes == ["money"]


def test_answered_in_parts_each_part_stays(client, around, keys):
    other, prompt = around.takeaway(title="Walks before talks"), asked(around)
    send(client, prompt, data={"thing": [keys.pk, other.pk], f"state-{keys.pk}": "tried"})
    send(client, prompt, data={"thing": [keys.pk, other.pk], f"state-{other.pk}": "none_yet"})

    assert dict(FollowUp.objects.values_list("takeaway__title", "state")) == {"Neighbours hold the keys": "tried", "Walks before talks": "none_yet"}


def test_a_late_answer_keeps_its_own_date(client, around, keys, time_machine):
    prompt = asked(around)
    time_machine.move_to(timezone.now() + datetime.timedelta(days=17))
    send(client, prompt, data={"thing": [keys.pk], f"state-{keys.pk}": "tried"})

    row = FollowUp.objects.get()
    assert (row.wave, row.observed_at.date()) == ("w2", timezone.now().date())


def test_answering_ends_a_pause(client, around, keys):
    around.author.pauses.create()
    send(client, asked(around), data={"thing": [keys.pk], f"state-{keys.pk}": "unsure"})

    assert around.author.pauses.get().ended_at is not None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "either is enough"),
        ({"story_of": "KEY", "story": "We gave two keys away."}, "Say first what became of it."),
        ({"state-KEY": "in_use", "story_of": "KEY", "story": "Two keys.", "confirm": "person"}, "Say who."),
        ({"state-KEY": "in_use", "story_of": "KEY", "story": "Two keys.", "confirm": "link"}, "Say where it is."),
        ({"state-KEY": "splendid"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_at_its_place_and_what_was_typed_stays(client, around, keys, data, words):
    named = {name.replace("KEY", str(keys.pk)): str(keys.pk) if value == "KEY" else value for name, value in data.items()}
    text = send(client, asked(around, "F4"), data={"thing": [keys.pk]} | named).content.decode()

    assert words in text and data.get("story", "") in text
    assert not FollowUp.objects.exists()


def test_somebody_elses_thing_is_not_asked_about_nor_answered(client, around, keys):
    foreign = around.takeaway(title="Of a colleague", visibility="partnership", told={"author": around.people["colleague"]})
    text = send(client, asked(around), data={"thing": [foreign.pk], f"state-{foreign.pk}": "tried"}).content.decode()

    assert "Of a colleague" not in text and not FollowUp.objects.exists()


def test_what_is_typed_is_kept_as_a_draft_with_the_things_it_was_about(client, around, keys):
    prompt = asked(around)
    arrive(client, prompt)
    client.post(page(prompt, "draft"), {"thing": [keys.pk], f"state-{keys.pk}": "tried", "obstacles": ["time", "money"], "new": "Half a thought"})
    form = client.get(page(prompt, "form")).content.decode()

    assert "Half a thought" in form and f'name="state-{keys.pk}" value="tried"' in form and form.count("checked") >= 4
    client.post(page(prompt, "form"), {"thing": [keys.pk], f"state-{keys.pk}": "tried"})
    client.post(page(prompt, "draft"), {"new": "Too late"})
    assert not Reflection.objects.drafts().exists()
