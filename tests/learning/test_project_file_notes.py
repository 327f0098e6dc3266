"""Notes in the project file: a sample's whole, of a real project what all partners may read; never wider than before."""

import datetime
import json
from types import SimpleNamespace

import pytest
import yaml

from learning.models import Carrier, Change, Confirmation, FollowUp, KeepMark, Obstacle, Passing, Reflection, Takeaway
from learning.project_file.exporting import contents, export
from learning.project_file.importing import import_text
from learning.project_file.reading import Refused
from partners.models import Person, Project
from tests import factories as make

pytestmark = pytest.mark.django_db
THEN = datetime.datetime(2019, 3, 25, 18, 40, 12, 123456, tzinfo=datetime.UTC)
LATER = datetime.datetime(2021, 6, 2, 9, 0, tzinfo=datetime.UTC)
SMALL = """\
format: iimprove-project
version: 1
sample: {sample}
project: {{slug: river, short_name: River, working_language: en}}
partners: [{{slug: laimikis, name: Laimikis.lt, short_name: Laimikis.lt, part: lead}}]
people: {people}
activities: [{{code: C4, kind: lab, status: held}}]
"""
PEOPLE = (
    "[{email: upe@laimikis.example, name: Upė, language: lt, memberships: [{partner: laimikis, role: member}]},"
    " {email: ada@laimikis.example, name: Ada, language: en, memberships: [{partner: laimikis, role: member}]}]"
)
NOTE = "happened_on: 2019-03-20, submitted_at: 2019-03-21 08:00:00+00:00, language: en"


def noted_project(*, is_sample):
    """Two people of one partner, who noted at every level and did everything else one can do with a thing."""
    river = _river(is_sample)
    _at_every_level(river)
    thing = _full_thing(river)
    answer = _note(river, activity=None, happened_on="2021-06-02", submitted_at=LATER)
    _followed(river, thing, told_in=answer)
    _held(river, thing)
    Obstacle.objects.create(person=river.upe, activity=river.visit, wave="w2", codes=["time", "nothing"])
    Passing.objects.create(person=river.upe, moment=answer, wave="m3", audiences=["outside"])
    Change.objects.create(person=river.upe, project=river.project, wave="end", changed="no", stays="routine")
    said = {"on": "2019-05-02", "obstacles": ["time"], "story": thing, "why": "A secret why", "language": "lt"}
    make.CheckInFactory(project=river.project, partner=river.partner, by=river.ada, **said)
    _note(river, submitted_at=None, draft={"keep-new": ["A secret draft"]})
    _note(river, deleted=True, author=river.ada)
    return river.project


def _river(is_sample):
    """The project with two admins of its only partner, a visit, a later activity and a practice."""
    project = make.ProjectFactory(slug="river", short_name="River//Cities", is_sample=is_sample)
    partner = make.PartnerFactory(slug="laimikis", short_name="Laimikis.lt")
    make.ProjectPartnerFactory(project=project, partner=partner, lead=True)
    ending = "laimikis.example" if is_sample else "example.org"
    upe, ada = (make.PersonFactory(email=f"{name}@{ending}", name=f"{name.title()} Secretly", is_sample=is_sample) for name in ("upe", "ada"))
    for person in (upe, ada):
        make.MembershipFactory(person=person, partner=partner, role="admin")
    visit, later = (make.ActivityFactory(project=project, code=code, held=True, host=partner) for code in ("C4", "E6"))
    practice = make.PracticeFactory(changemaker__slug="iwona-zajac", slug="story-work")
    make.ChoiceFactory(project=project, partner=partner, changemaker=practice.changemaker, chosen=True)
    return SimpleNamespace(project=project, partner=partner, upe=upe, ada=ada, visit=visit, later=later, practice=practice)


def _note(river, level="only_me", **more):
    said = {
        "author": river.upe,
        "happened_on": "2019-03-20",
        "submitted_at": THEN,
        "partner_then": river.partner,
        "activity": river.visit,
        "visibility": level,
        "language": "lt",
        "text": f"The words for {level}.",
    }
    return make.ReflectionFactory(project=river.project, **said | more)


def _at_every_level(river):
    for level in ("only_me", "organisation", "partnership"):
        make.TakeawayFactory(reflection=_note(river, level), title=f"A thing for {level}", visibility=level)
    make.TakeawayFactory(reflection=_note(river, "person", reader=river.ada), title="A thing for person", visibility="person", reader=river.ada)
    make.TakeawayFactory(reflection=_note(river, "public"), title="A thing awaiting", visibility="public")
    approved = {"approved_at": LATER, "approved_by": river.ada}
    make.TakeawayFactory(reflection=_note(river, "public", **approved), title="A thing approved", visibility="public", **approved)


