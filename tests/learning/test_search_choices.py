"""What search finds, page by page, and what can be chosen there: a name, an organisation or an activity stands there only where one may read something of it."""

import html
import re
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from learning.views import search
from tests.factories import ReflectionFactory, TakeawayFactory
from tests.learning import circle

pytestmark = pytest.mark.django_db


@pytest.fixture
def around():
    return circle.build()


def choices(client, reader, name):
    """The words of the choices of one filter."""
    client.force_login(reader)
    page = client.get(reverse("learning:search")).content.decode()
    select = re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.DOTALL)
    return {html.unescape(words) for words in re.findall(r"<option[^>]*>([^<]*)</option>", select[0])} if select else set()


@pytest.fixture
def told(around):
    """By somebody of the same project, about one of its visits."""
    other = around.people["other"]
    return ReflectionFactory(author=other, partner_then=other.memberships.get().partner, activity=around.activity)


@pytest.mark.parametrize("has_thing", [True, False])
def test_what_is_kept_to_oneself_gives_no_choice(has_thing, around, told, client):
    if has_thing:
        TakeawayFactory(reflection=told)

    assert str(told.author) not in choices(client, around.author, "who")
    assert str(told.partner_then) not in choices(client, around.author, "partner")
    assert str(told.activity) not in choices(client, around.author, "activity")


def test_what_is_shared_gives_its_choices(around, told, client):
    TakeawayFactory(reflection=told, visibility="partnership")

    assert str(told.author) in choices(client, around.author, "who")
    assert str(told.partner_then) in choices(client, around.author, "partner")
    assert str(told.activity) in choices(client, around.author, "activity")


def test_what_was_sent_to_somebody_outside_names_no_activity_they_cannot_open(around, told, client):
    outsider = around.people["outsider"]
    TakeawayFactory(reflection=told, visibility="person", reader=outsider)

    assert str(told.author) in choices(client, outsider, "who")
    assert str(told.activity) not in choices(client, outsider, "activity")


def test_what_was_sent_and_then_taken_away_names_its_author_no_more(around, told, client):
    outsider = around.people["outsider"]
    TakeawayFactory(reflection=told, visibility="person", reader=outsider, deleted_at=timezone.now())
    TakeawayFactory(reflection=told, public=True)

    assert str(told.author) not in choices(client, outsider, "who")


@pytest.fixture
def thirty(around, client):
    """Fifteen things and fifteen notes in which the same word is found, of a visit and of none; and fifteen things of a visit with another."""
    for number in range(15):
        around.takeaway(told={"activity": None}, title=f"lighthouse {number}", visibility="organisation")
        around.reflection(text=f"lighthouse {number}", visibility="partnership")
        around.takeaway(told={"text": ""}, title=f"lamp {number}", visibility="organisation")
    client.force_login(around.people["colleague"])
    return lambda page, words="lighthouse": client.get(reverse("learning:search"), {"q": words, "page": page})


def test_all_that_is_found_is_counted_and_stands_on_one_page(thirty):
    pages = [thirty(page).context["page"] for page in (1, 2)]

    assert [(page.paginator.count, len(page.object_list)) for page in pages] == [(30, 25), (30, 5)]
    assert len({(row["thing"] or row["note"]).pk for page in pages for row in page.object_list}) == 30
    assert {bool(row["activity"]) for page in pages for row in page.object_list} == {True, False}


@pytest.mark.parametrize(("asked", "got"), [("3", 2), ("9" * 30, 2), ("-1", 2), ("", 1), ("x", 1), ("2", 2)])
def test_a_page_that_is_not_there_is_the_last_or_the_first(asked, got, thirty):
    page = thirty(asked).context["page"]

    assert (page.number, page.paginator.num_pages, len(page.object_list)) == (got, 2, 25 if got == 1 else 5)


def test_as_many_queries_however_much_is_found(thirty, django_assert_num_queries):
    with CaptureQueriesContext(connection) as many:
        thirty(1, "l")
    with patch.object(search, "PER_PAGE", 1), django_assert_num_queries(len(many)):
        assert thirty(7, "l").context["page"].paginator.num_pages == 45


@pytest.mark.parametrize(("reader", "is_told"), [("colleague", True), ("outsider", False)])
def test_a_thing_leads_to_its_visit_whoever_may_know_of_it(reader, is_told, around, client):
    around.takeaway(title="lighthouse", public=True)
    client.force_login(around.people[reader])

    page = client.get(reverse("learning:search"), {"q": "lighthouse"}, headers={"HX-Request": "true"}).content.decode()

    assert "lighthouse" in page
    assert (around.activity.get_absolute_url() in page) == is_told


def test_that_nothing_is_found_is_said(around, client):
    client.force_login(around.author)

    assert "Nothing found" in client.get(reverse("learning:search"), {"q": "lighthouse"}).content.decode()
    assert "Nothing found" not in client.get(reverse("learning:search")).content.decode()
