"""From a number to the things behind it: exactly those the reader may read; and whom a coordinator may call about them."""

import datetime
import html

import pytest
from django.urls import reverse

from learning.actions.releases import release_due
from learning.models import FollowUp, Release
from tests.factories import ActivityFactory, AttendanceFactory, PersonFactory
from tests.learning import circle
from tests.learning.worth import AT_THE_END, NOW, full, people, say

pytestmark = pytest.mark.django_db
MONTHS = AT_THE_END + datetime.timedelta(days=92)


@pytest.fixture
def around():
    return circle.build()


def value(client, around, who="colleague", **query):
    client.force_login(around.people[who])
    return client.get(reverse("learning:project_value", args=[around.project.slug]), query).context["told"]


def cards(client, around, who="colleague", **query):
    client.force_login(around.people[who])
    return client.get(reverse("learning:project_value_cards", args=[around.project.slug]), query)


def things(client, around, who="colleague", **query):
    return {thing.pk for thing in cards(client, around, who, **query).context["page"].paginator.object_list}


def later(thing, *, state="in_use", wave="m3", at=MONTHS, **said):
    return FollowUp.objects.create(takeaway=thing, wave=wave, state=state, observed_at=at, **{"visibility": thing.visibility, **said})


def test_each_way_leads_to_as_many_things_as_it_says(client, around):
    full(around, 6)
    ways = {story.url: story.count for figure in value(client, around).figures for story in figure.stories}

    assert len(ways) > 15
    assert {url: client.get(url).context["page"].paginator.count for url in ways} == ways


def test_behind_a_number_stands_what_one_may_read_and_nothing_else(client, around):
    full(around, 6)
    open_thing, kept_later, in_house = (say(around, person) for person in people(around, 3))
    later(open_thing)
    later(kept_later, visibility="only_me")
    type(in_house).objects.filter(pk=in_house.pk).update(visibility="organisation")
    later(in_house, visibility="organisation")
    mine = {open_thing.pk, kept_later.pk, in_house.pk}

    assert things(client, around, of="M4.value m3") & mine == {open_thing.pk, in_house.pk}
    assert things(client, around, "other", of="M4.value m3") & mine == {open_thing.pk}
    assert things(client, around, "associate", of="M4.value m3") == set()
    assert "Nothing of it is shared with you." in cards(client, around, "associate", of="M4.value m3").content.decode()


def test_without_a_number_all_things_stand_there_but_what_is_mine_alone(client, around):
    shared = say(around, around.people["colleague"])
    say(around, around.people["colleague"], visibility="only_me")
    draft = say(around, around.people["colleague"])
    type(draft.reflection).objects.filter(pk=draft.reflection_id).update(submitted_at=None)

    assert things(client, around) == {shared.pk}


def test_the_number_stands_above_the_things_with_of_whom_it_speaks(client, around):
    full(around, 6)
    FollowUp.objects.filter(wave="m12").update(evidence=2)
    Release.objects.all().delete()
    release_due(NOW)
    text = " ".join(html.unescape(cards(client, around, of="M4.value m12").content.decode()).split())

    assert "After twelve months: in use, or noticed" in text
    assert "6 people counted, of 6; what they say of themselves. How it is known: A document, photo or link 6. As said at each of these times" in text
    assert "6 things you may read" in text


def test_the_filters_of_the_page_hold_for_the_things_behind_it(client, around):
    full(around, 5)
    lab = ActivityFactory(project=around.project, host=around.home, kind="lab", starts_on="2020-02-01", ends_on="2020-02-02")
    there = [AttendanceFactory(person=PersonFactory(), activity=lab, partner=around.home).person for _ in range(3)]
    at_the_lab = {say(around, person, activity=lab).pk for person in there}

    assert things(client, around, of="kinds who", kind="lab") == at_the_lab
    assert at_the_lab < things(client, around, of="kinds who")
    assert not at_the_lab & things(client, around, of="M4.value m3", kind="lab")


@pytest.mark.parametrize("number", ["M4.value m3", "M11.time m3", "rubbish"])
def test_behind_what_is_no_number_there_is_no_page(number, client, around):
    """Also behind a figure that is hidden."""
    later(say(around, people(around, 1)[0]))
    assert cards(client, around, of=number).status_code == 404


def calls(client, around, **query):
    client.force_login(around.people["coordinator"])
    return client.get(reverse("learning:project_value_calls", args=[around.project.slug]), query)


def test_suggested_are_two_of_much_and_two_of_nothing_by_different_people(client, around):
    everybody = people(around, 6)
    best, good, plain, none, hoped, twice = (say(around, person, will_use=1 if person is everybody[3] else 2) for person in everybody)
    later(best, effect="public", evidence=3)
    later(good, effect="team", evidence=1)
    later(plain)
    later(none, state="none_yet")
    later(hoped, state="none_yet")
    later(twice, effect="public", evidence=2)
    later(say(around, everybody[5]), state="none_yet")
    page = calls(client, around)

    assert [thing.pk for thing, _why in page.context["much"]] == [best.pk, twice.pk]
    assert [thing.pk for thing, _why in page.context["nothing"]] == [hoped.pk, none.pk]
    assert page.context["much"][0][1] == "“I use it”. Who noticed: Our audience or community. Confirmed by another person."
    assert page.context["nothing"][0][1] == "At first: “Yes, and I know where”. On 24 June 2019: “Nothing yet”."


def test_suggested_is_only_what_the_coordinator_may_read_of_others_who_give_their_name(client, around):
    hidden, unsaid, unnamed, gone = (say(around, person) for person in people(around, 4))
    type(hidden).objects.filter(pk=hidden.pk).update(visibility="organisation")
    later(hidden, visibility="organisation", effect="public")
    later(unsaid, visibility="only_me", effect="public")
    type(unnamed.reflection).objects.filter(pk=unnamed.reflection_id).update(shown_as="role")
    later(unnamed, effect="public")
    type(gone.reflection.author).objects.filter(pk=gone.reflection.author_id).update(is_active=False)
    later(gone, effect="public")
    later(say(around, around.people["coordinator"]), effect="public")
    page = calls(client, around)

    assert (page.context["much"], page.context["nothing"]) == ([], [])
    assert "Nobody has shared with you yet that something came of a thing" in page.content.decode()
    assert "Who is silent is not counted as that." in page.content.decode()


def test_nothing_came_of_it_is_said_after_three_months_and_only_of_what_was_hoped_for(client, around):
    early, never, given_up, _silent = (say(around, person) for person in people(around, 4))
    later(early, state="none_yet", wave="w2", at=AT_THE_END + datetime.timedelta(days=15))
    type(never).objects.filter(pk=never.pk).update(will_use=0)
    later(never, state="wont")
    later(given_up, state="tried", wave="w2", at=AT_THE_END + datetime.timedelta(days=15))
    later(given_up, state="none_yet")

    assert calls(client, around).context["nothing"] == []


def test_calls_are_suggested_for_the_period_that_is_chosen(client, around):
    thing = say(around, people(around, 1)[0])
    later(thing, effect="team")

    assert [found.pk for found, _why in calls(client, around, period="2018").context["much"]] == [thing.pk]
    assert calls(client, around, period="").context["much"]
    ActivityFactory(project=around.project, starts_on="2020-02-01", ends_on="2020-02-02")
    assert calls(client, around, period="2019").context["much"] == []