def _full_thing(river):
    """A thing of which all is said, the second of its note, and taken by the colleague, too."""
    answers = {"bothered": "A secret bother", "source": ["place"]}
    story = _note(river, gave=-1, answers=answers, starter="story", shown_as="role", counts_when_few=True)
    thing = make.TakeawayFactory(
        reflection=story,
        title="Šnipiškės has its own clock",
        kinds=["place", "why"],
        is_doubt=True,
        will_use=2,
        practice=river.practice,
        handover="show",
        plan_when="A secret plan",
        importance=2,
        kept_at=THEN,
        visibility="partnership",
        position=1,
    )
    thing.source_partners.add(river.partner)
    make.TakeawayFactory(reflection=story, title="A first thing", position=0)
    make.TakeawayFactory(reflection=_note(river, author=river.ada, text=""), title="", taken_from=thing)
    return thing


def _followed(river, thing, *, told_in):
    """Heard of twice: once shared and confirmed, once told in a note."""
    shared = {"effect": "no", "without": "not", "evidence": 1, "activity": river.later, "visibility": "partnership"}
    shown = make.FollowUpFactory(takeaway=thing, wave="any", observed_at=LATER, state="in_use", **shared)
    make.FollowUpFactory(takeaway=thing, wave="w2", observed_at=THEN, state="none_yet", texts={"story": "A secret story"}, reflection=told_in)
    Confirmation.objects.create(follow_up=shown, person=river.ada, said="saw", at=LATER)


def _held(river, thing):
    """Carried on, written down, wanted and answered by the colleague."""
    Carrier.objects.create(takeaway=thing, person=river.ada, since="2019-04-01", confirmed_at=LATER)
    thing.artefacts.create(link="https://river.example/walk", checked_at=LATER, checked_by=river.ada)
    KeepMark.objects.create(takeaway=thing, person=river.ada)
    make.ReplyFactory(takeaway=thing, author=river.ada, text="A secret reply")


def empty_the_database():
    for model in (Passing, FollowUp, Reflection, Project, Person):
        model.objects.all().delete()
    make.PartnerFactory._meta.model.objects.all().delete()
    make.ChangemakerFactory._meta.model.objects.all().delete()


def problems_of(notes, *, sample=True, people=PEOPLE, more=""):
    text = SMALL.format(sample=str(sample).lower(), people=people if sample else "[]") + f"reflections: [{notes}]\n{more}"
    with pytest.raises(Refused) as refused:
        import_text(text)
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize("is_sample", [True, False])
def test_export_import_export_of_notes_is_identical(is_sample):
    first = export(noted_project(is_sample=is_sample))
    empty_the_database()

    again = import_text(first).project

    assert export(again) == first
    assert import_text(first).notes == []


def test_a_samples_file_holds_every_level_and_all_around_it():
    file = contents(noted_project(is_sample=True))

    told = file["reflections"]
    things = [thing for note in told for thing in note.get("takeaways", [])]
    assert sorted({note.get("visibility", "only_me") for note in told}) == ["only_me", "organisation", "partnership", "person", "public"]
    assert sorted({thing.get("visibility", "only_me") for thing in things}) == ["only_me", "organisation", "partnership", "person", "public"]
    thing = next(thing for thing in things if thing.get("title", "").startswith("Šnip"))
    around = ("practice", "will_use", "carriers", "artefacts", "keep_marks", "replies")
    assert {name: thing[name] for name in around[:2]} == {"practice": "iwona-zajac/story-work", "will_use": "yes"}
    assert [len(thing[name]) for name in around[2:]] == [1, 1, 1, 1]
    assert [(row["wave"], row["state"]) for row in thing["follow_ups"]] == [("w2", "none_yet"), ("any", "in_use")]
    assert [len(file[name]) for name in ("obstacles", "passings", "changes", "check_ins")] == [1, 1, 1, 1]
    assert {name: file["not_contained"].get(name) for name in ("drafts", "reflections", "takeaways")} == {
        "drafts": 1,
        "reflections": None,
        "takeaways": None,
    }


