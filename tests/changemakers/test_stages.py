"""How far practices have come: who says so, who reads it, what counts, what is taken back."""

import datetime
import uuid

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from changemakers.models import PracticeStage
from iimprove.clock import today
from tests.factories import (
    ChoiceFactory,
    MembershipFactory,
    PracticeFactory,
    PracticeStageFactory,
    ProjectFactory,
    ProjectPartnerFactory,
    ProjectRoleFactory,
    ReflectionFactory,
    TakeawayFactory,
)

pytestmark = pytest.mark.django_db
YESTERDAY = today() - datetime.timedelta(days=1)


@pytest.fixture
def practice(db):
    """Of a changemaker chosen by River//Cities, in a project with Laimikis."""
    project = ProjectFactory()
    owner = ProjectPartnerFactory(project=project, partner__name="River//Cities").partner
    ProjectPartnerFactory(project=project, partner__name="Laimikis")
    practice = PracticeFactory(name="Story walk")
    ChoiceFactory(project=project, partner=owner, changemaker=practice.changemaker, chosen=True)
    practice.project, practice.owner = project, owner
    practice.other = project.partners.get(name="Laimikis")
    return practice


@pytest.fixture
def admin(practice, client):
    """Of Laimikis."""
    person = MembershipFactory(partner=practice.other, admin=True).person
    client.force_login(person)
    return person


def publish(practice):
    now = timezone.now()
    type(practice.project).objects.filter(pk=practice.project.pk).update(published_at=now)
    type(practice.changemaker).objects.filter(pk=practice.changemaker.pk).update(published_at=now)


def record(client, practice, **data):
    url = reverse("changemakers:stage_record", args=[practice.project.slug, practice.changemaker.slug])
    return client.post(url, {"practice": practice.pk, "partner": practice.other.pk, "stage": "tried", "language": "en"} | data)


def take_back(client, practice, stage):
    return client.post(reverse("changemakers:stage_take_back", args=[practice.project.slug, practice.changemaker.slug, stage.pk]))


def page_of(client, practice, person=None):
    if person:
        client.force_login(person)
    return client.get(practice.changemaker.get_absolute_url()).content.decode()


def grid(client, practice):
    """{organisation: words of its cell} as the page has it."""
    lines = client.get(practice.changemaker.get_absolute_url()).context["lines"]
    return {str(line.partner): line.cells[0][1] and line.cells[0][1].stage for line in lines}


def test_an_admin_says_it_for_the_own_organisation(practice, admin, client):
    record(client, practice, stage="adapted", on=YESTERDAY.isoformat(), note="In the yard, with keys.")

    row = PracticeStage.objects.get()
    assert (row.partner, row.stage, row.on, row.note, row.by) == (practice.other, "adapted", YESTERDAY, "In the yard, with keys.", admin)


def test_an_admin_does_not_speak_for_another_organisation(practice, admin, client):
    answer = record(client, practice, partner=practice.owner.pk)

    assert (list(answer.context["form"].errors), PracticeStage.objects.count()) == (["partner"], 0)


def test_a_coordinator_speaks_for_any_organisation_of_the_project_and_for_no_other(practice, client):
    client.force_login(ProjectRoleFactory(project=practice.project, coordinator=True).person)

    for partner in (practice.owner, practice.other, ProjectPartnerFactory().partner):
        record(client, practice, partner=partner.pk)

    assert {row.partner for row in PracticeStage.objects.all()} == {practice.owner, practice.other}


def test_of_whom_the_project_only_considers_nothing_is_said(practice, admin, client):
    candidate = PracticeFactory()
    ChoiceFactory(project=practice.project, partner=practice.other, changemaker=candidate.changemaker)
    url = reverse("changemakers:stage_record", args=[practice.project.slug, candidate.changemaker.slug])

    assert client.get(url).status_code == 404


def test_a_day_to_come_and_a_missing_tap_are_refused_and_the_note_is_kept(practice, admin, client):
    answer = record(client, practice, stage="", on=(today() + datetime.timedelta(days=1)).isoformat(), note="Typed for nothing?")

    assert sorted(answer.context["form"].errors) == ["on", "stage"]
    assert "Typed for nothing?" in answer.content.decode()


