"""The partner check-in: who writes, who reads, what is kept, what it says of practices."""

import datetime
import uuid

import pytest
import time_machine
from django.urls import reverse

from changemakers.models import PracticeStage
from iimprove.clock import today
from learning.models import CheckIn
from tests.factories import (
    CheckInFactory,
    ChoiceFactory,
    MembershipFactory,
    PracticeFactory,
    PracticeStageFactory,
    ProjectPartnerFactory,
    ProjectRoleFactory,
    ReflectionFactory,
    TakeawayFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(db):
    return ProjectPartnerFactory()


@pytest.fixture
def admin(part, client):
    person = MembershipFactory(partner=part.partner, admin=True).person
    client.force_login(person)
    return person


@pytest.fixture
def practice(part):
    practice = PracticeFactory(name="Story walk")
    ChoiceFactory(project=part.project, partner=part.partner, changemaker=practice.changemaker, chosen=True)
    return practice


def address(part):
    return reverse("learning:check_in", args=[part.partner.slug, part.project.slug])


def write(client, part, **data):
    return client.post(address(part), {"on": today().isoformat(), "language": "en"} | data)


def test_an_admin_writes_it_and_all_answers_are_kept(part, admin, client):
    told = ReflectionFactory(author=admin, partner_then=part.partner, project=part.project)
    story = TakeawayFactory(reflection=told, title="The key", visibility="organisation")

    write(
        client, part, wanted="How to ask.", fitted="partly", helped="A long table.", obstacles=["time", "money"], stopped="The lease.",
        first=story.pk, why="It changed us."
    )  # fmt: skip

    row = CheckIn.objects.get()
    assert (row.wanted, row.fitted, row.helped, row.obstacles, row.stopped) == (
        "How to ask.",
        "partly",
        "A long table.",
        ["time", "money"],
        "The lease.",
    )
    assert (row.story, row.why, row.by, row.instrument, row.on) == (story, "It changed us.", admin, "F8.2", today())


def test_taps_alone_are_a_full_check_in_and_nothing_at_all_is_none(part, admin, client):
    answer = write(client, part)
    write(client, part, fitted="yes")

    assert answer.context["form"].non_field_errors() == ["Tap or write one thing: either is enough."]
    assert [row.fitted for row in CheckIn.objects.all()] == ["yes"]


def test_what_is_refused_is_said_and_what_was_typed_is_kept(part, admin, client):
    answer = write(client, part, wanted="Long thought about.", on=(today() + datetime.timedelta(days=2)).isoformat())

    assert list(answer.context["form"].errors) == ["on"]
    assert "Long thought about." in answer.content.decode()


def test_why_without_a_story_is_not_kept(part, admin, client):
    write(client, part, fitted="yes", why="Which one?")

    assert CheckIn.objects.get().why == ""


def test_sent_twice_it_is_one(part, admin, client):
    key = str(uuid.uuid4())

    write(client, part, fitted="yes", obstacles=["time"], key=key)
    write(client, part, fitted="yes", obstacles=["time"], key=key)

    assert [row.fitted for row in CheckIn.objects.all()] == ["yes"]


def test_come_back_with_other_words_nothing_of_it_is_lost(part, admin, client):
    key = str(uuid.uuid4())

    for helped in ("A table.", "A long table.", "A long table."):
        write(client, part, helped=helped, key=key)

    assert {row.helped for row in CheckIn.objects.all()} == {"A table.", "A long table."}
    assert CheckIn.objects.count() == 2


def test_come_back_with_another_stage_alone_the_stage_is_kept(part, admin, practice, client):
    key = str(uuid.uuid4())

    for stage in ("tried", "routine", "routine"):
        write(client, part, fitted="yes", key=key, **{f"stage-{practice.pk}": stage})

    assert list(PracticeStage.objects.values_list("stage", flat=True)) == ["tried", "routine"]
    assert CheckIn.objects.count() == 1


def test_the_key_of_another_organisation_s_is_refused(part, admin, client):
    theirs = CheckInFactory(project=part.project)

    answer = write(client, part, fitted="yes", key=str(theirs.pk))

    assert list(answer.context["form"].errors) == ["key"]


def test_it_says_how_far_practices_have_come_and_repeats_nothing(part, admin, practice, client):
    write(client, part, **{f"stage-{practice.pk}": "tried"})
    write(client, part, fitted="yes", **{f"stage-{practice.pk}": "tried"})
    write(client, part, **{f"stage-{practice.pk}": "routine"})

    assert list(PracticeStage.objects.values_list("partner", "stage", "by")) == [
        (part.partner.pk, "tried", admin.pk),
        (part.partner.pk, "routine", admin.pk),
    ]
    assert CheckIn.objects.count() == 3


def test_it_asks_about_practices_chosen_in_this_project_alone(part, admin, practice, client):
    considered, elsewhere = PracticeFactory(name="Canary considered"), PracticeFactory(name="Canary elsewhere")
    ChoiceFactory(project=part.project, partner=part.partner, changemaker=considered.changemaker)
    ChoiceFactory(changemaker=elsewhere.changemaker, chosen=True)

    page = client.get(address(part)).content.decode()

    assert "Story walk" in page
    assert "Canary" not in page


def test_it_asks_about_as_many_as_the_minutes_hold_the_longest_unspoken_first(part, admin, practice, client):
    for _number in range(12):
        PracticeFactory(changemaker=practice.changemaker)
    PracticeStageFactory(practice=practice, partner=part.partner)

    context = client.get(address(part)).context

    asked = [found for found, _field, _stage in context["last"]]
    assert (len(asked), practice in asked) == (12, False)
    assert context["minutes"] == 4  # a text, two taps, twelve taps: 185 seconds


def test_stories_offered_are_those_the_writer_reads_and_others_read_too(part, admin, client):
    somebody = MembershipFactory(partner=part.partner).person
    told = ReflectionFactory(author=somebody, partner_then=part.partner, project=part.project)
    shared = TakeawayFactory(reflection=told, title="Shared", visibility="organisation")
    TakeawayFactory(reflection=told, title="Canary, theirs alone")
    TakeawayFactory(reflection=told, title="Canary, sent to me", visibility="person", reader=admin)
    other = ProjectPartnerFactory(project=part.project).partner
    theirs = ReflectionFactory(author=MembershipFactory(partner=other).person, partner_then=other, project=part.project)
    TakeawayFactory(reflection=theirs, title="Canary, for their organisation", visibility="organisation")
    elsewhere = ReflectionFactory(author=somebody, partner_then=part.partner)
    TakeawayFactory(reflection=elsewhere, title="Canary, of no project", visibility="organisation")

    answer = client.get(address(part))

    assert list(answer.context["form"].stories) == [shared]
    assert "Canary" not in answer.content.decode()


def test_members_read_it_and_do_not_write_it(part, client):
    CheckInFactory(project=part.project, partner=part.partner, wanted="How to ask.")
    client.force_login(MembershipFactory(partner=part.partner).person)

    page = client.get(address(part)).content.decode()

    assert "How to ask." in page
    assert '<form class="form answer-form"' not in page
    assert write(client, part, fitted="yes").status_code == 403


def test_a_coordinator_reads_and_writes_it_and_other_partners_do_not_know_of_it(part, client):
    CheckInFactory(project=part.project, partner=part.partner, wanted="Canary wish.")
    other = ProjectPartnerFactory(project=part.project).partner

    def answer_to(person):
        client.force_login(person)
        return client.get(address(part))

    assert "Canary wish." in answer_to(ProjectRoleFactory(project=part.project, coordinator=True).person).content.decode()
    for stranger in (MembershipFactory(partner=other, admin=True), ProjectRoleFactory(project=part.project, educator=True)):
        assert answer_to(stranger.person).status_code == 404


def test_who_coordinates_another_project_of_the_partner_does_not_read_it(part, client):
    elsewhere = ProjectPartnerFactory(partner=part.partner).project
    client.force_login(ProjectRoleFactory(project=elsewhere, coordinator=True).person)

    assert client.get(address(part)).status_code == 404


def test_a_story_taken_back_by_its_author_is_not_shown_any_more(part, admin, client):
    told = ReflectionFactory(author=MembershipFactory(partner=part.partner).person, partner_then=part.partner, project=part.project)
    story = TakeawayFactory(reflection=told, title="Canary story", visibility="only_me")
    CheckInFactory(project=part.project, partner=part.partner, story=story, why="It changed us.")

    page = client.get(address(part)).content.decode()

    assert "Canary story" not in page
    assert "not, or no longer, shared with you" in page


@pytest.mark.parametrize(
    ("days_ago", "words"), [(None, "none yet · one is due"), (90, "last on 1 June 2026 · one is due"), (89, "last on 1 June 2026<")]
)
def test_the_organisation_s_page_says_when_the_last_one_was_and_whether_one_is_due(part, admin, client, days_ago, words):
    type(part.project).objects.update(ends_on=None)
    if days_ago:
        CheckInFactory(project=part.project, partner=part.partner, on=datetime.date(2026, 6, 1))

    with time_machine.travel(datetime.datetime(2026, 6, 1, 12, tzinfo=datetime.UTC) + datetime.timedelta(days=days_ago or 0), tick=False):
        client.force_login(admin)
        page = client.get(part.partner.get_absolute_url()).content.decode()

    assert words in page


def test_of_a_project_that_is_over_none_is_due(part, admin, client):
    type(part.project).objects.update(ends_on=today() - datetime.timedelta(days=1))

    assert "one is due" not in client.get(part.partner.get_absolute_url()).content.decode()
