"""What an activity's page says in numbers: the same for all, from three people on, and never what somebody kept to themselves."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from tests.factories import AttendanceFactory, PromptFactory
from tests.learning import circle

pytestmark = pytest.mark.django_db


@pytest.fixture
def around():
    around = circle.build()
    for name in ("author", "colleague", "admin", "other"):
        AttendanceFactory(person=around.people[name], activity=around.activity, partner=around.home)
    return around


def say(around, name, kind, visibility="partnership", gave=1):
    told = {"author": around.people[name], "visibility": visibility, "gave": gave}
    around.takeaway(kinds=[kind], visibility=visibility, will_use=2, told=told)


def page(client, around, who="colleague"):
    client.force_login(around.people[who])
    return client.get(around.activity.get_absolute_url()).content.decode()


def measured(around):
    out = StringIO()
    call_command("measures", around.project.slug, "--json", stdout=out)
    return json.loads(out.getvalue())["activities"][around.activity.code]


def test_three_kinds_of_no_number_are_three_sentences(client, around):
    text = page(client, around)
    assert "Not asked yet" in text and "No data" in text and "Hidden to protect people" not in text

    say(around, "author", "who")
    assert "Hidden to protect people" in page(client, around)


def test_from_three_people_on_the_figures_say_what_they_shared(client, around):
    for name, kind in [("author", "who"), ("colleague", "why"), ("admin", "who")]:
        say(around, name, kind)
    text = page(client, around)

    assert "Most often: A person or contact." in text
    assert "3 people of 4 who were there" in text
    assert measured(around)["M7"]["value"]["value"] == pytest.approx(2 / 3, abs=1e-6)


def test_what_somebody_keeps_to_themselves_moves_no_figure(client, around):
    for name in ("author", "colleague", "admin"):
        say(around, name, "who")
    before = measured(around)
    say(around, "other", "me", visibility="only_me", gave=-1)

    assert measured(around) == before


def test_everybody_inside_sees_the_same(client, around):
    for name in ("author", "colleague", "admin"):
        say(around, name, "who")

    def part(who):
        return page(client, around, who).split('id="figures-title"')[1].split("</section>")[0]

    assert part("colleague") == part("coordinator") == part("associate")


def test_response_is_a_count_of_who_was_asked(client, around):
    for name, outcome in [("author", "answered"), ("colleague", "silent"), ("admin", "left")]:
        state = "closed"
        answered = {"answered_at": "2019-04-01T00:00Z"} if outcome == "answered" else {}
        PromptFactory(person=around.people[name], activity=around.activity, outcome=outcome, state=state, **answered)

    assert "1 of 3 have answered (1 Has left, 1 Not answered)" in page(client, around)


def test_the_csv_holds_exactly_what_the_page_shows(client, around):
    for name in ("author", "colleague", "admin"):
        say(around, name, "who")
    client.force_login(around.people["colleague"])
    text = client.get(reverse("learning:activity_figures", args=[around.project.slug, around.activity.code])).content.decode()

    assert "A person or contact,How much,3.0" in text
    assert "Who answered,,,,,,Not asked yet." in text