def test_sent_twice_it_is_said_once(practice, admin, client):
    key = str(uuid.uuid4())

    record(client, practice, key=key)
    record(client, practice, key=key)

    assert PracticeStage.objects.count() == 1


def test_come_back_with_other_words_it_is_said_again(practice, admin, client):
    key = str(uuid.uuid4())

    for note in ("With Ona.", "With Ona and Jonas.", "With Ona and Jonas."):
        record(client, practice, key=key, note=note)

    assert sorted(row.note for row in PracticeStage.objects.all()) == ["With Ona and Jonas.", "With Ona."]


def test_the_key_of_somebody_else_s_entry_is_refused(practice, admin, client):
    theirs = PracticeStageFactory(practice=practice, partner=practice.owner, stage="routine")

    answer = record(client, practice, key=str(theirs.pk))

    theirs.refresh_from_db()
    assert (list(answer.context["form"].errors), theirs.stage) == (["key"], "routine")


def test_what_was_said_is_never_rewritten(practice):
    row = PracticeStageFactory(practice=practice, partner=practice.other)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        PracticeStage.objects.filter(pk=row.pk).update(stage="routine")


def test_the_grid_shows_the_last_stage_by_its_day_and_says_what_is_not_known(practice, admin, client):
    PracticeStageFactory(practice=practice, partner=practice.other, stage="routine", on=YESTERDAY)
    PracticeStageFactory(practice=practice, partner=practice.other, stage="heard", on=YESTERDAY - datetime.timedelta(days=400))

    assert grid(client, practice) == {"River//Cities": None, "Laimikis": "routine"}
    assert "not known" in page_of(client, practice)


def test_a_stage_without_its_day_says_when_it_was_said(practice, admin, client):
    PracticeStageFactory(practice=practice, partner=practice.other, recorded_at=datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC))

    assert "day not known, said on 1 March 2026" in page_of(client, practice)


def test_taken_back_it_counts_no_more_its_note_is_gone_and_that_it_was_said_stays(practice, admin, client):
    PracticeStageFactory(practice=practice, partner=practice.other, stage="heard", on=YESTERDAY)
    row = PracticeStageFactory(practice=practice, partner=practice.other, stage="routine", note="Too much said.", by=admin)

    take_back(client, practice, row)

    page = page_of(client, practice)
    assert grid(client, practice)["Laimikis"] == "heard"
    assert "Too much said." not in page
    assert "<s>Laimikis: Routine by now</s>" in page


def test_only_the_last_entry_is_taken_back_and_only_by_who_made_it(practice, admin, client):
    early = PracticeStageFactory(practice=practice, partner=practice.other, by=admin)
    last = PracticeStageFactory(practice=practice, partner=practice.other, by=MembershipFactory(partner=practice.other, admin=True).person)

    assert [take_back(client, practice, row).status_code for row in (early, last)] == [404, 403]
    assert "Take back" not in page_of(client, practice)
    assert PracticeStage.objects.standing().count() == 2


def test_who_is_no_admin_any_more_takes_nothing_back(practice, client):
    person = MembershipFactory(partner=practice.other, person__second_factor=True).person
    MembershipFactory(person=person, partner=practice.owner, admin=True)
    row = PracticeStageFactory(practice=practice, partner=practice.other, by=person)
    client.force_login(person)

    assert take_back(client, practice, row).status_code == 403


def test_of_whose_practice_something_was_said_the_practice_stays(practice, client):
    PracticeStageFactory(practice=practice, partner=practice.other)
    client.force_login(MembershipFactory(partner=practice.owner, admin=True).person)
    choice = practice.changemaker.choices.get()

    answer = client.post(reverse("changemakers:practice_delete", args=[practice.owner.slug, choice.pk, practice.pk]))

    assert answer.status_code == 403
    assert "so it stays" in client.get(reverse("changemakers:practice_edit", args=[practice.owner.slug, choice.pk, practice.pk])).content.decode()


