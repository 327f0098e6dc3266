"""What an activity's page and the list of activities show, and to whom."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partners.models import PlanChange, WriteUpRevision
from tests.factories import (
    ActivityFactory,
    AttendanceFactory,
    HeadcountFactory,
    MembershipFactory,
    PartnerFactory,
    PersonFactory,
    ProjectFactory,
    ProjectRoleFactory,
    WriteUpFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    """A published meeting in a published project, with everything that strangers must not see."""
    activity = ActivityFactory(
        project=ProjectFactory(published=True, slug="i-improve"),
        code="C2",
        title="Storytelling in a library",
        held=True,
        published=True,
        host=PartnerFactory(slug="ostend", short_name="Ostend"),
        guests=[PartnerFactory(slug="rivercities", short_name="River//Cities")],
        sources=[{"title": "A page", "url": "https://example.org/c2"}, {"title": "A letter"}],
    )
    AttendanceFactory(activity=activity, partner=activity.host, person__name="Guest Of Ostend")
    AttendanceFactory(activity=activity, partner=activity.guests[0], person__name="Guest Of Rivercities")
    WriteUpFactory(activity=activity, partner=activity.host, text="What the host kept inside", author=PersonFactory(name="Author Inside"))
    WriteUpFactory(activity=activity, partner=activity.host, text="Published words", author=PersonFactory(name="Author Outside"), public=True)
    PlanChange.objects.create(project=activity.project, activity=activity, kind="moved", planned="January", reason="An inner reason")
    HeadcountFactory(activity=activity, role="librarians", number=None)
    return activity


def page(client, activity, person=None):
    if person:
        client.force_login(person)
    return client.get(activity.get_absolute_url()).content.decode()


INSIDE = ["Guest Of Ostend", "Guest Of Rivercities", "What the host kept inside", "Author Inside", "Author Outside", "An inner reason", "A letter"]


def test_strangers_read_what_was_let_out_and_no_names(client, meeting):
    text = page(client, meeting)

    assert [word for word in INSIDE if word in text] == []
    assert all(word in text for word in ["Published words", "River//Cities", "https://example.org/c2", "number unknown"])


def test_the_public_page_carries_the_funders_sentence_and_the_grant_number(client, meeting):
    text = page(client, meeting)

    assert "support for the production of this publication does not constitute an endorsement" in text
    assert meeting.project.grant_reference in text


def test_members_read_names_of_their_own_organisation_and_counts_of_the_other(client, meeting):
    text = page(client, meeting, MembershipFactory(partner=meeting.host).person)

    assert ("Guest Of Ostend" in text, "Guest Of Rivercities" in text, "Was there: 1" in text) == (True, False, True)


def test_coordinators_read_all_names(client, meeting):
    text = page(client, meeting, ProjectRoleFactory(project=meeting.project, coordinator=True).person)

    assert [word for word in INSIDE if word not in text] == []


def test_an_activity_that_is_not_published_does_not_exist_for_strangers(client, meeting):
    hidden = ActivityFactory(project=meeting.project, code="C3")

    assert [client.get(activity.get_absolute_url()).status_code for activity in (meeting, hidden)] == [200, 404]


@pytest.mark.parametrize(("who", "reads"), [("host", True), ("guest", False), ("coordinator", False)])
def test_earlier_texts_stay_in_the_organisation(client, meeting, who, reads):
    row = WriteUpFactory(activity=meeting, partner=meeting.host, revised_at="2021-01-21T12:00Z")
    WriteUpRevision.objects.create(write_up=row, text="The first version")
    person = {
        "host": lambda: MembershipFactory(partner=meeting.host).person,
        "guest": lambda: MembershipFactory(partner=meeting.guests[0]).person,
        "coordinator": lambda: ProjectRoleFactory(project=meeting.project, coordinator=True).person,
    }[who]()

    assert ("The first version" in page(client, meeting, person)) is reads


def test_a_text_carries_its_language_and_no_markup(client, meeting):
    WriteUpFactory(activity=meeting, partner=meeting.host, language="nl", text="Het <b>orkest</b>", public=True)

    text = page(client, meeting)

    assert '<div class="prose" lang="nl"><p>Het &lt;b&gt;orkest&lt;/b&gt;</p></div>' in text


def test_what_is_unknown_is_said(client, meeting):
    unknown = ActivityFactory(project=meeting.project, code="C1", unknown=True, published=True)

    text = page(client, unknown)

    assert all(words in text for words in ["Date unknown", "place not known", "host and guests not known"])


def test_neighbours_are_those_the_reader_may_read(client, meeting):
    ActivityFactory(project=meeting.project, code="C3", starts_on=date(2019, 4, 1), ends_on=None)
    ActivityFactory(project=meeting.project, code="C4", starts_on=date(2019, 5, 1), ends_on=None, published=True)

    neighbours = client.get(meeting.get_absolute_url()).context["neighbours"]

    assert (neighbours["previous"], neighbours["next"].code) == (None, "C4")


def test_a_source_that_is_no_web_address_is_no_link(client, meeting):
    meeting.sources = [{"title": "Trap", "url": "javascript:alert(1)"}]
    meeting.save()

    assert "javascript:" not in page(client, meeting, MembershipFactory(partner=meeting.host).person)


def test_insiders_read_which_side_has_not_written(client, meeting):
    outside = client.get(meeting.get_absolute_url()).context["voices"]
    client.force_login(MembershipFactory(partner=meeting.host).person)
    inside = client.get(meeting.get_absolute_url()).context["voices"]

    assert [[(voice["side"], len(voice["write_ups"]), voice["silent"]) for voice in voices] for voices in (outside, inside)] == [
        [("The host", 1, [])],
        [("The host", 2, []), ("The guests", 0, meeting.guests)],
    ]


def test_a_reason_to_cancel_stays_inside(client, meeting):
    meeting.status, meeting.status_reason = "cancelled", "An illness"
    meeting.save()
    outside = page(client, meeting)
    inside = page(client, meeting, MembershipFactory(partner=meeting.host).person)

    assert ("An illness" in outside, "An illness" in inside) == (False, True)


def codes(client, project, **filters):
    return [activity.code for activity in client.get(reverse("learning:activity_list", args=[project.slug]), filters).context["page"]]


@pytest.fixture
def project(client):
    """A project with three activities, read by its educator."""
    project = ProjectFactory(slug="rivers")
    laimikis = PartnerFactory(slug="laimikis", short_name="Laimikis.lt")
    ActivityFactory(project=project, code="E6", kind="lab", title="Upė - Stories Flow", host=laimikis, starts_on=date(2020, 6, 30), ends_on=None)
    ActivityFactory(project=project, code="C4", place="Šnipiškės", host=laimikis, guests=[PartnerFactory(short_name="Venti")], held=True)
    ActivityFactory(project=project, code="C1", unknown=True)
    client.force_login(ProjectRoleFactory(project=project, educator=True).person)
    return project


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["C4", "E6", "C1"]),
        ({"q": "Snipiskes"}, ["C4"]),
        ({"q": "snip"}, ["C4"]),
        ({"q": "Upe"}, ["E6"]),
        ({"q": "UPĖ flow"}, ["E6"]),
        ({"q": "laimikis c4"}, ["C4"]),
        ({"q": "c1"}, ["C1"]),
        ({"q": "%"}, []),
        ({"kind": "lab"}, ["E6"]),
        ({"status": "held"}, ["C4"]),
        ({"partner": "laimikis"}, ["C4", "E6"]),
        ({"partner": "laimikis", "kind": "lab", "q": "flow"}, ["E6"]),
        ({"kind": "party"}, []),
        ({"page": "99"}, ["C4", "E6", "C1"]),
    ],
)
def test_list_filters_and_finds_without_accents(client, project, filters, expected):
    assert codes(client, project, **filters) == expected


def test_list_puts_undated_activities_last_under_their_own_heading(client, project):
    for code in ("E10", "E9", "TM4"):
        ActivityFactory(project=project, code=code, unknown=True)

    groups = client.get(reverse("learning:activity_list", args=[project.slug])).context["years"]

    assert [(group["year"], [activity.code for activity in group["activities"]]) for group in groups] == [
        (2019, ["C4"]),
        (2020, ["E6"]),
        (None, ["C1", "E9", "E10", "TM4"]),
    ]


def test_list_is_paged_after_fifty(client, project):
    for number in range(50):
        ActivityFactory(project=project, code=f"W{number}", unknown=True)

    assert [len(codes(client, project, page=number)) for number in (1, 2)] == [50, 3]


def test_list_answers_htmx_with_the_results_alone(client, project):
    text = client.get(reverse("learning:activity_list", args=[project.slug]), {"q": "upe"}, headers={"HX-Request": "true"}).content.decode()

    assert ("1 of 3 activities" in text, "<html" in text) == (True, False)


def test_strangers_search_only_what_is_published(client, meeting):
    ActivityFactory(project=meeting.project, code="C3", title="Canary")

    assert (codes(client, meeting.project, q="canary"), codes(client, meeting.project, q="story")) == ([], ["C2"])


def test_search_does_not_look_into_write_ups(client, meeting):
    assert codes(client, meeting.project, q="Published words") == []


LISTS = [
    "learning:activity_list",
    "learning:project_detail",
    "learning:visit_matrix",
    "learning:gap_list",
    "learning:project_partner_list",
    "learning:home",
]


@pytest.mark.parametrize("name", LISTS)
def test_queries_do_not_grow_with_the_list(client, name):
    role = ProjectRoleFactory(coordinator=True)
    client.force_login(role.person)
    url = reverse(name, args=[] if name == "learning:home" else [role.project.slug])

    def queries_with_one_more():
        host, guest = PartnerFactory(), PartnerFactory()
        activity = ActivityFactory(project=role.project, held=True, host=host, guests=[guest])
        AttendanceFactory(activity=activity, partner=host)
        MembershipFactory(person=role.person, partner=guest, admin=True)
        MembershipFactory(partner=guest, expected_end_on=date(2020, 1, 1))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    assert queries_with_one_more() == queries_with_one_more()


def test_queries_of_a_page_do_not_grow_with_what_stands_on_it(client, meeting):
    client.force_login(ProjectRoleFactory(project=meeting.project, coordinator=True).person)

    def queries_with_one_more():
        AttendanceFactory(activity=meeting, partner=meeting.host)
        HeadcountFactory(activity=meeting)
        row = WriteUpFactory(activity=meeting, partner=meeting.host, author=MembershipFactory().person, revised_at="2021-01-21T12:00Z")
        WriteUpRevision.objects.create(write_up=row, text="Before", replaced_by=MembershipFactory().person)
        ActivityFactory(project=meeting.project)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(meeting.get_absolute_url()).status_code == 200
        return len(queries)

    assert queries_with_one_more() == queries_with_one_more()
