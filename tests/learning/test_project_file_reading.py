"""What cannot be imported is refused whole, and each reason is named with its line."""

import io
import zipfile
from pathlib import Path

import pytest

from learning.project_file import opening
from learning.project_file.importing import import_text
from learning.project_file.reading import DEEPEST, Refused
from partners.models import Event, Partner, Person, Project

TEN_MISTAKES = Path(__file__).with_name("ten_mistakes.yaml")
SMALL = """\
format: iimprove-project
version: 1
project:
  slug: river
  short_name: River
  working_language: en
"""
PARTNERS = """\
partners:
  - {slug: ostend, name: Ostend, short_name: Ostend, part: full}
  - {slug: laimikis, name: Laimikis.lt, short_name: Laimikis.lt, part: full}
"""


def problems_of(text):
    with pytest.raises(Refused) as refused:
        import_text(text)
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.django_db
def test_ten_mistakes_are_all_named_with_their_lines_and_nothing_is_written():
    assert problems_of(TEN_MISTAKES.read_text()) == [
        "line 5: project › slug: Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
        "line 8: project › starts_on: “2019-02-30” is not a date (2019-03-19).",
        "line 18: partners laimikis › nickname: This key is not known here (meant: name?).",
        "line 19: partners laimikis › part: There is a lead partner already, in line 14.",
        "line 30: people producer@intercult.example › memberships #2 › started_on: This overlaps with what stands in line 25.",
        "line 36: activities C1 › ends_on: 2019-03-12 is before starts_on (2019-03-19).",
        "line 38: activities C1 › guests: “laimikis” is the host already, and cannot be its own guest.",
        "line 39: activities c1 › code: “c1” is given twice, first in line 32.",
        "line 42: activities c1 › host: “ostend” is not among the file's partners.",
        "line 46: activities C2 › is_online: A text instead of true or false.",
    ]
    assert not (Project.objects.exists() or Partner.objects.exists() or Person.objects.exists() or Event.objects.exists())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("added", "problem"),
    [
        ("  ends_on: 20190101\n", "line 7: project › ends_on: A number instead of a date (2019-03-19)."),
        ("  name: 2018\n", "line 7: project › name: A number instead of a text, at most 250 characters: put it in quotes."),
        ("  name: no\n", "line 7: project › name: Yes or no instead of a text, at most 250 characters: put it in quotes."),
        ("  name: {en: River}\n", "line 7: project › name: Keys with values instead of a text, at most 250 characters."),
        ("  name: !!python/object/apply:os.system [ls]\n", "line 7: project › name: A list instead of a text, at most 250 characters."),
        ("  name: !secret x\n", "line 7: project › name: The unknown tag !secret instead of a text, at most 250 characters: put it in quotes."),
        ('  name: "a\\0b"\n', "line 7: project › name: The character NUL cannot be stored."),
        (f"  about: {'x' * 20_001}\n", "line 7: project › about: 20,001 characters, at most 20,000 are allowed."),
        ("  short_name: River\n", "line 7: project: The key “short_name” is given twice."),
        ("  sources: [{url: 'http://x.example/'}]\n", "line 7: project › sources #1: The key “title” is missing."),
        ("  sources: [{title: T, url: 'javascript:alert(1)'}]\n", "line 7: project › sources #1 › url: Enter a valid URL."),
        (
            "  plan_changes: [{kind: period, at: 2020-03-13 10:00:00}]\n",
            "line 7: project › plan_changes #1 › at: An instant needs its offset from UTC (as 2020-03-13 10:00:00+00:00).",
        ),
        (
            "  plan_changes: [{kind: moved, at: 2020-03-13}]\n",
            "line 7: project › plan_changes #1 › kind: The period is changed in the project, and all else in an activity.",
        ),
        ("reflections: [{text: private}]\n", "line 7: reflections #1: The key “submitted_at” is missing."),
        ("not_contained: {candidates: many}\n", "line 7: not_contained: Names with whole numbers belong here: line 7 is something else."),
        ("partners: intercult\n", "line 7: partners: A text instead of a list."),
        ("partners: [intercult]\n", "line 7: partners #1: A text instead of keys with values."),
        ("format: other\n", "line 7: The key “format” is given twice."),
        ("baselines: {\n", "line 8: This is not YAML: did not find expected node content."),
        ("baselines: [\n", "line 8: This is not YAML: did not find expected node content."),
        (f"baselines: {'[' * (DEEPEST + 1)}\n", f"line 7: Nested more than {DEEPEST} levels deep."),
        ("a: &a [x]\nb: [*a, *a]\n", "line 8: The alias *a: write the value out, aliases are not read."),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(added, problem):
    assert problem in problems_of(SMALL + added)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("added", "problem"),
    [
        ("  country: Sweden\n", "line 10: partners three › country: “Sweden” is not the code of a country (two capital letters, as SE)."),
        ("  languages: [lt, Lietuvių]\n", "line 10: partners three › languages: “Lietuvių” is not the code of a language (as en, sv, lt)."),
        ("  time_zone: Mars/Base\n", "line 10: partners three › time_zone: “Mars/Base” is not a time zone."),
        ("  part: sponsor\n", "line 10: partners three › part: “sponsor” is none of lead, full, associated."),
    ],
)
def test_a_partner_with_a_mistake_is_named(added, problem):
    row = "  - {slug: three, name: Three, short_name: Three, " + added.strip()
    row += "}\n" if "part:" in added else ", part: full}\n"
    assert problem in problems_of(SMALL + PARTNERS + row)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("activity", "problem"),
    [
        ("starts_on: 2019-03-19, month_on: 2019-03", "starts_on: Give the first day, or what is known instead of it, not both."),
        ("month_on: 2019-13", "month_on: “2019-13” is not a month (2020-10)."),
        ("guests: [ostend, ostend]", "guests: “ostend” is given twice."),
        ("guests: [vienna]", "guests: “vienna” is not among the file's partners."),
        ('ends_at: "25:00"', 'ends_at: “25:00” is not a time of day ("17:00").'),
        ("headcounts: [{role: Neighbours, number: -1}]", "headcounts Neighbours › number: “-1” is not a whole number from 0."),
        ("headcounts: [{role: A, number: 1}, {role: a, number: 2}]", "headcounts a › role: “a” is given twice, first in line 10."),
        (
            "write_ups: [{partner: ostend, language: fr, written_on: 2019-04-01, text: T}]",
            "write_ups #1 › language: “fr” is none of en, sv, nl, de, it, pl, lt.",
        ),
        (
            "plan_changes: [{kind: period, at: 2020-03-13}]",
            "plan_changes #1 › kind: The period is changed in the project, and all else in an activity.",
        ),
        ("attendance: []", None),
        (
            "attendance: [{person: a@b.example, state: attended}]",
            "attendance: Only a file marked “sample: true” may carry this; a real project's file holds no people, and nothing that is only theirs.",
        ),
    ],
)
def test_an_activity_with_a_mistake_is_named(activity, problem):
    text = SMALL + PARTNERS + f"activities:\n  - {{code: C1, kind: lab, status: held, {activity}}}\n"
    if problem is None:
        assert import_text(text).is_new
    else:
        where = f"line 11: activities C1 › {problem}".replace("in line 10", "in line 11")
        assert where in problems_of(text)


