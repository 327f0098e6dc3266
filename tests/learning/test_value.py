"""The page of a project's value: full where people share, honest where they do not, the same on the page, in the CSV and as JSON."""

import csv
import datetime
import html
import io
import json

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from learning import disclosure
from learning.actions.releases import release_due
from learning.disclosure.stored import scopes
from learning.models import ConsentChange, FollowUp, LeftOut, Release
from learning.value import Filters, row_of, value_of
from tests.factories import ActivityFactory, AttendanceFactory, PersonFactory
from tests.learning import circle
from tests.learning.worth import AT_THE_END, NOW, asked, full, people, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def around():
    return circle.build()


@pytest.fixture
def reader(client, around):
    client.force_login(around.people["colleague"])
    return client


def text_of(client, around, **query):
    page = client.get(reverse("learning:project_value", args=[around.project.slug]), query)
    assert page.status_code == 200
    return " ".join(html.unescape(page.content.decode()).split())


def written(client, around, **query):
    answer = client.get(reverse("learning:project_value_figures", args=[around.project.slug]), query)
    return list(csv.reader(io.StringIO(answer.content.decode().removeprefix("\ufeff"))))[1:]


def measured(around):
    out = io.StringIO()
    call_command("measures", around.project.slug, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_a_full_page_states_what_it_was_worth_at_once_and_later(reader, around):
    full(around)
    text = text_of(reader, around)

    assert "Got something, and expects to use something: 12 of 12 (100 % of those known)." in text
    assert "12 people counted, of 12; what they say of themselves" in text
    assert "After twelve months: in use, or noticed: 12 of 12 (100 % of those known)." in text
    assert "After twelve months: 100 % of the things had been tried or used" in text
    assert "Heard of twice: 0 went up, 12 stayed, 0 went down. Of 12 in use at first, 12 still were." in text
    assert "Between 1 of 6 pairs of partners something was taken and used." in text
    assert "Said so 6, One concrete example told 6" in text


def test_silent_and_left_are_streams_of_their_own(reader, around):
    full(around)
    assert [line[2:4] for line in written(reader, around) if line[:2] == ["Who answered", "After two weeks"]] == [
        ["Answered", "4"],
        ["Not answered", "4"],
        ["Has left", "4"],
        ["Wants no questions", "0"],
        ["Mail did not arrive", "0"],
        ["Still open", "0"],
    ]


def test_how_well_it_is_known_stands_beside_what_is_known(reader, around):
    full(around, 6)
    text, lines = text_of(reader, around), written(reader, around)

    assert "6 people counted, of 6; what they say of themselves. How it is known: Said so 3, One concrete example told 3." in text
    assert "After twelve months: in use, or noticed: Said so 3, One concrete example told 3." in text
    assert [line[2:4] for line in lines if line[:2] == ["How well it is known", "After twelve months: in use, or noticed"]] == [
        ["Said so", "3"],
        ["One concrete example told", "3"],
        ["A document, photo or link", "0"],
        ["Confirmed by another person", "0"],
        ["Kept to themselves", "0"],
        ["Yes", "6"],
    ]


@pytest.mark.parametrize(("sharing", "mix"), [(2, ()), (5, (5, 0, 0, 0))])
def test_of_hidden_people_nobody_is_told_how_well_it_is_known(sharing, mix, reader, around, monkeypatch):
    """Two who share are too few; of those who are counted together the yes counts alone."""
    monkeypatch.setattr("learning.disclosure.project.threshold", lambda *_: 2)
    for place, person in enumerate(people(around, 9)):
        visibility = "partnership" if place < sharing else "only_me"
        said = {"state": "in_use" if place < 7 else "none_yet", "effect": "no", "evidence": 0 if place < sharing else 2}
        thing = say(around, person, visibility=visibility)
        FollowUp.objects.create(takeaway=thing, wave="m3", observed_at=AT_THE_END + datetime.timedelta(days=92), visibility=visibility, **said)
    release_due(NOW)
    figure = disclosure.released(around.project)[1]["M4.value", "m3"]

    assert (figure.bar.yes, figure.n, figure.evidence) == (7, 9, mix)
    assert ("Kept to themselves" in text_of(reader, around)) == bool(mix)


def test_every_figure_says_of_whom_and_when(reader, around):
    full(around)
    told = reader.get(reverse("learning:project_value", args=[around.project.slug])).context["told"]
    shown = [figure for figure in told.figures if not figure.hidden and figure.columns]

    assert len(shown) > 15
    assert [figure.name for figure in shown if not (figure.sentence and figure.basis and figure.window and figure.rows)] == []
    assert "Said within a month of the visit; released on 22 November 2026." in text_of(reader, around)


def test_three_ways_of_no_number_look_different(reader, around):
    for person in people(around, 2):
        say(around, person)
    release_due(NOW)
    text = text_of(reader, around)

    for mark, words in [("protected", "Hidden to protect people"), ("no_data", "No data"), ("not_asked_yet", "Not asked yet")]:
        assert f"figure-{mark}" in text and words in text


@pytest.mark.parametrize("number", [0, 1, 2, 4])
def test_fewer_than_five_people_give_no_figure_of_the_project(number, reader, around):
    for person in people(around, number):
        say(around, person)
    release_due(NOW)
    figures = disclosure.released(around.project)[1]

    assert {figure.hidden for figure in figures.values()} <= set(disclosure.Hidden)
    assert "people counted" not in text_of(reader, around).split('id="shared"')[0]


def test_five_people_give_a_figure_in_counts_without_percentages(reader, around):
    for person in people(around, 5):
        say(around, person)
    release_due(NOW)

    assert "Got something, and expects to use something: 5 of 5." in text_of(reader, around)


def test_nobody_attended(reader, around):
    release_due(NOW)
    assert "No data: nobody has shared anything of this." in text_of(reader, around)


def test_all_silent(reader, around):
    for person in people(around, 6):
        asked(around, person, "silent")
    release_due(NOW)

    assert "0 of 6 have answered" in text_of(reader, around)
    assert "Fewer than half of them noted something within three weeks." in text_of(reader, around)


def test_all_have_left(reader, around):
    for person in people(around, 6):
        say(around, person)
        asked(around, person, "left", form="F4")
    release_due(NOW)

    assert "At once: got something, expects to use it: 6 of 6." in text_of(reader, around)
    assert ["After three months: in use, or noticed", "Not known", "6"] in [line[1:4] for line in written(reader, around)]
    assert "At the project's end: 0 of 6; of 6 it is not known, so it is between 0 and 6 of 6." in text_of(reader, around)


def test_one_partner_has_nobody_to_take_things_from(reader, around):
    around.project.parts.exclude(partner=around.home).delete()
    assert "Between partners" not in text_of(reader, around)


def test_before_the_first_release_the_page_says_when_it_comes(reader, around):
    assert "Nothing released yet" in text_of(reader, around)


@pytest.mark.parametrize("hidden", ["only_me", "organisation"])
def test_page_csv_and_json_show_the_same_and_hide_the_same(hidden, reader, around):
    full(around, 7)
    for person in people(around, 3):
        say(around, person, ["me"], visibility=hidden, gave=-1, will_use=0)
    Release.objects.all().delete()
    release_due(NOW)
    said, text, lines = measured(around), text_of(reader, around), written(reader, around)

    value = said["released"]["M3.value t0"]
    assert (value["bar"], value["n"], value["base"]) == ({"yes": 7, "no": 0, "unknown": 0}, 7, 10)
    short_term = {tuple(line[1:4]) for line in lines if line[0] == "Short-term value"}
    assert {
        ("Got something, and expects to use something", "Yes", "7"),
        ("Got something, and expects to use something", "Counted", "7"),
    } <= short_term
    assert "7 people counted, of 10; what they say of themselves; 3 who keep it to themselves are not counted" in text
    assert (said["released"]["M4.value end"]["hidden"] is None) == ("At the project's end: in use, or noticed" in text)
    assert dict(said["shared"]["kinds"]["value"])["me"] == 0
    assert [line[3] for line in lines if line[:2] == ["Kinds of things", "Something about me"]] == ["0.0"]
    for title in {line[0] for line in lines}:
        assert title in text


def test_what_somebody_keeps_to_themselves_moves_nothing(reader, around):
    full(around, 6)
    kept = say(around, people(around, 1)[0], visibility="only_me", gave=-1, will_use=0)
    Release.objects.all().delete()
    release_due(NOW)
    before = measured(around) | {"released_at": ""}, written(reader, around)
    type(kept.reflection).objects.filter(pk=kept.reflection_id).update(gave=2)
    kept.will_use, kept.kinds = 2, ["why", "place"]
    kept.save()
    Release.objects.all().delete()
    release_due(NOW)

    assert (measured(around) | {"released_at": ""}, written(reader, around)) == before


def test_what_partners_took_is_counted_over_the_cards_one_reads(client, around):
    def between(name):
        client.force_login(around.people[name])
        return client.get(reverse("learning:project_value", args=[around.project.slug])).context["told"].between

    before = {name: between(name) for name in ("colleague", "other")}
    thing = say(around, around.author, visibility="organisation")
    thing.source_partners.add(around.people["other"].memberships.get().partner)

    assert {name: between(name) == before[name] for name in before} == {"colleague": False, "other": True}


def test_what_is_read_in_parts_is_counted_as_what_is_read_at_once(reader, around, monkeypatch):
    full(around)

    def told():
        caches["near"].clear()
        asked = around.project, around.people["colleague"], Filters()
        return value_of(*asked), [row_of(*asked, number)[2] for number in ("kinds who", "state in_use")]

    at_once = told()
    monkeypatch.setattr(scopes, "IN_ONE_PART", 5)

    assert told() == at_once
    assert any(story.count > 5 for figure in at_once[0].figures for story in figure.stories)


def test_everybody_inside_sees_the_same_figures(client, around):
    full(around)

    def figures(who):
        client.force_login(around.people[who])
        return text_of(client, around).split('id="at-once"')[1].split('id="between"')[0]

    assert figures("colleague") == figures("coordinator") == figures("other_admin")


def test_filters_choose_activities_of_the_shared_figures_only(reader, around):
    full(around, 5)
    late = ActivityFactory(project=around.project, host=around.home, kind="lab", starts_on="2020-02-01", ends_on="2020-02-02")
    for _ in range(3):
        person = AttendanceFactory(person=PersonFactory(), activity=late, partner=around.home).person
        say(around, person, ["place"], activity=late)

    def kinds(**query):
        return {line[1]: line[3] for line in written(reader, around, **query) if line[0] == "Kinds of things"}

    assert kinds()["A feel for a place"] == "3.0"
    assert kinds(year="2018")["A feel for a place"] == "0.0"
    assert kinds(year="2019") == kinds(kind="lab") == kinds(year="2019", kind="lab")
    assert kinds(year="2019")["A person or contact"] == "0.0"
    assert kinds(year="recent") == kinds(year="1950") == {"": ""}
    assert kinds(year="rubbish", kind="rubbish") == kinds()
    assert "Reset" in text_of(reader, around, year="2019") and "Reset" not in text_of(reader, around)


def test_activity_by_activity_shows_what_the_activity_page_shows(reader, around):
    full(around, 5)
    here = measured(around)["activities"][around.activity.code]

    assert here["M7"]["n"] == 5
    assert f"{around.activity} </p>".replace(" </p>", "") in text_of(reader, around)
    assert f"Difference between people: {round(here['M7']['value']['value'], 2)}." in text_of(reader, around)


def test_a_title_that_looks_like_a_formula_is_text_in_the_csv(reader, around):
    around.activity.code, around.activity.title = "C9", ""
    around.activity.save()
    full(around, 5)
    around.home.short_name = "=1+1"
    around.home.save()

    assert "'=1+1" in {cell for line in written(reader, around) for cell in line}


def test_leave_me_out_and_in_again(reader, around):
    url = reverse("learning:leave_me_out", args=[around.project.slug])
    assert reader.get(url).status_code == 405

    assert reader.post(url)["Location"] == reverse("learning:project_value", args=[around.project.slug])
    assert LeftOut.objects.get().person == around.people["colleague"]
    assert "You are left out of the figures" in text_of(reader, around)

    assert reader.post(url, {"again": "1", "sharing": "1"})["Location"] == reverse("learning:my_sharing")
    assert not LeftOut.objects.exists()
    assert [row.is_given for row in ConsentChange.objects.filter(about="left_out")] == [True, False]


def test_my_sharing_offers_it_for_each_project(reader, around):
    page = reader.get(reverse("learning:my_sharing")).content.decode()
    assert reverse("learning:leave_me_out", args=[around.project.slug]) in page


def test_charts_are_loaded_only_where_there_are_some(reader, around):
    full(around, 5)
    assert "build/charts" in reader.get(reverse("learning:project_value", args=[around.project.slug])).content.decode()
    assert "build/charts" in reader.get(around.activity.get_absolute_url()).content.decode()
    assert "build/charts" not in reader.get(around.project.get_absolute_url()).content.decode()


def test_the_released_day_is_said(reader, around):
    full(around, 5)
    assert f"Released on {timezone.localtime(NOW).day} November 2026" in text_of(reader, around)
