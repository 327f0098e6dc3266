"""An organisation's page, its details, and the logs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partners.models import Event
from partners.models.event import record
from tests.factories import (
    ActivityFactory,
    ChoiceFactory,
    MembershipFactory,
    PartnerFactory,
    ProjectFactory,
    ProjectPartnerFactory,
    ProjectRoleFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(db):
    return ProjectPartnerFactory(partner__short_name="River//Cities", partner__slug="river-cities")


@pytest.fixture
def admin(part):
    return MembershipFactory(partner=part.partner, admin=True, person__name="Admin Canary").person


@pytest.fixture
def visitor(part):
    """Works for another partner of the same project."""
    return MembershipFactory(partner=ProjectPartnerFactory(project=part.project).partner).person


def test_visitors_read_the_page_but_nobody_s_name(part, admin, visitor, client):
    client.force_login(visitor)

    page = client.get(part.partner.get_absolute_url()).content.decode()

    assert "River//Cities" in page
    assert "Admin Canary" not in page


@pytest.mark.parametrize("who", ["admin", "coordinator"])
def test_members_and_coordinators_read_the_names(part, admin, client, who):
    client.force_login(admin if who == "admin" else ProjectRoleFactory(project=part.project, coordinator=True).person)

    assert "Admin Canary" in client.get(part.partner.get_absolute_url()).content.decode()


def test_visitors_see_neither_projects_nor_activities_that_are_not_theirs(part, visitor, client):
    elsewhere = ProjectFactory(short_name="Project Canary")
    ActivityFactory(project=elsewhere, host=part.partner, title="Activity Canary")
    ChoiceFactory(project=elsewhere, partner=part.partner, changemaker__name="Changemaker Canary", chosen=True)
    client.force_login(visitor)

    page = client.get(part.partner.get_absolute_url()).content.decode()

    assert "Project Canary" not in page
    assert "Activity Canary" not in page
    assert "Changemaker Canary" not in page


def test_activities_stand_under_the_side_the_partner_takes(part, admin, client):
    hosted = ActivityFactory(project=part.project, host=part.partner)
    visited = ActivityFactory(project=part.project, host=PartnerFactory(), guests=[part.partner])
    client.force_login(admin)

    context = client.get(part.partner.get_absolute_url()).context

    assert (list(context["hosted"]), list(context["visited"])) == ([hosted], [visited])


def test_candidates_are_not_on_the_page_the_chosen_one_is(part, admin, visitor, client):
    ChoiceFactory(project=part.project, partner=part.partner, changemaker__name="Candidate Canary")
    ChoiceFactory(project=part.project, partner=part.partner, changemaker__name="Iwona Zając", chosen=True)
    client.force_login(visitor)

    page = client.get(part.partner.get_absolute_url()).content.decode()

    assert "Candidate Canary" not in page
    assert "Iwona Zając" in page


def test_page_takes_as_many_queries_for_two_rows_as_for_one(part, admin, client):
    client.force_login(admin)

    def queries_with_one_more():
        other = ProjectPartnerFactory(partner=part.partner)
        MembershipFactory(partner=part.partner)
        ActivityFactory(project=other.project, host=part.partner, guests=[PartnerFactory()])
        ActivityFactory(project=part.project, host=PartnerFactory(), guests=[part.partner])
        ChoiceFactory(project=other.project, partner=part.partner, chosen=True)
        with CaptureQueriesContext(connection) as queries:
            client.get(part.partner.get_absolute_url())
        return len(queries)

    assert queries_with_one_more() == queries_with_one_more()


def test_edit_saves_the_details_and_leaves_the_names_of_the_fields(part, admin, client):
    client.force_login(admin)

    client.post(
        reverse("partners:partner_edit", args=[part.partner.slug]),
        {
            "name": "Šnipiškės",
            "short_name": "River//Cities",
            "city": "Vilnius",
            "country": "LT",
            "languages": ["lt", "en"],
            "time_zone": "Europe/Vilnius",
        },
    )

    part.partner.refresh_from_db()
    assert (part.partner.name, part.partner.languages, part.partner.slug) == ("Šnipiškės", ["lt", "en"], "river-cities")
    assert Event.objects.get().details == {"fields": ["name", "languages", "time_zone"]}


def test_edit_refuses_an_address_that_is_none_and_keeps_the_input(part, admin, client):
    client.force_login(admin)

    page = client.post(
        reverse("partners:partner_edit", args=[part.partner.slug]), {"name": "Kept", "short_name": "K", "website": "javascript:alert(1)"}
    )

    assert list(page.context["form"].errors) == ["website"]
    assert 'value="Kept"' in page.content.decode()


def test_edit_is_for_admins_and_coordinators(part, admin, visitor, client):
    client.force_login(MembershipFactory(partner=part.partner).person)
    assert client.get(reverse("partners:partner_edit", args=[part.partner.slug])).status_code == 403
    client.force_login(visitor)
    assert client.get(reverse("partners:partner_edit", args=[part.partner.slug])).status_code == 403


# Logs


def test_log_says_who_changed_what(part, admin, client):
    member = MembershipFactory(partner=part.partner, person__name="Ona")
    record(Event.Verb.ROLE_CHANGED, by=admin, person=member.person, partner=part.partner, details={"role": ["member", "admin"]})
    client.force_login(admin)

    page = client.get(reverse("partners:event_list", args=[part.partner.slug]))

    assert [facts for _event, facts in page.context["page"].object_list] == [[("role", "member → admin")]]
    assert "Role changed" in page.content.decode()


@pytest.mark.parametrize(
    ("details", "facts"),
    [
        (
            {"before": {"starts_on": "2019-03-19", "alternatives": ["2019-02-16", "2019-03-16"]}, "after": {}},
            [("before", "first day 2019-03-19; possible first days 2019-02-16, 2019-03-16")],
        ),
        ({"before": "", "after": "attended"}, [("after", "attended")]),
        ({"write_up": "0b7c", "not_contained": {}}, []),
    ],
)
def test_log_says_it_in_words(part, admin, client, details, facts):
    record(Event.Verb.ACTIVITY_CHANGED, by=admin, partner=part.partner, details=details)
    client.force_login(admin)

    page = client.get(reverse("partners:event_list", args=[part.partner.slug]))

    assert [shown for _event, shown in page.context["page"].object_list] == [facts]


def test_log_of_the_partner_is_read_by_its_admins_only(part, client):
    for person in [MembershipFactory(partner=part.partner).person, ProjectRoleFactory(project=part.project, coordinator=True).person]:
        client.force_login(person)
        assert client.get(reverse("partners:event_list", args=[part.partner.slug])).status_code == 404


def test_log_of_the_project_holds_the_project_s_events_alone(part, admin, client):
    record(Event.Verb.ACTIVITY_CREATED, by=admin, project=part.project)
    record(Event.Verb.CHANGEMAKER_CONSIDERED, by=admin, partner=part.partner)
    client.force_login(ProjectRoleFactory(project=part.project, coordinator=True).person)

    page = client.get(reverse("partners:project_event_list", args=[part.project.slug]))

    assert [event.verb for event, _facts in page.context["page"].object_list] == ["activity_created"]


def test_log_is_paged_and_takes_as_many_queries_for_fifty_as_for_one(part, admin, client):
    client.force_login(admin)

    def queries_with(count):
        for _number in range(count):
            record(Event.Verb.LEFT, by=admin, person=admin, partner=part.partner, details={"ended_on": [None, "2019-07-01"]})
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("partners:event_list", args=[part.partner.slug]))
        return len(queries)

    assert queries_with(1) == queries_with(60)
    assert "Page 2 of 2" in client.get(reverse("partners:event_list", args=[part.partner.slug]) + "?page=2").content.decode()