def test_a_real_projects_file_holds_what_all_partners_read_and_nothing_else_of_it():
    project = noted_project(is_sample=False)

    text = export(project)

    file = yaml.safe_load(text)
    told = [(note.get("text"), [thing["title"] for thing in note["takeaways"]]) for note in file["reflections"]]
    assert "Secretly" not in text and "secret" not in text.lower() and "example.org" not in text
    assert sorted(told, key=str) == [
        ("The words for partnership.", ["A thing for partnership"]),
        ("The words for public.", ["A thing approved"]),
        ("The words for public.", ["A thing awaiting"]),
        (None, ["Šnipiškės has its own clock"]),
    ]
    assert {str(note["submitted_at"]) for note in file["reflections"]} == {"2019-03-25 00:00:00+00:00"}
    thing = next(thing for note in file["reflections"] for thing in note["takeaways"] if thing["title"].startswith("Šnip"))
    assert sorted(thing) == ["follow_ups", "is_doubt", "kinds", "practice", "source_partners", "title", "visibility", "will_use"]
    assert [sorted(row) for row in thing["follow_ups"]] == [
        ["activity", "effect", "evidence", "observed_at", "state", "visibility", "wave", "without"]
    ]
    counted = (
        "reflections",
        "takeaways",
        "follow_ups",
        "confirmations",
        "carriers",
        "keep_marks",
        "replies",
        "obstacles",
        "passings",
        "changes",
        "check_ins",
    )
    assert {name: file["not_contained"][name] for name in counted} == {
        "reflections": 5,
        "takeaways": 5,
        "follow_ups": 1,
        "confirmations": 1,
        "carriers": 1,
        "keep_marks": 1,
        "replies": 1,
        "obstacles": 1,
        "passings": 1,
        "changes": 1,
        "check_ins": 1,
    }


def test_a_samples_file_leaves_out_the_notes_of_a_real_person_who_joined_it():
    project = noted_project(is_sample=True)
    real = make.PersonFactory(email="real@laimikis.lt", name="Ada Real")
    activity = project.activities.get(code="C4")
    make.TakeawayFactory(reflection__author=real, reflection__activity=activity, reflection__visibility="partnership", visibility="partnership")
    make.TakeawayFactory(
        reflection__author=Person.objects.get(email="upe@laimikis.example"),
        reflection__activity=activity,
        reflection__text="To a real person",
        reflection__visibility="person",
        reflection__reader=real,
        visibility="person",
        reader=real,
    )
    Carrier.objects.create(takeaway=Takeaway.objects.get(title__startswith="Šnip"), person=real)

    file = contents(project)

    assert "real" not in json.dumps(file, default=str).lower()
    assert {name: file["not_contained"][name] for name in ("reflections", "takeaways", "carriers")} == {
        "reflections": 2,
        "takeaways": 2,
        "carriers": 1,
    }


def test_the_instants_of_a_note_are_those_of_the_file():
    text = export(noted_project(is_sample=True))
    empty_the_database()

    import_text(text)

    told = Reflection.objects.get(starter="story")
    assert (told.happened_on, told.submitted_at, told.created_at, told.edited_at) == (datetime.date(2019, 3, 20), THEN, THEN, None)
    assert set(FollowUp.objects.values_list("wave", "observed_at")) == {("w2", THEN), ("any", LATER)}
    assert Obstacle.objects.get().said_at == yaml.safe_load(text)["obstacles"][0]["said_at"]


def test_what_says_nothing_of_its_readers_is_its_authors_alone():
    text = SMALL.format(sample="true", people=PEOPLE)
    follow_up = "{wave: w2, observed_at: 2019-04-05 08:00:00+00:00, state: tried}"
    text += f"reflections: [{{author: upe@laimikis.example, {NOTE}, takeaways: [{{title: T, will_use: no, follow_ups: [{follow_up}]}}]}}]\n"

    import_text(text)

    levels = [model.objects.get().visibility for model in (Reflection, Takeaway, FollowUp)]
    assert levels == ["only_me"] * 3
    assert Takeaway.objects.get().will_use == 0


@pytest.mark.parametrize(
    ("notes", "problem"),
    [
        (f"{{{NOTE}, author: eve@laimikis.example}}", "author: “eve@laimikis.example” is not among the file's people."),
        (f"{{{NOTE}, activity: C9}}", "activity: “C9” is not among the file's activities."),
        (f"{{{NOTE}, gave: much}}", "gave: “much” is none of cost, little, something, a_lot."),
        (f"{{{NOTE}, answers: [a]}}", "answers: A list instead of names with texts."),
        (f"{{{NOTE}, answers: {{bothered: 3}}}}", "answers: A number instead of a text: put it in quotes."),
        (f"{{{NOTE}, visibility: person}}", "visibility: One person may read it exactly where a reader is named."),
        (f"{{{NOTE}, reader: ada@laimikis.example}}", "visibility: One person may read it exactly where a reader is named."),
        (f"{{{NOTE}, visibility: organisation}}", "visibility: The note names no partner that could read or check it."),
        (f"{{{NOTE}, approved_at: 2019-04-01 08:00:00+00:00}}", "approved_at: Only what is public was checked."),
        (f"{{{NOTE}, takeaways: [{{kinds: [why, why]}}]}}", "takeaways #1 › kinds: One kind, or two."),
        (
            f"{{{NOTE}, takeaways: [{{practice: iwona-zajac/walk}}]}}",
            "takeaways #1 › practice: “iwona-zajac/walk” is not among the file's practices.",
        ),
        (f"{{{NOTE}, takeaways: [{{id: mine}}]}}", "takeaways #1 › id: “mine” is not an id (a UUID)."),
        (
            f"{{{NOTE}, takeaways: [{{follow_ups: [{{wave: w2, observed_at: 2019-04-05 08:00:00+00:00, state: tried, visibility: partnership}}]}}]}}",
            "takeaways #1 › follow_ups #1 › visibility: What became of a thing is not read more widely than the thing.",
        ),
    ],
)
def test_a_note_with_a_mistake_is_named_with_its_line(notes, problem):
    assert f"line 8: reflections #1 › {problem}" in problems_of(notes)
    assert not (Project.objects.exists() or Reflection.objects.exists())