@pytest.mark.django_db
def test_two_chosen_changemakers_of_one_partner_are_refused():
    text = (
        SMALL
        + PARTNERS
        + (
            "changemakers: [{slug: a, name: A, kind: person}, {slug: b, name: B, kind: person}]\n"
            "choices:\n  - {partner: ostend, changemaker: a, state: chosen}\n  - {partner: ostend, changemaker: b, state: chosen}\n"
        )
    )
    assert problems_of(text) == ["line 13: choices ostend b › state: “ostend” has chosen a changemaker already, in line 12."]


@pytest.mark.django_db
def test_what_would_be_lost_or_told_is_refused():
    people = "people: [{email: a@b.example, name: A, language: en}]\n"
    changemakers = "changemakers: [{slug: a, name: A, kind: person}, {slug: b, name: B, kind: person}]\n"
    choices = "choices: [{partner: ostend, changemaker: a, state: candidate}]\n"

    assert problems_of(SMALL + PARTNERS + people + changemakers + choices) == [
        "line 10: people: Only a file marked “sample: true” may carry this; a real project's file holds no people, and nothing that is only theirs.",
        "line 10: people a@b.example › email: This person has no membership, no role and was nowhere.",
        "line 11: changemakers b › slug: No choice names this changemaker.",
        "line 12: choices ostend a › state: Only a file marked “sample: true” may carry candidates: they are the partner's own affair.",
    ]


def test_a_file_of_very_many_values_is_refused():
    text = SMALL + "baselines: [" + "0," * 1_000_000 + "]\n"

    assert problems_of(text) == ["line 7: The file holds more keys and values than any project has."]


@pytest.mark.django_db
def test_references_are_exact():
    text = SMALL + PARTNERS + "activities: [{code: C1, kind: lab, status: held, host: Ostend}]\n"

    assert problems_of(text) == ["line 10: activities C1 › host: “Ostend” is not among the file's partners."]


@pytest.mark.parametrize("text", ["", "- a list\n", "just words\n", "\ufeff"])
@pytest.mark.django_db
def test_what_is_no_project_file_says_so(text):
    assert problems_of(text) == ["line 1: This is not a project file: it should begin with “format: iimprove-project”."]


@pytest.mark.django_db
def test_a_later_version_is_refused():
    assert "line 2: version: This site reads version 1 of the format, not 2." in problems_of(SMALL.replace("version: 1", "version: 2"))


def zipped(tmp_path, **files):
    path = tmp_path / "project.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_a_zip_with_a_project_yaml_is_read(tmp_path):
    assert opening.text_of(zipped(tmp_path, **{"project.yaml": SMALL})) == SMALL


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"other.yaml": SMALL}, "line 1: The ZIP should hold one project.yaml, not in a folder."),
        (
            {"project.yaml": SMALL, "media/a.jpg": b"x"},
            "line 1: The ZIP also holds media/a.jpg; this version of the site can read neither media nor other files yet.",
        ),
        ({"project.yaml": b" " * (opening.LARGEST + 1)}, "line 1: The file is larger than 20 MB."),
        ({f"media/{number}": b"" for number in range(1001)}, "line 1: The ZIP holds 1,001 files, at most 1,000 are read."),
    ],
)
def test_a_zip_that_is_packed_otherwise_or_unpacks_to_too_much_is_refused(tmp_path, files, problem):
    with pytest.raises(Refused) as refused:
        opening.text_of(zipped(tmp_path, **files))

    assert [str(one) for one in refused.value.problems] == [problem]


def test_a_broken_zip_a_large_file_and_other_bytes_are_refused(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.yaml", SMALL * 50)
    broken = bytearray(packed.getvalue())
    broken[60:80] = b"\xff" * 20
    for name, content, words in [
        ("broken.zip", bytes(broken), "The ZIP cannot be read"),
        ("large.yaml", b"#" * (opening.LARGEST + 1), "larger than 20 MB"),
        ("latin.yaml", "name: Détour\n".encode("latin-1"), "not text in UTF-8"),
    ]:
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(Refused) as refused:
            opening.text_of(path)
        assert words in str(refused.value.problems[0])