def test_strangers_read_the_grid_of_what_is_public_without_notes(practice, client):
    PracticeStageFactory(practice=practice, partner=practice.other, stage="tried", on=YESTERDAY, note="Canary note.")
    publish(practice)

    page = page_of(client, practice)

    assert grid(client, practice) == {"River//Cities": None, "Laimikis": "tried"}
    assert "Canary note." not in page
    assert "Trials" not in page


def test_strangers_read_no_grid_as_long_as_the_project_is_not_public(practice, client):
    PracticeStageFactory(practice=practice, partner=practice.other)
    type(practice.changemaker).objects.update(published_at=timezone.now())

    page = page_of(client, practice)

    assert "How far it has come" not in page
    assert "Laimikis" not in page


def test_two_projects_with_the_same_changemaker_do_not_read_each_other(practice, client):
    elsewhere = ProjectPartnerFactory(partner__name="Quayside")
    ChoiceFactory(project=elsewhere.project, partner=elsewhere.partner, changemaker=practice.changemaker, chosen=True)
    ProjectPartnerFactory(project=elsewhere.project, partner__name="Harbour")
    PracticeStageFactory(practice=practice, partner=practice.other, note="Canary note.")

    page = page_of(client, practice, MembershipFactory(partner=elsewhere.partner).person)

    assert "Quayside" in page
    assert "no other partner has said yet" in page
    assert "Laimikis" not in page
    assert "Canary note." not in page


def test_a_member_of_the_project_reads_the_trials_with_their_notes(practice, client):
    PracticeStageFactory(practice=practice, partner=practice.other, stage="tried", note="It rained.")
    PracticeStageFactory(practice=practice, partner=practice.other, stage="saw", note="Seen only.")

    page = page_of(client, practice, MembershipFactory(partner=practice.owner).person)

    assert "It rained." in page
    assert "Seen only." not in page
    assert "2 entries" in page


@pytest.mark.parametrize(
    ("stages", "sentence"),
    [
        ([], "Not known: no other partner has said yet how far it has come there."),
        (["heard"], "1 of 1 other partners knows it; nobody has tried it yet."),
        (["heard", "tried", "saw"], "3 of 3 other partners know it; 2 of them tried it."),
    ],
)
def test_what_it_says_of_how_far_it_has_come(practice, admin, client, stages, sentence):
    partners = [practice.other, *(ProjectPartnerFactory(project=practice.project).partner for _more in stages[1:])]
    for partner, stage in zip(partners, stages, strict=False):
        PracticeStageFactory(practice=practice, partner=partner, stage=stage)
    if len(stages) == 3:
        PracticeStageFactory(practice=practice, partner=practice.owner, stage="routine")
        PracticeStageFactory(practice=practice, partner=partners[2], stage="stopped")

    assert [told.sentence for told in client.get(practice.changemaker.get_absolute_url()).context["figures"]] == [sentence]


def test_what_stayed_counts_only_where_it_was_tried_half_a_year_ago(practice, admin, client):
    late = ProjectPartnerFactory(project=practice.project).partner
    for partner, days in ((practice.other, 200), (late, 100)):
        PracticeStageFactory(practice=practice, partner=partner, stage="tried", on=today() - datetime.timedelta(days=days))
        PracticeStageFactory(practice=practice, partner=partner, stage="routine", on=YESTERDAY)

    (told,) = client.get(practice.changemaker.get_absolute_url()).context["figures"]

    assert [row.cells for row in told.rows] == [(2, 2), (2, 2), (0, 2), (1, 1)]


def test_where_only_the_choosing_organisation_takes_part_there_is_no_figure(client):
    part = ProjectPartnerFactory()
    practice = PracticeFactory()
    ChoiceFactory(project=part.project, partner=part.partner, changemaker=practice.changemaker, chosen=True)

    page = page_of(client, practice, MembershipFactory(partner=part.partner).person)

    assert "Nobody else takes part yet to whom it could have come." in page


