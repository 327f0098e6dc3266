"""A project goes out as a file and comes back as the same project; nothing on the site is overwritten by it."""

import datetime
import itertools
import json

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from changemakers.models import Changemaker
from learning.project_file.exporting import contents, export
from learning.project_file.importing import import_text
from partners.models import Attendance, Event, Partner, Person, PlanChange, Project, WriteUpRevision
from tests import factories as make

pytestmark = pytest.mark.django_db


def empty_the_database():
    for model in (Project, Partner, Changemaker, Person):
        model.objects.all().delete()


def rich_project(**fields):
    """A project with a row of everything, people of all kinds among them."""
    project = make.ProjectFactory(slug="river", short_name="River//Cities", published=True, sources=[{"title": "A page"}], **fields)
    host, guest = (
        make.PartnerFactory(slug=slug, short_name=name, languages=["lt", "en"]) for slug, name in [("laimikis", "Laimikis.lt"), ("vdc", "Venti")]
    )
    make.ProjectPartnerFactory(project=project, partner=host, lead=True, note="Leads.")
    domain = "laimikis.example" if project.is_sample else "example.org"
    person = make.PersonFactory(email=f"upe@{domain}", name="Upė Šnipiškienė", is_sample=project.is_sample, language="lt")
    for start, end in [("2018-01-01", "2019-01-01"), ("2020-01-01", None)]:
        make.MembershipFactory(person=person, partner=host, started_on=start, ended_on=end, contract="fixed_term")
    make.ProjectRoleFactory(project=project, person=person)
    activity = make.ActivityFactory(project=project, code="C10", host=host, guests=[guest], held=True, published=True, ends_at=datetime.time(9, 5))
    make.ActivityFactory(project=project, code="C2", starts_on=None, ends_on=None, alternatives=["2019-02-16", "2019-03-16"])
    make.ActivityFactory(project=project, code="E12", starts_on=None, ends_on=None, month_on="2020-10-01", is_online=True)
    make.AttendanceFactory(activity=activity, person=person, partner=host)
    make.HeadcountFactory(activity=activity, role="Neighbours", number=None)
    make.HeadcountFactory(activity=activity, role="Librarians", number=0)
    write_up = make.WriteUpFactory(
        activity=activity, partner=host, language="lt", text="Upė.\n\nŠnipiškės", author=person, public=True, written_on="2021-01-21"
    )
    WriteUpRevision.objects.create(write_up=write_up, text="An earlier text", replaced_by=person)
    PlanChange.objects.create(project=project, activity=activity, kind="moved", planned="March 2019", reason="Snow.", by=person)
    PlanChange.objects.create(project=project, kind="period", reason="More time.")
    make.BaselineFactory(project=project, partner=host, by=person, written_on="2018-10-11")
    make.BaselineFactory(project=project, partner=host, version=2, what_changed="Much.", written_on="2021-05-27")
    changemaker = make.ChangemakerFactory(slug="iwona-zajac", name="Iwona Zając", published=True)
    practice = make.PracticeFactory(changemaker=changemaker, steps=["Ask: what?", "Listen"])
    for stage, on in [("tried", "2019-05-01"), ("routine", None)]:
        make.PracticeStageFactory(practice=practice, partner=host, stage=stage, on=on, note="In the yard.", by=person)
    make.PracticeStageFactory(practice=practice, partner=host, taken_back_at=timezone.now(), note="Taken back.")
    make.CheckInFactory(project=project, partner=host)
    make.ChoiceFactory(project=project, partner=host, changemaker=changemaker, chosen=True, chosen_on="2018-11-01", change="Walls.")
    make.ChoiceFactory(project=project, partner=guest, changemaker__slug="maybe", reasons="A secret reason.")
    make.InvitationFactory(partner=guest, email="invited@example.org")
    return project


@pytest.mark.parametrize("is_sample", [True, False])
def test_export_import_export_is_identical(is_sample):
    first = export(rich_project(is_sample=is_sample))
    empty_the_database()

    outcome = import_text(first)

    assert outcome.is_new
    assert export(outcome.project) == first


