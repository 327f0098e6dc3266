"""The report desk: facts as they are kept, figures as everybody sees them, only words that were let out, and what is missing."""

import datetime
import io

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from learning.actions import report_making
from learning.models import ReportPack
from partners.models import Activity, Project
from tests.factories import (
    ActivityFactory,
    CheckInFactory,
    ChoiceFactory,
    FollowUpFactory,
    HeadcountFactory,
    PartnerFactory,
    PracticeFactory,
    PracticeStageFactory,
    ProjectFactory,
    ProjectPartnerFactory,
    ProjectRoleFactory,
    ReflectionFactory,
    TakeawayFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    return ProjectFactory(slug="i-improve", short_name="I_Improve")


@pytest.fixture
def coordinator(project, client):
    person = ProjectRoleFactory(project=project, coordinator=True).person
    client.force_login(person)
    return person


def blocks(client, project, **query):
    answer = client.get(reverse("learning:report_desk", args=[project.slug]), query)
    return {block.key: block for block, _length in answer.context["blocks"]}


def test_unknown_numbers_stay_unknown(client, project, coordinator):
    lab = ActivityFactory(project=project, code="L1", kind="lab", held=True)
    talk = ActivityFactory(project=project, code="L2", kind="lab", held=True)
    HeadcountFactory(activity=lab, role="neighbours", number=40)
    HeadcountFactory(activity=talk, role="neighbours", number=None)

    found = blocks(client, project)

    assert "neighbours: 40 (and an unknown number at 1 activity)" in found["participants"].facts
    assert "L2; neighbours number unknown" in found["participants"].facts
    assert "L1" in found["dissemination"].text


def test_only_words_that_were_let_out_are_quoted(client, project, coordinator):
    activity = ActivityFactory(project=project, code="C4", held=True)
    told = ReflectionFactory(activity=activity, partner_then=PartnerFactory())
    out = {"visibility": "public", "approved_at": timezone.now(), "approved_by": coordinator}
    card = TakeawayFactory(reflection=told, title="The river is a street", **out)
    TakeawayFactory(reflection=told, title="Only for partners", visibility="partnership")
    TakeawayFactory(reflection=told, title="Not checked yet", visibility="public")
    FollowUpFactory(takeaway=card, texts={"story": "We opened the gate"}, **out)
    FollowUpFactory(takeaway=card, texts={"story": "Kept to myself"})

    found = blocks(client, project)

    assert [quote.words for quote in found["learning"].quotes] == ["The river is a street"]
    assert [quote.words for quote in found["later"].quotes] == ["We opened the gate"]


def test_a_year_holds_what_began_in_it(client, project, coordinator):
    ActivityFactory(project=project, code="A1", starts_on="2018-10-02", ends_on="2018-10-03", status="held")
    ActivityFactory(project=project, code="A2", starts_on="2019-08-31", ends_on="2019-09-02", status="held")
    ActivityFactory(project=project, code="A3", starts_on="2019-09-01", ends_on="2019-09-02", status="held")
    ActivityFactory(project=project, code="A4", unknown=True)

    def codes(**query):
        return [line.split()[0] for line in blocks(client, project, **query)["activities"].facts]

    assert codes() == ["A1", "A2", "A3", "A4"]
    assert codes(period="2018") == ["A1", "A2"]
    assert codes(period="2019") == ["A3"]
    assert codes(period="rubbish") == ["A1", "A2", "A3", "A4"]


def test_without_anything_it_says_so_and_counts_what_it_copies(client, project, coordinator):
    page = client.get(reverse("learning:report_desk", args=[project.slug])).content.decode()

    assert page.count("Nothing is kept about this yet.") == 8
    assert "textarea" not in page


def test_the_demo_has_its_gaps_and_every_date_place_and_partner_right(client):
    call_command("import_project", "demo/iimprove.yaml")
    project = Project.objects.get(slug="i-improve")
    client.force_login(ProjectRoleFactory(project=project, coordinator=True).person)

    found = blocks(client, project)
    missing = {words.partition(":")[0] for words, _url in found["activities"].missing}

    assert {"C1", "C6", "E7", "E9", "E10"} <= missing
    held = Activity.objects.filter(project=project).exclude(status="cancelled").with_partners()
    assert len(found["activities"].facts) == held.count()
    for activity in held:
        line = next(line for line in found["activities"].facts if line.startswith(f"{activity.code} "))
        assert activity.place in line
        assert all(partner.name in line for partner in (activity.host, *activity.guests) if partner)
        assert str(activity.starts_on.year if activity.starts_on else "") in line


@pytest.fixture
def laimikis(project):
    return ProjectPartnerFactory(project=project, partner=PartnerFactory(slug="laimikis", short_name="Laimikis.lt")).partner


def test_a_check_in_is_told_as_taps_and_signed_words(client, project, coordinator, laimikis):
    CheckInFactory(
        project=project,
        partner=laimikis,
        on="2019-10-04",
        language="lt",
        wanted="Kaip klausti kaimynų.",
        fitted="partly",
        helped="Ilgas stalas.",
        obstacles=["time", "money"],
    )

    found = blocks(client, project)["check-ins"]

    assert found.facts == ("Laimikis.lt, 4 October 2019: Did the activities fit? In part; What stopped people? Time, Money",)
    assert [(quote.words, quote.by, quote.language) for quote in found.quotes] == [
        ("Kaip klausti kaimynų.", "Laimikis.lt, 4 October 2019: what we wanted to learn", "lt"),
        ("Ilgas stalas.", "Laimikis.lt, 4 October 2019: what helped", "lt"),
    ]


def test_the_story_of_a_check_in_is_told_only_where_everybody_may_read_it(client, project, coordinator, laimikis):
    told = ReflectionFactory(project=project, partner_then=laimikis, language="lt")
    out = TakeawayFactory(reflection=told, title="A key for everybody", visibility="public", approved_at=timezone.now())
    kept = TakeawayFactory(reflection=told, title="Canary key", visibility="partnership")
    CheckInFactory(project=project, partner=laimikis, wanted="", on="2019-10-04", story=out, why="It fits on the fridge.")
    CheckInFactory(project=project, partner=laimikis, wanted="", on="2020-02-04", story=kept, why="Canary why.")

    quotes = blocks(client, project)["check-ins"].quotes

    assert [(quote.words, quote.by) for quote in quotes] == [
        ("A key for everybody", "Somebody at Laimikis.lt"),
        ("It fits on the fridge.", "Laimikis.lt, 4 October 2019: why this one"),
    ]


def test_a_year_holds_the_check_ins_and_stages_of_that_year_and_misses_the_others(client, project, coordinator, laimikis):
    other = ProjectPartnerFactory(project=project, partner=PartnerFactory(short_name="Venti")).partner
    ProjectPartnerFactory(project=project, associated=True)
    practice = PracticeFactory(name="Story walk")
    ChoiceFactory(project=project, partner=other, changemaker=practice.changemaker, chosen=True)
    ActivityFactory(project=project, starts_on="2018-10-02", ends_on="2018-10-03")
    ActivityFactory(project=project, starts_on="2019-10-02", ends_on="2019-10-03")
    for on, fitted, stage in (("2019-08-31", "no", "saw"), ("2019-09-01", "yes", "tried")):
        CheckInFactory(project=project, partner=laimikis, on=on, wanted="", fitted=fitted)
        PracticeStageFactory(practice=practice, partner=laimikis, on=datetime.date.fromisoformat(on), stage=stage)

    whole, first, second = (blocks(client, project, **query)["check-ins"] for query in ({}, {"period": "2018"}, {"period": "2019"}))

    assert first.facts == ("Laimikis.lt, 31 August 2019: Did the activities fit? No", "Story walk; Saw it: Laimikis.lt")
    assert second.facts == ("Laimikis.lt, 1 September 2019: Did the activities fit? Yes", "Story walk; Tried it: Laimikis.lt")
    assert whole.facts == (first.facts[0], *second.facts)
    form = reverse("learning:check_in", args=[other.slug, project.slug])
    assert [block.missing for block in (whole, first, second)] == [(("Venti: No check-in", form),)] * 3


def made(client, project, kind, **query):
    """The bytes of a file, asked for on the page, made as a worker makes it, and fetched."""
    asked = client.post(reverse("learning:report_ask", args=[project.slug]), {"kind": kind, **query})
    assert asked.status_code == 302
    call_command("make_reports")
    pack = ReportPack.objects.get(project=project, kind=kind)
    return client.get(reverse("learning:report_file", args=[project.slug, pack.pk])).content


@pytest.fixture
def full(project, coordinator):
    activity = ActivityFactory(project=project, code="C4", title="=1+1", held=True, place="Šnipiškės")
    HeadcountFactory(activity=activity, role="neighbours", number=40)
    out = {"visibility": "public", "approved_at": timezone.now(), "approved_by": coordinator}
    TakeawayFactory(reflection=ReflectionFactory(activity=activity, partner_then=PartnerFactory()), title="=HYPERLINK(1)", **out)
    CheckInFactory(project=project, wanted="=SUM(1)", fitted="no", helped="A long table.")
    return project


def test_workbook_holds_what_the_page_shows_and_no_formula(client, full):
    book = load_workbook(io.BytesIO(made(client, full, "xlsx")))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]

    for block in blocks(client, full).values():
        assert {*block.facts, *(quote.words for quote in block.quotes)} <= {cell.removeprefix("'") for cell in cells}
    assert "'=HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell.startswith("=")]
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_document_says_what_the_page_says(client, full):
    paper = _squeezed(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(made(client, full, "pdf"))).pages))

    found = blocks(client, full).values()
    said = [line for block in found for line in (*block.facts, *(part for quote in block.quotes for part in (quote.words, quote.by)))]
    assert len(said) == 10
    assert [line for line in said if _squeezed(line) not in paper] == []