def test_what_people_took_is_shown_to_whom_they_let_read_it_and_makes_the_way_it_went(practice, admin, client):
    told = ReflectionFactory(author=MembershipFactory(partner=practice.other).person, partner_then=practice.other, project=practice.project)
    shared = TakeawayFactory(reflection=told, title="Ask the neighbours", visibility="partnership", practice=practice)
    shared.source_partners.add(practice.owner)
    TakeawayFactory(reflection=told, title="Canary, mine alone", visibility="only_me", practice=practice)
    TakeawayFactory(reflection=told, title="Canary, of something else", visibility="partnership")
    theirs = ReflectionFactory(author=MembershipFactory(partner=practice.owner).person, partner_then=practice.owner, project=practice.project)
    TakeawayFactory(reflection=theirs, title="Canary, for their organisation", visibility="organisation", practice=practice)
    TakeawayFactory(reflection=ReflectionFactory(author=admin), title="Canary, my own", practice=practice)
    deleted = ReflectionFactory(author=admin, partner_then=practice.other, project=practice.project, deleted=True)
    TakeawayFactory(reflection=deleted, title="Canary, deleted", visibility="partnership", practice=practice)
    PracticeStageFactory(practice=practice, partner=practice.other)

    page = page_of(client, practice)

    assert "Ask the neighbours" in page
    assert "The longest way it went: River//Cities → Laimikis." in page
    assert "Canary" not in page


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_outside_the_project_what_is_public_is_signed_by_the_organisation_alone(practice, client, is_signed_in):
    author = MembershipFactory(partner=practice.other, person__name="Canary Author").person
    told = ReflectionFactory(author=author, partner_then=practice.other, project=practice.project)
    checked = {"visibility": "public", "approved_at": timezone.now()}
    TakeawayFactory(reflection=told, title="For everybody", practice=practice, **checked)
    publish(practice)

    page = page_of(client, practice, MembershipFactory().person if is_signed_in else None)
    inside = page_of(client, practice, MembershipFactory(partner=practice.owner).person)

    assert "For everybody" in page
    assert "Somebody at Laimikis" in page
    assert "Canary Author" not in page
    assert "Canary Author" in inside


def test_the_file_holds_what_the_grid_shows(practice, admin, client):
    type(practice).objects.filter(pk=practice.pk).update(name="=Story walk")
    PracticeStageFactory(practice=practice, partner=practice.other, on=datetime.date(2026, 3, 1), note="Not in the file.")

    answer = client.get(reverse("learning:changemaker_stages", args=[practice.changemaker.slug]))

    lines = answer.content.decode("utf-8-sig").splitlines()
    said = timezone.localdate().isoformat()
    assert lines == [
        "Organisation,Practice,Stage,Since when,Said on",
        "River//Cities,'=Story walk,not known,,",
        f"Laimikis,'=Story walk,Tried it,2026-03-01,{said}",
    ]


def test_a_note_says_whose_practice_it_is_about_among_those_chosen_in_its_project(practice, client):
    author = MembershipFactory(partner=practice.other).person
    told = ReflectionFactory(author=author, partner_then=practice.other, project=practice.project)
    thing = TakeawayFactory(reflection=told, title="Ask")
    elsewhere = PracticeFactory(name="Canary practice")
    ChoiceFactory(changemaker=elsewhere.changemaker, chosen=True)
    client.force_login(author)
    url = reverse("learning:note_edit", args=[told.pk])
    form = {"about": client.get(url).context["form"]["about"].value(), "happened_on": told.happened_on, "language": "en"}

    for about in (elsewhere, practice):
        client.post(url, form | {f"{thing.pk}-title": "Ask", f"{thing.pk}-practice": about.pk})

    thing.refresh_from_db()
    assert thing.practice == practice
    assert "Canary practice" not in client.get(url).content.decode()


def test_who_has_left_is_not_told_whose_practices_the_project_has_chosen_since(practice, client):
    author = MembershipFactory(partner=practice.other, ended=True).person
    told = ReflectionFactory(author=author, partner_then=practice.other, project=practice.project)
    TakeawayFactory(reflection=told, title="Ask")
    client.force_login(author)

    assert "Story walk" not in client.get(reverse("learning:note_edit", args=[told.pk])).content.decode()
