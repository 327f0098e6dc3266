"""The demo is the real project: its facts, with what is unknown left unknown, and nobody in it who did not agree to be named."""

import re
import time
from collections import Counter

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command

from changemakers.models import Changemaker, Choice
from learning.models import Change, FollowUp, Kind, Obstacle, Passing, Reflection, Takeaway
from learning.project_file.exporting import export
from partners.models import Activity, Attendance, Headcount, Membership, Partner, Person, PlanChange, Project, ProjectRole, WriteUp

DEMO = settings.BASE_DIR / "demo" / "iimprove.yaml"
STAFF_NAMED_IN_SOURCES = ["Jasmijn", "Preis", "Wolfgang", "Stefan", "Meehan", "Avril", "Beall", "Convento", "Marisa"]

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def seconds(django_db_setup, django_db_blocker):
    """How long the import took: one for all tests here, which only read it. It is committed, so it is taken away at the end."""
    with django_db_blocker.unblock():
        start = time.process_time()
        call_command("import_project", DEMO, verbosity=0)
        yield time.process_time() - start
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def project(seconds, db):
    return Project.objects.get(slug="i-improve")


def texts(value):
    """Every text in the file but web addresses."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from texts(below) if key != "url" else ()
    elif isinstance(value, list):
        for below in value:
            yield from texts(below)
    elif isinstance(value, str):
        yield value


def test_the_demo_is_imported_quickly_and_exported_byte_for_byte(project, seconds):
    assert export(project) == DEMO.read_text(encoding="utf-8")
    assert seconds < 5


def test_it_holds_six_partners_their_activities_and_their_changemakers(project):
    assert sorted(project.parts.values_list("part", flat=True)) == ["associated"] * 2 + ["full"] * 5 + ["lead"]
    assert project.parts.get(part="lead").partner.short_name == "Intercult"
    assert Activity.objects.count() == 29
    assert sorted(Changemaker.objects.values_list("name", flat=True)) == [
        "Hilde De Brandt",
        "Inesa Jarkova",
        "Iwona Zając",
        "Karl Kilian",
        "Livet Bitch!",
        "Studiogiochi",
    ]
    assert Choice.objects.filter(state="chosen").exclude(basis="").count() == 6
    assert (project.is_sample, project.is_published, project.grant_reference) == (True, True, "2018-1-SE01-KA204-039139")


def test_it_says_who_visited_whom_as_far_as_it_is_known(project):
    meetings = project.activities.filter(kind="bilateral_meeting").prefetch_related("sides__partner")

    assert {a.code: (a.host and a.host.slug, [guest.slug for guest in a.guests]) for a in meetings} == {
        "C1": (None, []),
        "C2": ("ostend", ["river-cities"]),
        "C3": ("venti-di-cultura", ["intercult"]),
        "C4": ("laimikis", ["venti-di-cultura"]),
        "C5": ("river-cities", ["wiener-bildung"]),
        "C6": (None, []),
    }


def test_what_is_unknown_stays_unknown(project):
    def known(code):
        activity = project.activities.get(code=code)
        dates = [activity.starts_on, activity.ends_on, activity.month_on, *activity.alternatives]
        return [f"{date:%Y-%m-%d}" for date in dates if date], activity.place, activity.status

    assert {code: known(code) for code in ("C1", "C6", "C2", "C4", "TM4", "E12", "E7", "E9", "E10", "E11a")} == {
        "C1": ([], "", "planned"),
        "C6": ([], "", "planned"),
        "C2": (["2019-02-16", "2019-03-16"], "Ostend (library) and Bruges", "held"),
        "C4": (["2019-03-19"], "Vilnius and Kaunas", "held"),
        "TM4": ([], "Vilnius", "held"),
        "E12": (["2020-10-01"], "", "held"),
        "E7": ([], "", "planned"),
        "E9": ([], "", "planned"),
        "E10": ([], "", "planned"),
        "E11a": ([], "Radunia Canal, Gdańsk", "held"),
    }
    assert set(Headcount.objects.exclude(number=None).values_list("activity__code", "number")) == {("C5", 3), ("E4a", 2)}
    assert "inference" in PlanChange.objects.get(kind="period").reason


def test_attendance_is_only_where_something_took_place_and_people_worked_there_then(project):
    assert not Attendance.objects.exclude(activity__status="held").exists()
    for attendance in Attendance.objects.select_related("person", "activity").exclude(partner=None):
        activity = attendance.activity
        day = activity.starts_on or activity.month_on or activity.alternatives[0]
        spells = attendance.person.memberships.filter(partner=attendance.partner)
        assert [s for s in spells if s.started_on <= day and (s.ended_on is None or s.ended_on > day)], str(attendance)
        assert activity.sides.filter(partner=attendance.partner).exists() or attendance.partner.slug == "bscc", str(attendance)


def test_write_ups_are_by_a_side_of_the_activity_and_say_that_they_are_made_for_the_demo(project):
    for write_up in WriteUp.objects.select_related("activity"):
        assert write_up.activity.sides.filter(partner=write_up.partner).exists(), str(write_up)
        assert "demo" in write_up.text.split("\n\n")[-1].lower()
        assert write_up.written_on > (write_up.activity.starts_on or write_up.activity.alternatives[-1])
    assert set(WriteUp.objects.values_list("language", flat=True)) == {"en", "sv", "nl", "de", "it", "pl", "lt"}


def test_its_notes_are_of_all_languages_kinds_levels_and_answers(project):
    notes, things = Reflection.objects.submitted(), Takeaway.objects.submitted()

    languages = Counter(notes.values_list("language", flat=True))
    assert notes.count() >= 120
    assert set(languages) == {"en", "sv", "nl", "de", "it", "pl", "lt"} and min(languages.values()) >= 15
    assert set(notes.values_list("visibility", flat=True)) == {"only_me", "person", "organisation", "partnership", "public"}
    assert things.filter(visibility="public", approved_at=None).count() >= 3
    assert things.filter(visibility="public", approved_at__isnull=False).count() >= 5
    assert {kind for kinds in things.values_list("kinds", flat=True) for kind in kinds} == set(Kind.values)
    assert things.filter(is_doubt=True).count() >= 10
    assert {*notes.values_list("gave", flat=True)} >= {-1, 0, 1, 2} and {*things.values_list("will_use", flat=True)} >= {0, 1, 2}
    assert set(notes.values_list("starter", flat=True)) == {"line", "questions", "story", "letter"}
    for rows in (things.exclude(plan_then=""), things.exclude(practice=None), things.exclude(source_partners=None), things.exclude(taken_from=None)):
        assert rows.count() >= 5


def test_about_three_of_five_notes_are_shared_with_all_partners(project):
    shared = Reflection.objects.filter(visibility="partnership").count() / Reflection.objects.count()

    assert 0.55 < shared < 0.65


def test_what_became_of_things_was_asked_in_every_wave_and_answered_in_every_way(project):
    told = FollowUp.objects.all()

    assert set(told.values_list("wave", flat=True)) == {"w2", "m3", "m12", "end", "any"}
    assert set(told.values_list("state", flat=True)) == set(FollowUp.State.values)
    assert set(told.values_list("effect", flat=True)) >= {"no", "self", "team", "public", "harm"}
    assert set(told.values_list("evidence", flat=True)) == {0, 1, 2}
    assert told.filter(confirmations__said__in=["saw", "too"]).count() >= 5
    assert told.exclude(texts={}).count() >= 20
    assert Obstacle.objects.count() >= 20 and Passing.objects.count() >= 10 and Change.objects.count() >= 10
    assert Takeaway.objects.exclude(carriers=None).count() >= 5 and Takeaway.objects.exclude(artefacts=None).count() >= 5


def test_the_game_tried_in_venice_and_vilnius_became_a_public_one_after_27_months(project):
    came_of_it = FollowUp.objects.filter(activity__code="VDC_URBAN", wave="any")

    assert set(came_of_it.values_list("takeaway__reflection__activity__code", flat=True)) == {"C3", "C4", "E2"}
    assert all(row.observed_at.year == 2021 for row in came_of_it)


def test_every_author_was_there_worked_there_and_wrote_afterwards(project):
    for note in Reflection.objects.select_related("author", "activity", "partner_then"):
        day, activity = note.submitted_at.date(), note.activity
        spells = note.author.memberships.filter(partner=note.partner_then)
        assert note.happened_on <= day and note.created_at == note.submitted_at, str(note)
        assert note.partner_then is None or [s for s in spells if s.started_on <= day and (s.ended_on is None or s.ended_on > day)], str(note)
        assert activity is None or activity.attendances.filter(person=note.author, state="attended").exists(), str(note)
        assert activity is None or activity.starts_on is None or activity.starts_on <= note.happened_on, str(note)


def test_each_activity_with_people_has_notes_of_some_of_them(project):
    attended = set(Attendance.objects.filter(state="attended").values_list("activity__code", flat=True))
    authors = {code: Reflection.objects.filter(activity__code=code).values("author").distinct().count() for code in attended}

    assert len(attended) == 21
    assert {code: count for code, count in authors.items() if not 2 <= count <= 17} == {}


def test_what_became_of_things_is_known_after_they_were_noted(project):
    for row in FollowUp.objects.select_related("takeaway__reflection"):
        assert row.observed_at > row.takeaway.reflection.submitted_at, str(row.takeaway)


@pytest.mark.parametrize("words", ["Snipiskes", "Zajac", "upe"])
def test_its_places_and_names_are_found_without_their_accents(words, project):
    assert Takeaway.objects.search(words).exists()


def test_its_notes_are_known_as_invented(project):
    assert all(note.is_invented for note in Reflection.objects.select_related("author", "project"))


def test_its_people_are_invented(project):
    people = Person.objects.all()

    assert not people.exclude(is_sample=True, name__endswith="(sample)", email__endswith=".example").exists()
    assert not people.filter(is_staff=True).exists()
    file = yaml.safe_load(DEMO.read_text(encoding="utf-8"))
    assert not [text for text in texts(file) for name in STAFF_NAMED_IN_SOURCES if re.search(rf"\b{name}\b", text)]
    assert not [text for text in texts(file) for address in re.findall(r"\S+@\S+", text) if not address.endswith(".example")]


def test_its_people_have_lives(project):
    def spells(email):
        return list(Membership.objects.filter(person__email=email).order_by("started_on").values_list("partner__slug", "ended_on__year"))

    assert spells("project.leader@ostend.example") == [("ostend", 2019)]
    assert spells("producer@intercult.example") == [("intercult", 2019), ("intercult", None)]
    assert spells("producer@rivercities.example") == [("arteria", None), ("river-cities", None)]
    roles = ProjectRole.objects.values_list("role", "person__email")
    assert sorted(roles) == [
        ("coordinator", "coordinator@intercult.example"),
        ("coordinator", "second.coordinator@i-improve.example"),
        ("educator", "educator@i-improve.example"),
    ]
    assert not Membership.objects.filter(person__email__endswith="@i-improve.example").exists()
    admins = {p.slug: Membership.objects.current().filter(partner=p, role="admin").count() for p in Partner.objects.exclude(parts__part="associated")}
    assert admins == {"intercult": 2, "ostend": 2, "wiener-bildung": 2, "venti-di-cultura": 1, "river-cities": 2, "laimikis": 2}


@pytest.mark.parametrize("name", ["River//Cities", "Livet Bitch!", "Iwona Zając", "Upė", "SPÖ", "Södertälje", "Šnipiškės", "I_Improve"])
def test_names_are_written_right(name):
    assert name in DEMO.read_text(encoding="utf-8")