def _squeezed(text):
    return "".join(text.split())


def test_document_is_tagged_and_in_the_language_of_who_asked(client, full, coordinator):
    coordinator.language = "lt"
    coordinator.save()

    file = made(client, full, "pdf")

    assert file.startswith(b"%PDF-")
    assert b"/MarkInfo" in file
    assert b"(lt)" in file
    assert b"pdfuaid" in file


def test_a_file_is_fetched_by_whom_it_was_made_for_only_and_gone_after_a_day(client, full, coordinator):
    made(client, full, "xlsx")
    address = reverse("learning:report_file", args=[full.slug, ReportPack.objects.get().pk])
    other = ProjectRoleFactory(project=full, coordinator=True).person

    client.force_login(other)
    assert client.get(address).status_code == 404

    ReportPack.objects.update(asked_at=timezone.now() - datetime.timedelta(hours=25))
    call_command("purge")
    client.force_login(coordinator)
    assert client.get(address).status_code == 404
    assert not ReportPack.objects.exists()


def test_asked_twice_it_is_made_once_and_a_failed_one_can_be_asked_again(client, full, monkeypatch):
    ask = reverse("learning:report_ask", args=[full.slug])
    client.post(ask, {"kind": "pdf"})
    client.post(ask, {"kind": "pdf"})
    assert ReportPack.objects.count() == 1

    monkeypatch.setitem(report_making.MAKERS, "pdf", lambda *_: 1 / 0)
    for _attempt in range(3):
        with pytest.raises(ZeroDivisionError):
            call_command("make_reports")
        ReportPack.objects.update(leased_until=None)
    page = client.get(reverse("learning:report_desk", args=[full.slug])).content.decode()
    assert "This could not be made" in page

    client.post(ask, {"kind": "pdf"})
    assert [pack.attempts for pack in ReportPack.objects.all()] == [0]
