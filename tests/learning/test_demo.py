"""The demo is the real project: its facts, with what is unknown left unknown, and nobody in it who did not agree to be named."""

import re
import time

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command

from changemakers.models import Changemaker, Choice
from learning.project_file.exporting import export
from partners.models import Activity, Attendance, Headcount, Membership, Partner, Person, PlanChange, Project, ProjectRole, WriteUp

DEMO = settings.BASE_DIR / "demo" / "iimprove.yaml"
STAFF_NAMED_IN_SOURCES = ["Jasmijn", "Preis", "Wolfgang", "Stefan", "Meehan", "Avril", "Beall", "Convento", "Marisa"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    call_command("import_project", DEMO, verbosity=0)
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


def test_the_demo_is_imported_quickly_and_exported_byte_for_byte():
    start = time.perf_counter()
    call_command("import_project", DEMO, verbosity=0)
    seconds = time.perf_counter() - start

    assert export(Project.objects.get()) == DEMO.read_text(encoding="utf-8")
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
        day = activity.starts_on or activity.alternatives[0]
        spells = attendance.person.memberships.filter(partner=attendance.partner)
        assert [s for s in spells if s.started_on <= day and (s.ended_on is None or s.ended_on > day)], str(attendance)
        assert activity.sides.filter(partner=attendance.partner).exists() or attendance.partner.slug == "bscc", str(attendance)


def test_write_ups_are_by_a_side_of_the_activity_and_say_that_they_are_made_for_the_demo(project):
    for write_up in WriteUp.objects.select_related("activity"):
        assert write_up.activity.sides.filter(partner=write_up.partner).exists(), str(write_up)
        assert "demo" in write_up.text.split("\n\n")[-1].lower()
        assert write_up.written_on > (write_up.activity.starts_on or write_up.activity.alternatives[-1])
    assert set(WriteUp.objects.values_list("language", flat=True)) == {"en", "sv", "nl", "de", "it", "pl", "lt"}


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