@pytest.mark.parametrize(
    ("notes", "problem"),
    [
        (f"{{{NOTE}, text: Private}}", "visibility: Only a file marked “sample: true” may carry what not all partners read, or strangers, too."),
        (
            f"{{{NOTE}, text: T, visibility: public, partner: laimikis}}",
            "visibility: Only a file marked “sample: true” may carry what not all partners read, or strangers, too.",
        ),
        (
            f"{{{NOTE}, takeaways: [{{title: T}}]}}",
            "takeaways #1 › visibility: Only a file marked “sample: true” may carry what not all partners read, or strangers, too.",
        ),
        (
            f"{{{NOTE}, visibility: partnership, author: upe@laimikis.example}}",
            "author: Only a file marked “sample: true” may carry this; a real project's file holds no people, and nothing that is only theirs.",
        ),
        (
            f"{{{NOTE}, visibility: partnership, gave: cost}}",
            "gave: Only a file marked “sample: true” may carry this; a real project's file holds no people, and nothing that is only theirs.",
        ),
    ],
)
def test_a_real_projects_file_may_not_carry_what_is_somebodys_own(notes, problem):
    assert f"line 8: reflections #1 › {problem}" in problems_of(notes, sample=False)


def test_things_with_the_same_id_or_one_that_is_here_are_refused():
    thing = "0b5e51b6-1c39-4b0f-8f5e-0f0f3c6c1a11"
    make.TakeawayFactory(pk=thing)
    note = f"{{{NOTE}, takeaways: [{{id: {thing}, title: T}}]}}"

    assert problems_of(note) == ["line 8: reflections #1 › takeaways #1 › id: What has this id is on the site already."]
    assert problems_of(f"{note}, {note}") == ["line 8: reflections #2 › takeaways #1 › id: This id is given twice, first in line 8."]


def test_what_is_said_once_is_not_said_twice():
    said = "{person: ada@laimikis.example, activity: C4, wave: w2, said_at: 2019-04-05 08:00:00+00:00, codes: [time]}"

    assert problems_of("", more=f"obstacles: [{said}, {said}]\n") == [
        "line 9: obstacles #2 › person: They said this at that time already, in line 9."
    ]


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("partner: ostend", "partner: “ostend” is not among the file's partners."),
        ("partner: laimikis, fitted: perhaps", "fitted: “perhaps” is none of yes, partly, no."),
        ("partner: laimikis, obstacles: [weather]", "obstacles: “weather” is none of time, money, alone, not_mine, begin, contract, nothing, other."),
        (
            "partner: laimikis, story: 0b5e51b6-1c39-4b0f-8f5e-0f0f3c6c1a11",
            "story: “0b5e51b6-1c39-4b0f-8f5e-0f0f3c6c1a11” is not among the file's takeaways.",
        ),
        ("partner: laimikis, by: eve@laimikis.example", "by: “eve@laimikis.example” is not among the file's people."),
        ("partner: laimikis, heard: 1", "heard: This key is not known here."),
    ],
)
def test_a_check_in_with_a_mistake_is_named_with_its_line(said, problem):
    row = f'check_ins: [{{{said}, "on": 2019-05-02, language: en, written_at: 2019-05-02 08:00:00+00:00}}]\n'

    assert problems_of("", more=row) == [f"line 9: check_ins #1 › {problem}"]


def test_a_real_projects_file_may_carry_no_check_in():
    row = "check_ins: [{partner: laimikis, 'on': 2019-05-02, language: en, written_at: 2019-05-02 08:00:00+00:00}]\n"

    assert problems_of("", sample=False, more=row) == [
        "line 9: check_ins: Only a file marked “sample: true” may carry this; a real project's file holds no people, and nothing that is only theirs."
    ]


def test_a_samples_file_leaves_out_the_check_in_of_a_real_person_who_joined_it():
    project = noted_project(is_sample=True)
    make.CheckInFactory(project=project, partner=project.partners.get(), by=make.PersonFactory(), wanted="Real words.")

    file = contents(project)

    assert ([row["why"] for row in file["check_ins"]], file["not_contained"]["check_ins"]) == (["A secret why"], 1)
