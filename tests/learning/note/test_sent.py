"""What is sent is kept once, about the right thing, read by whom was chosen."""

import datetime

import pytest
from django.urls import reverse

from iimprove.clock import today
from learning.models import ConsentChange, LeftOut, NoticeAcceptance, Reflection, Takeaway
from tests.factories import ActivityFactory
from tests.learning.note.form import NOTE, filled

pytestmark = pytest.mark.django_db


def test_note_with_a_line_alone_is_kept_for_its_author_alone(circle, author, client):
    response = client.post(NOTE, filled(circle, **{"keep-new": "Neighbours hold the keys"}))

    kept = Reflection.objects.get()
    assert response["Location"] == reverse("learning:note_kept", args=[kept.pk])
    assert (kept.author, kept.activity, kept.partner_then, kept.visibility) == (author, circle.activity, circle.home, "only_me")
    assert [(thing.title, thing.kinds, thing.visibility) for thing in kept.takeaways.all()] == [("Neighbours hold the keys", [], "only_me")]


def test_note_with_taps_alone_is_kept(circle, author, client):
    client.post(NOTE, filled(circle, **{"kind-new": ["why", "who"], "doubt-new": "on", "gave": "2", "will_use-new": "1"}))

    thing = Takeaway.objects.get()
    assert (thing.title, thing.kinds, thing.is_doubt, thing.will_use, thing.reflection.gave) == ("", ["why", "who"], True, 1, 2)


def test_note_with_nothing_in_it_is_refused_and_says_what_is_enough(circle, author, client):
    response = client.post(NOTE, filled(circle, **{"keep-new": "   "}))

    assert response.context["form"].errors == {"keep-new": ["Write a line, or tap something: either is enough."]}
    assert not Reflection.objects.exists()


def test_third_kind_is_refused_and_everything_typed_is_still_there(circle, author, client):
    sent = filled(circle, **{"keep-new": "Ugnė opens the yard", "kind-new": ["why", "who", "how"], "happened_on": "2019-03-20"})

    page = client.post(NOTE, sent).content.decode()

    assert "Ugnė opens the yard" in page
    assert 'value="2019-03-20"' in page
    assert page.count("checked>") == 5  # the starter, three kinds, only me


def test_same_form_sent_twice_is_one_note(circle, author, client):
    sent = filled(circle, **{"keep-new": "Once"})

    answers = [client.post(NOTE, sent)["Location"] for _again in range(2)]

    assert answers[0] == answers[1]
    assert Reflection.objects.count() == 1


def test_form_that_was_kept_and_comes_back_with_other_words_is_another_note(circle, author, client):
    sent = filled(circle, **{"keep-new": "First"})
    client.post(NOTE, sent)

    for _again in range(2):
        client.post(NOTE, sent | {"keep-new": "Second, from another tab"})

    assert sorted(Takeaway.objects.values_list("title", flat=True)) == ["First", "Second, from another tab"]


def test_story_keeps_the_marked_sentence_and_the_whole(circle, author, client):
    story = "We waited at the gate. Nobody came. Then the neighbour did."
    client.post(NOTE, filled(circle, starter="story", story=story, **{"keep-new": "Then the neighbour did."}))

    kept = Reflection.objects.get()
    assert (kept.starter, kept.text) == ("story", story)
    assert [thing.title for thing in kept.takeaways.all()] == ["Then the neighbour did."]


def test_story_without_a_mark_takes_its_first_sentence(circle, author, client):
    client.post(NOTE, filled(circle, starter="story", story="We waited at the gate.\nNobody came."))

    assert Takeaway.objects.get().title == "We waited at the gate."
    assert Reflection.objects.get().text == "We waited at the gate.\nNobody came."


def test_questions_are_kept_as_context_and_plan(circle, author, client):
    sent = {"keep-new": "Ask first", "happened": "We walked.", "bothered": "The silence.", "when": "Monday", "then": "I ask"}
    client.post(NOTE, filled(circle, starter="questions", **sent))

    thing = Takeaway.objects.get()
    assert thing.reflection.answers == {"happened": "We walked.", "bothered": "The silence."}
    assert (thing.plan_when, thing.plan_then) == ("Monday", "I ask")


