"""Releases: made when a wave has closed, kept exactly, never rewritten, and silent about hidden people."""

import datetime
import json
from io import StringIO

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from learning import disclosure
from learning.actions.consent import set_counts_when_few
from learning.actions.releases import release_due, release_if_due
from learning.disclosure.kept import packed, unpacked
from learning.disclosure.standing import Standing, standings
from learning.measures.bar import Bar
from learning.models import Change, Confirmation, CoverSecret, FollowUp, LeftOut, Obstacle, Prompt, Release
from tests.factories import ActivityFactory, AttendanceFactory, PersonFactory, PromptFactory
from tests.learning import circle
from tests.learning.measures.build import people_there, random_project

NOW = datetime.datetime(2026, 11, 22, 3, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def around(db):
    return circle.build()


def people(around, number):
    """So many who were there."""
    return [AttendanceFactory(person=PersonFactory(), activity=around.activity, partner=around.home).person for _ in range(number)]


def say(around, person, *, visibility="partnership", gave=2, will_use=2, **told):
    told = {"author": person, "visibility": visibility, "gave": gave, **told}
    row = around.takeaway(kinds=["who"], visibility=visibility, will_use=will_use, told=told)
    at = timezone.make_aware(datetime.datetime.combine(around.activity.ends_on, datetime.time(20)))
    type(row.reflection).objects.filter(pk=row.reflection_id).update(submitted_at=at)
    return row


def early(around):
    """ "Short-term value" as everybody in the project sees it."""
    return disclosure.released(around.project)[1]["M3.value", "t0"]


def test_a_closed_wave_is_released_once(around):
    assert (release_due(NOW), release_due(NOW + DAY)) == (1, 0)
    assert Release.objects.get().project == around.project


def test_nothing_is_released_while_every_wave_is_open(around):
    assert release_due(timezone.make_aware(datetime.datetime.combine(around.activity.ends_on, datetime.time()))) == 0
    assert disclosure.released(around.project) == (None, {})


def test_a_wave_that_closes_later_is_released_then_and_at_most_once_a_day(around):
    first = timezone.make_aware(datetime.datetime.combine(around.activity.ends_on + 31 * DAY, datetime.time()))
    assert release_if_due(around.project, first)
    assert not release_if_due(around.project, first + DAY)
    assert release_if_due(around.project, first + 30 * DAY)
    release_if_due(around.project, first + 100 * DAY)
    assert not release_if_due(around.project, first + 100 * DAY + datetime.timedelta(hours=2))


def test_the_command_releases(around):
    out = StringIO()
    call_command("release", stdout=out)
    assert out.getvalue() == "1 projects have new figures\n"


def test_what_was_released_is_not_rewritten(around):
    release_due(NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.update(figures=[])


def test_a_release_is_kept_exactly(around):
    for person in people(around, 6):
        say(around, person)
    for person in people(around, 6):
        say(around, person, visibility="only_me", gave=0 if person.pk.int % 2 else 2)
    CoverSecret.objects.create(pk=1, value=b"secret")
    release_due(NOW)

    assert disclosure.last_release(around.project) == disclosure.release(disclosure.stored(around.project, now=NOW), (), b"secret")
    assert early(around).bar.yes >= 6


@pytest.mark.parametrize("seed", range(8))
def test_packing_loses_nothing(seed):
    rows, _ = random_project(seed, people=14)
    found = disclosure.release(rows, (), b"%d" % seed)
    through_json = json.loads(json.dumps(packed((found.figures, found.batches))))
    assert unpacked(through_json) == (found.figures, found.batches)


@given(st.fractions(), st.integers(0), st.text(), st.lists(st.text()))
def test_any_value_of_a_figure_comes_back(fraction, number, one, several):
    value = (fraction, number, (Bar(number, 1), None, "w2", 1.5), one, frozenset(several), disclosure.Hidden.PROTECTED)
    assert unpacked(json.loads(json.dumps(packed(value)))) == value


def test_people_of_releases_from_before_are_found_again():
    assert unpacked({"is": "frozenset", "of": [{"is": "UUID", "of": "6f9619ff-8b86-d011-b42d-00c04fc964ff"}]}) == {
        "6f9619ff-8b86-d011-b42d-00c04fc964ff"
    }


def test_the_secret_is_made_once_and_never_changes(around):
    release_due(NOW)
    secret = bytes(CoverSecret.objects.get().value)
    release_if_due(around.project, NOW + 400 * DAY)

    assert len(secret) == 32
    assert bytes(CoverSecret.objects.get().value) == secret
    with pytest.raises(IntegrityError), transaction.atomic():
        CoverSecret.objects.create(pk=2)


def test_neither_batches_nor_the_secret_are_in_the_admin():
    assert not {Release, CoverSecret} & set(admin.site._registry)


def test_a_hidden_answer_moves_no_figure_of_a_small_project(around):
    for person in people(around, 5):
        say(around, person)
    lonely = people(around, 1)[0]
    said = say(around, lonely, visibility="only_me", gave=-1)
    release_due(NOW)
    before = disclosure.released(around.project)[1]
    Release.objects.all().delete()
    type(said.reflection).objects.filter(pk=said.reflection_id).update(gave=2)
    said.will_use, said.kinds = 0, ["me"]
    said.save()
    release_due(NOW)

    assert disclosure.released(around.project)[1] == before
    assert (early(around).n, early(around).left_out) == (5, 1)


def test_who_is_left_out_counts_nowhere(around):
    everybody = people(around, 6)
    for person in everybody:
        say(around, person)
    around.project.left_out.create(person=everybody[0])
    release_due(NOW)

    assert (early(around).n, early(around).base) == (5, 5)


def test_rows_hold_what_people_said_was_in_the_way_and_what_changed(around):
    person = people(around, 1)[0]
    Obstacle.objects.create(person=person, activity=around.activity, wave="m3", codes=["time"])
    Obstacle.objects.create(person=person, project=around.project, wave="end", codes=["money"])
    Change.objects.create(person=person, project=around.project, wave="end", changed="rule")
    Change.objects.create(person=person, activity=around.activity, wave="m12", stays="document")
    rows = disclosure.stored(around.project, now=NOW)

    assert {(row.wave, *row.codes) for row in rows.obstacles} == {("m3", "time"), ("end", "money")}
    assert [(row.wave, row.changed) for row in rows.changes] == [("end", "changed")]
    assert all(row.is_closed for row in (*rows.obstacles, *rows.changes))


def test_taps_count_when_few_for_all_that_was_said_in_that_answer(around):
    person = people(around, 1)[0]
    prompt = PromptFactory(person=person, activity=around.activity, form=Prompt.Form.MONTHS)
    around.reflection(author=person, prompt=prompt, counts_when_few=True)
    Obstacle.objects.create(person=person, activity=around.activity, wave="m3", codes=["time"])
    Obstacle.objects.create(person=person, activity=around.activity, wave="w2", codes=["time"])

    rows = disclosure.stored(around.project, now=NOW)
    assert {row.wave: row.is_open for row in rows.obstacles} == {"m3": True, "w2": False}


def test_taps_that_counted_once_when_few_are_known_and_give_others_no_cover(around):
    """By what a small figure was before and after, everybody can tell what one person had tapped."""
    person, silent = people(around, 2)
    prompt = PromptFactory(person=person, activity=around.activity, form=Prompt.Form.MONTHS)
    note, answer = say(around, person, visibility="only_me").reflection, around.reflection(author=person, prompt=prompt)
    say(around, silent, visibility="only_me")
    FollowUp.objects.create(takeaway=say(around, person, visibility="only_me"), reflection=answer, wave="m3", state="in_use")
    Obstacle.objects.create(person=person, activity=around.activity, wave="m3", codes=["time"])
    before = standings(disclosure.stored(around.project, now=NOW), "t0")
    for counts in (True, False):
        set_counts_when_few(note, counts, by=person)
        set_counts_when_few(answer, counts, by=person)
    rows = disclosure.stored(around.project, now=NOW)

    assert before == dict.fromkeys(map(str, [person.pk, silent.pk]), Standing.CLOSED)
    assert standings(rows, "t0") == {str(person.pk): Standing.MIXED, str(silent.pk): Standing.CLOSED}
    assert not any(row.is_open or row.is_closed for row in (*rows.follow_ups, *rows.obstacles))
    assert [row.is_closed for row in rows.takeaways if row.id == str(note.takeaways.get().pk)] == [False]


def test_the_question_at_the_end_is_a_wave_of_its_own(around):
    person = people(around, 1)[0]
    PromptFactory(person=person, activity=None, project=around.project, form=Prompt.Form.MONTHS)
    PromptFactory(person=person, activity=around.activity, form=Prompt.Form.MONTHS)

    rows = disclosure.stored(around.project, now=NOW)
    assert sorted(row.wave for row in rows.prompts) == ["end", "m3"]
    assert [row.wave for row in disclosure.stored_open(around.project.activities).prompts] == ["m3"]


@pytest.mark.parametrize(("said", "level"), [("saw", 3), ("too", 3), ("differently", 1), ("unsure", 1)])
def test_what_somebody_else_confirms_is_evidence(around, said, level):
    thing = say(around, around.author)
    told = FollowUp.objects.create(takeaway=thing, wave="m3", state="in_use", evidence=1)
    Confirmation.objects.create(follow_up=told, person=around.people["other"], said=said)

    assert [row.evidence for row in disclosure.stored(around.project).follow_ups] == [level]


def test_whoever_was_asked_to_confirm_has_read_it(around):
    thing = say(around, around.author, visibility="only_me")
    told = FollowUp.objects.create(takeaway=thing, wave="m3", state="in_use")
    PromptFactory(person=around.people["other"], activity=None, follow_up=told, form=Prompt.Form.CONFIRM)

    rows = disclosure.stored(around.project)
    assert not any(row.is_closed for row in (*rows.takeaways, *rows.follow_ups))


def test_cards_count_only_what_became_of_it_that_the_reader_may_read(around):
    thing = say(around, around.author)
    FollowUp.objects.create(takeaway=thing, wave="m3", state="in_use")
    cards = type(thing).objects.filter(pk=thing.pk)

    def states(reader):
        return disclosure.cards(disclosure.stored_cards(cards, to=around.people[reader]))["state"].value

    assert states("author") == (("in_use", 1),)
    assert states("other") == (("unknown", 1),)


def test_shared_figures_read_nothing_that_is_hidden(around):
    shown, kept, ticked = (person for person in people(around, 3))
    say(around, kept, visibility="only_me")
    for thing in (say(around, shown), say(around, ticked, visibility="only_me", counts_when_few=True)):
        FollowUp.objects.create(takeaway=thing, wave="m3", state="in_use")
    rows = disclosure.stored_open(around.project.activities)

    assert {row.author for row in rows.reflections} == {row.author for row in rows.takeaways} == {str(shown.pk), str(ticked.pk)}
    assert rows.follow_ups == ()


def test_shared_figures_are_the_same_from_what_is_open_as_from_all(around):
    elsewhere = ActivityFactory(project=around.project, code="C9", host=around.home)
    for place, person in enumerate(people(around, 12)):
        thing = say(around, person, visibility=["partnership", "only_me", "organisation"][place % 3], counts_when_few=place == 4, gave=place % 3)
        FollowUp.objects.create(takeaway=thing, wave="m3", state="tried", visibility=["partnership", "only_me"][place % 3 > 0])
        around.reflection(author=person, visibility="partnership", gave=[2, 1, None][place % 3])
        AttendanceFactory(person=person, activity=elsewhere, partner=around.home, state=["attended", "absent"][place % 2])
    LeftOut.objects.create(person=person, project=around.project)

    found = disclosure.stored(around.project)
    assert disclosure.shared(disclosure.stored_open(around.project.activities)) == disclosure.shared(found)
    assert disclosure.said(*disclosure.stored_said(around.project.activities)) == disclosure.said(found, people_there(found))
