"""The cards of an activity: read by whom their authors let, taken too, answered, never averaged."""

import uuid

import pytest
from django.core import mail as outbox
from django.urls import reverse
from django.utils import timezone

from iimprove import mail
from learning.models import Reply, Takeaway
from tests.learning import circle

pytestmark = pytest.mark.django_db


@pytest.fixture
def around():
    around = circle.build()
    circle.accept(around.people["other"], around.author)
    return around


def page(client, around, who, query=""):
    client.force_login(around.people[who])
    return client.get(around.activity.get_absolute_url() + query).content.decode()


def read(client, address):
    response = client.get(address)
    return b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()


def press(client, around, name, who="other", data=None, **keys):
    client.force_login(around.people[who])
    return client.post(reverse(f"learning:{name}", kwargs={"project": around.project.slug, "code": around.activity.code, **keys}), data or {})


def test_each_reader_sees_what_was_shared_with_them(client, around):
    for level in ("only_me", "organisation", "partnership"):
        around.takeaway(title=f"For {level}", visibility=level)
    seen = {
        who: [level for level in ("only_me", "organisation", "partnership") if f"For {level}" in page(client, around, who)]
        for who in ("author", "colleague", "other", "associate")
    }

    assert seen == {
        "author": ["organisation", "partnership"],
        "colleague": ["organisation", "partnership"],
        "other": ["partnership"],
        "associate": [],
    }


@pytest.mark.parametrize(("who", "is_named"), [("colleague", True), ("other", True), ("educator", True), ("associate", False), ("stranger", False)])
def test_what_is_public_is_signed_by_name_only_among_all_partners(who, is_named, around, client):
    """By every door the same. Associated partners take part in the project and do not belong to "all partners"."""
    card = around.takeaway(title="Neighbours hold the keys", public=True)
    coordinator = around.people["coordinator"]
    Reply.objects.create(takeaway=card, author=coordinator, text="Which neighbours?")
    project = around.project
    project.published_at = around.activity.published_at = timezone.now()
    project.save()
    around.activity.save()
    if who != "stranger":
        client.force_login(around.people[who])
    doors = {
        "activity": around.activity.get_absolute_url(),
        "things": reverse("learning:project_value_cards", args=[project.slug]),
        "table": reverse("learning:project_things", args=[project.slug]),
        "trace": reverse("learning:trace", args=[project.slug, card.pk]),
        "search": reverse("learning:search") + "?q=neighbours",
    }
    pages = {door: read(client, address) for door, address in doors.items()}

    shown = {door for door, page in pages.items() if card.title in page}
    assert shown == ({"activity", "trace"} if who == "stranger" else {*doors})
    assert {door for door, page in pages.items() if str(around.author) in page} == (shown if is_named else set())
    assert ("Which neighbours?" in pages["activity"]) is (who != "stranger")
    assert (f"{coordinator}, " in pages["activity"]) is is_named


def test_the_count_line_counts_what_one_reads_and_no_more(client, around):
    around.takeaway(visibility="organisation")
    around.takeaway(visibility="partnership")

    assert "2 things shared: 2 not known yet" in page(client, around, "colleague")
    assert "1 thing shared: 1 not known yet" in page(client, around, "other")
    assert "Nothing shared yet" in page(client, around, "associate")


def test_cards_stand_by_kind_and_are_filtered_by_kind(client, around):
    around.takeaway(title="A place", kinds=["place"], visibility="partnership")
    around.takeaway(title="A person", kinds=["who", "what"], visibility="partnership")
    text = page(client, around, "other", "?kind=what")

    assert "A person" in text and "A place" not in text
    assert "A place" in page(client, around, "other", "?kind=nonsense")


def test_taken_too_by_one_tap_and_back_by_another(client, around):
    card = around.takeaway(title="Neighbours hold the keys", visibility="partnership")
    press(client, around, "card_take", card=card.pk)
    press(client, around, "card_take", card=card.pk)

    own = Takeaway.objects.submitted().get(reflection__author=around.people["other"])
    assert (own.taken_from, own.kinds, own.visibility, own.title) == (card, ["why"], "only_me", "")
    assert "You take this, too. Undo" in page(client, around, "other")
    press(client, around, "card_leave", card=card.pk)
    assert not Takeaway.objects.submitted().filter(reflection__author=around.people["other"]).exists()


def test_that_somebody_took_it_in_private_is_not_told(client, around):
    card = around.takeaway(visibility="partnership")
    around.takeaway(visibility="partnership")
    press(client, around, "card_take", card=card.pk)

    assert "2 of 2 things nobody else took too." in page(client, around, "colleague")
    Takeaway.objects.filter(taken_from=card).update(visibility="partnership")
    assert "1 of 3 things nobody else took too." in page(client, around, "colleague")


def test_what_only_one_noticed_can_be_listed(client, around):
    both = around.takeaway(title="Seen by two", visibility="partnership")
    around.takeaway(title="Seen by one", visibility="partnership")
    around.takeaway(title="And by me", visibility="partnership", taken_from=both, told={"author": around.people["other"]})
    listed = page(client, around, "colleague", "?kind=alone")

    assert ("Seen by one" in listed, "Seen by two" in listed) == (True, False)
    assert 'href="?kind=alone#today" aria-current="page"' in listed


def test_what_one_cannot_read_cannot_be_taken_or_answered(client, around):
    card = around.takeaway(visibility="organisation")

    assert press(client, around, "card_take", card=card.pk).status_code == 404
    assert press(client, around, "card_reply", card=card.pk, data={"text": "Who?", "client_key": uuid.uuid4()}).status_code == 404


def test_an_answer_stands_below_the_card_and_the_author_is_told_without_its_text(client, around):
    card = around.takeaway(visibility="partnership")
    said = {"text": "Who holds them where you work?", "client_key": uuid.uuid4()}
    press(client, around, "card_reply", card=card.pk, data=said)
    press(client, around, "card_reply", card=card.pk, data=said)
    mail.drain()

    assert Reply.objects.count() == 1
    assert "Who holds them" in page(client, around, "educator")
    assert [email.to for email in outbox.outbox] == [[around.author.email]]
    assert "Who holds them" not in outbox.outbox[0].body


def test_an_answer_is_deleted_by_who_wrote_it(client, around):
    card = around.takeaway(visibility="partnership")
    press(client, around, "card_reply", card=card.pk, data={"text": "Who holds them?", "client_key": uuid.uuid4()})
    reply = Reply.objects.get()

    assert press(client, around, "reply_delete", "author", reply=reply.pk).status_code == 404
    press(client, around, "reply_delete", reply=reply.pk)
    assert "Who holds them" not in page(client, around, "author")


def test_without_the_notice_nothing_is_taken_and_one_is_told(client, around):
    card = around.takeaway(visibility="partnership")
    press(client, around, "card_take", "colleague", card=card.pk)

    assert Takeaway.objects.count() == 1