def test_a_real_projects_file_names_no_person_and_no_candidate_but_counts_them():
    text = export(rich_project(is_sample=False))

    assert not [word for word in ("upe@", "invited@", "Šnipiškienė", "secret", "maybe", "An earlier text", "Taken back") if word in text]
    assert yaml.safe_load(text)["not_contained"] == {
        "attendance": 1,
        "candidates": 1,
        "check_ins": 1,
        "invitations": 1,
        "memberships": 2,
        "people": 1,
        "project_roles": 1,
        "write_up_revisions": 1,
    }


def test_a_samples_file_leaves_out_a_real_person_who_joined_it():
    project = rich_project(is_sample=True)
    real = make.PersonFactory(email="ada@laimikis.lt", name="Ada Real")
    activity = project.activities.get(code="C10")
    make.MembershipFactory(person=real, partner=activity.host)
    make.AttendanceFactory(person=real, activity=activity)
    make.WriteUpFactory(activity=activity, partner=activity.host, author=real, text="A later look.")

    file = contents(project)

    assert "ada" not in json.dumps(file, default=str).lower()
    assert {name: file["not_contained"][name] for name in ("people", "memberships", "attendance")} == {"people": 1, "memberships": 1, "attendance": 1}
    assert "A later look." in [write_up["text"] for write_up in file["activities"][1]["write_ups"]]


def test_what_a_former_partner_left_is_counted_so_that_the_file_can_be_imported():
    project = rich_project(is_sample=True)
    project.parts.filter(partner__slug="vdc").delete()
    project.activities.get(code="C10").sides.filter(partner__slug="vdc").delete()
    first = export(project)
    empty_the_database()

    again = import_text(first).project

    assert contents(again)["not_contained"]["of_former_partners"] == 1
    assert export(again) == first


def test_the_order_in_which_rows_were_made_does_not_show():
    project = make.ProjectFactory(slug="river")
    for code in ("C10", "C9", "TM1", "C1"):
        make.ActivityFactory(project=project, code=code)

    assert [activity["code"] for activity in contents(project)["activities"]] == ["C1", "C9", "C10", "TM1"]


def test_imported_sample_people_are_sample_accounts_without_password():
    text = export(rich_project(is_sample=True))
    empty_the_database()

    import_text(text)

    person = Person.objects.get()
    assert (person.email, person.is_sample, person.is_staff, person.has_usable_password()) == ("upe@laimikis.example", True, False, False)
    assert list(person.emailaddress_set.values_list("email", "verified", "primary")) == [("upe@laimikis.example", True, True)]
    assert Attendance.objects.get().person == person


def test_a_sample_is_refused_outside_local_mode(settings, tmp_path):
    path = tmp_path / "sample.yaml"
    path.write_text(export(rich_project(is_sample=True)))
    empty_the_database()
    settings.LOCAL = False

    with pytest.raises(CommandError, match="line 4: sample: Only local mode imports a sample"):
        call_command("import_project", path)

    assert not (Project.objects.exists() or Person.objects.exists())


def test_nobody_who_has_an_account_here_is_written_for(tmp_path):
    path = tmp_path / "sample.yaml"
    path.write_text(export(rich_project(is_sample=True)))
    empty_the_database()
    make.PersonFactory(email="upe@laimikis.example", name="Already here")

    with pytest.raises(CommandError, match="There is an account with the address upe"):
        call_command("import_project", path)

    assert not Project.objects.exists()


def test_importing_the_same_file_again_changes_nothing(capsys, tmp_path):
    path = tmp_path / "river.yaml"
    call_command("export_project", rich_project(is_sample=True).slug, output=path)
    events = Event.objects.count()

    call_command("import_project", path)

    assert "nothing to do" in capsys.readouterr().out
    assert (Project.objects.count(), Event.objects.count()) == (1, events)