def test_note_can_be_set_back_but_not_forward(circle, author, client):
    day = today() - datetime.timedelta(days=400)
    client.post(NOTE, filled(circle, happened_on=day.isoformat(), **{"keep-new": "Long ago"}))
    response = client.post(NOTE, filled(circle, happened_on=(today() + datetime.timedelta(days=1)).isoformat(), **{"keep-new": "Soon"}))

    assert Reflection.objects.get().happened_on == day
    assert response.context["form"].errors == {"happened_on": ["This day is still to come."]}


def test_note_for_all_partners_is_read_by_them_at_once(circle, author, client):
    client.post(NOTE, filled(circle, readers="partnership", **{"keep-new": "For all"}))

    thing = Takeaway.objects.get()
    readers = {name for name, person in circle.people.items() if Takeaway.objects.visible_to(person).filter(pk=thing.pk).exists()}
    assert {"other", "coordinator", "educator"} <= readers
    assert not readers & {"stranger", "outsider", "associate"}


def test_people_are_listed_once_one_of_them_is_to_read_it(circle, author, client):
    def offered(readers):
        return client.get(NOTE, {"about": "", "readers": readers}, headers={"HX-Request": "true"}).content.decode().count("<option")

    assert offered("only_me") == 0
    assert offered("person") > 1


def test_one_person_without_scripts_is_chosen_from_the_form_that_comes_back(circle, author, client):
    sent = filled(circle, readers="person", **{"keep-new": "For one"})
    field = client.post(NOTE, sent).context["form"]["reader"]
    reader = field.field.queryset.first()
    client.post(NOTE, sent | {"reader": str(reader.pk)})

    assert field.errors == ["Say who may read it."]
    assert Takeaway.objects.get().reader == reader


def test_note_for_others_is_asked_about_again_when_it_is_about_something_else_than_was_shown(circle, author, client):
    response = client.post(NOTE, filled(circle, readers="organisation", shown_with="1/2", **{"keep-new": "For whom?"}))

    assert list(response.context["form"].errors) == ["readers"]
    assert not Reflection.objects.exists()


def test_note_about_an_activity_of_others_is_about_nothing(circle, author, client):
    elsewhere = ActivityFactory()

    client.post(NOTE, filled(circle, about=f"{elsewhere.project.slug}/{elsewhere.code}", **{"keep-new": "Mine"}))

    assert not Reflection.objects.filter(project=elsewhere.project).exists()


def test_first_note_is_kept_once_the_notice_was_read_with_the_organisation_in_it(circle, client):
    client.force_login(circle.people["colleague"])
    page = client.get(f"{NOTE}?activity={circle.project.slug}/{circle.activity.code}").content.decode()
    assert f"never used by {circle.home}" in page

    refused = client.post(NOTE, filled(circle, **{"keep-new": "A thought"}))
    assert "A thought" in refused.content.decode()
    client.post(NOTE, filled(circle, notice="1", **{"keep-new": "A thought"}))

    accepted = NoticeAcceptance.objects.get(person=circle.people["colleague"])
    assert (accepted.version, accepted.partner) == ("1", circle.home)
    assert Takeaway.objects.get().title == "A thought"
    assert "Before your first note" not in client.get(NOTE).content.decode()


def test_counting_when_few_and_leaving_out_are_kept_with_their_history(circle, author, client):
    client.post(NOTE, filled(circle, counts_when_few="on", leave_out="on", **{"keep-new": "Count me"}))
    client.post(NOTE, filled(circle, **{"keep-new": "Count me in again"}))

    assert [row.counts_when_few for row in Reflection.objects.order_by("created_at")] == [True, False]
    assert not LeftOut.objects.exists()
    said = [(row.about, row.is_given) for row in ConsentChange.objects.filter(person=author)]
    assert said == [("left_out", True), ("counts_when_few", True), ("left_out", False)]


# What it is about