def test_what_was_changed_on_the_site_since_is_reported_not_overwritten():
    project = rich_project(is_sample=True)
    text = export(project)
    project.activities.filter(code="C10").update(place="Kaunas")
    project.activities.filter(code="C2").delete()
    make.ActivityFactory(project=project, code="C3")
    project.baselines.update(improve="Otherwise.")
    project.activities.get(code="C10").write_ups.update(text="Revised.")
    changed = export(project)

    outcome = import_text(text)

    lines = text.splitlines()
    told = [(lines[note.line - 1].strip(), note.where, note.what) for note in outcome.notes]
    assert not outcome.is_new
    assert told == [
        ("activities:", "activities", "“c3” is here, but not in the file."),
        ("- code: C2", "activities C2", "this is in the file, but not here."),
        ("place: Vilnius", "activities C10 › place", "the file says “Vilnius”, here it is “Kaunas”."),
        ("write_ups:", "activities C10 › write_ups", "1 here that are not like that in the file."),
        ("- partner: laimikis", "activities C10 › write_ups #1", "this is in the file, but not like that here."),
        (
            "improve: How we listen to neighbours.",
            "baselines laimikis 1 › improve",
            "the file says “How we listen to neighbours.”, here it is “Otherwise.”.",
        ),
        (
            "improve: How we listen to neighbours.",
            "baselines laimikis 2 › improve",
            "the file says “How we listen to neighbours.”, here it is “Otherwise.”.",
        ),
    ]
    assert export(project) == changed


def test_a_partner_and_a_changemaker_known_here_stay_as_they_are():
    text = export(rich_project(is_sample=False))
    Project.objects.all().delete()
    Partner.objects.filter(slug="vdc").update(city="Venice")
    Changemaker.objects.filter(slug="iwona-zajac").update(place="Gdańsk")

    outcome = import_text(text)

    assert [str(note).partition(": ")[2] for note in outcome.notes] == [
        "partners vdc › city: the file says “Vilnius”, here it is “Venice”.",
        "changemakers iwona-zajac › place: the file says nothing, here it is “Gdańsk”.",
    ]
    assert Partner.objects.get(slug="vdc").city == "Venice"
    assert outcome.project.choices.get().changemaker.place == "Gdańsk"


def test_an_unknown_project_cannot_be_exported():
    make.ProjectFactory(slug="river")

    with pytest.raises(CommandError, match="There is no project “lake”"):
        call_command("export_project", "lake")


STRANGE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=200)
EDGES = st.sampled_from(
    [
        "no",
        "~",
        "null",
        "2019-03-19",
        "17:00",
        "- a",
        "# b",
        "a: b",
        "\ufeff",
        "\x85",
        "a\r\nb",
        " a\n b ",
        "'\"",
        "|-",
        "<<",
        "\u2028\n",
        "\t",
        "1e3",
        "=",
        "😀\n",
    ]
)
numbers = itertools.count()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(STRANGE, EDGES, st.builds("{}\n{}".format, EDGES, STRANGE)))
def test_any_text_comes_back_as_it_was(text):
    slug = f"river-{next(numbers)}"
    project = make.ProjectFactory(slug=slug, about=text, sources=[{"title": text}])
    first = export(project)
    project.delete()

    again = import_text(first).project
    again.refresh_from_db()

    assert (again.about, again.sources, export(again)) == (text, [{"title": text}], first)


def test_instants_keep_their_microseconds_whatever_the_zone():
    project = make.ProjectFactory(slug="river")
    PlanChange.objects.create(project=project, kind="period", at=datetime.datetime(2020, 3, 13, 23, 59, 59, 123456, tzinfo=datetime.UTC))
    first = export(project)
    project.delete()

    with timezone.override("Europe/Vilnius"):
        again = import_text(first).project
        assert export(again) == first
    assert again.plan_changes.get().at == datetime.datetime(2020, 3, 13, 23, 59, 59, 123456, tzinfo=datetime.UTC)
