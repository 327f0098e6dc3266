"""A project's overview, partners, matrix and gaps: what they show, and to whom."""

import pytest
from django.urls import reverse

from tests.factories import (
    ActivityFactory,
    ChangemakerFactory,
    ChoiceFactory,
    MembershipFactory,
    PartnerFactory,
    ProjectFactory,
    ProjectPartnerFactory,
    ProjectRoleFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    return ProjectFactory(slug="i-improve", short_name="I_Improve", published=True)


def get(client, name, project, person=None, **query):
    if person:
        client.force_login(person)
    return client.get(reverse(f"learning:{name}", args=[project.slug]), query)


def matrix(answer):
    """{(guest, host): codes}"""
    rows = answer.context["rows"]
    return {(row["guest"], cell["host"]): [visit["code"] for visit in cell["visits"]] for row in rows for cell in row["cells"] if cell["visits"]}


PAGES = ["project_detail", "project_partner_list", "activity_list", "visit_matrix", "gap_list"]


@pytest.mark.parametrize("name", PAGES)
def test_strangers_read_a_published_project_but_never_its_gaps(client, project, name):
    hidden = ProjectFactory()

    answers = [get(client, name, each).status_code for each in (project, hidden)]

    assert answers == ([302, 302] if name == "gap_list" else [200, 404])


def test_overview_names_coordinator_and_educator_to_insiders_only(client, project):
    ProjectRoleFactory(project=project, educator=True, person__name="Avril")
    coordinator = ProjectRoleFactory(project=project, coordinator=True, person__name="Karin").person
    outside = get(client, "project_detail", project).content.decode()
    inside = get(client, "project_detail", project, coordinator).content.decode()

    assert [name in text for text in (outside, inside) for name in ("Avril", "Karin")] == [False, False, True, True]


def test_overview_counts_by_kind_and_says_how_many_have_no_date(client, project):
    person = ProjectRoleFactory(project=project, coordinator=True).person
    ActivityFactory(project=project, kind="lab", held=True)
    ActivityFactory(project=project, kind="lab", unknown=True)

    kinds = get(client, "project_detail", project, person).context["kinds"]

    assert [(row["kind"], row["states"], row["undated"]) for row in kinds] == [("Lab", [1, 0, 1, 0], 1)]


def test_overview_shows_strangers_and_counts_for_them_published_activities_and_changemakers_only(client, project):
    ActivityFactory(project=project, kind="lab", title="Activity Canary")
    shown = ActivityFactory(project=project, kind="workshop", published=True)
    ChoiceFactory(project=project, changemaker__name="Changemaker Canary", chosen=True)

    answer = get(client, "project_detail", project)

    assert (answer.context["activity_count"], answer.context["latest"]) == (1, [shown])
    assert "Canary" not in answer.content.decode()


def test_overview_shows_chosen_changemakers_not_candidates(client, project):
    shown = ChangemakerFactory(name="Livet Bitch!", published=True)
    ChoiceFactory(project=project, changemaker=shown, chosen=True)
    ChoiceFactory(project=project, changemaker__name="Only considered")
    person = ProjectRoleFactory(project=project, coordinator=True).person

    text = get(client, "project_detail", project, person).content.decode()

    assert ("Livet Bitch!" in text, "Only considered" in text) == (True, False)


def test_matrix_places_bilateral_meetings_and_lists_the_others_below(client, project):
    ostend, rivers = PartnerFactory(short_name="Ostend"), PartnerFactory(short_name="River//Cities")
    person = ProjectRoleFactory(project=project, educator=True).person
    ActivityFactory(project=project, code="C2", host=ostend, guests=[rivers])
    ActivityFactory(project=project, code="C9", host=ostend, guests=[rivers])
    ActivityFactory(project=project, code="C1", unknown=True)
    ActivityFactory(project=project, code="C6", host=ostend)
    ActivityFactory(project=project, code="TM1", kind="transnational_meeting", host=rivers, guests=[ostend])

    answer = get(client, "visit_matrix", project, person)

    assert matrix(answer) == {("River//Cities", "Ostend"): ["C2", "C9"]}
    assert [activity.code for activity in answer.context["not_placed"]] == ["C6", "C1"]


def test_matrix_of_all_activities(client, project):
    ostend, rivers, vienna = (PartnerFactory(short_name=name) for name in ("Ostend", "River//Cities", "SPÖ"))
    person = ProjectRoleFactory(project=project, educator=True).person
    ActivityFactory(project=project, code="TM1", kind="transnational_meeting", host=rivers, guests=[ostend, vienna])

    assert matrix(get(client, "visit_matrix", project, person, of="all")) == {
        ("Ostend", "River//Cities"): ["TM1"],
        ("SPÖ", "River//Cities"): ["TM1"],
    }


def test_matrix_for_strangers_holds_published_meetings_only(client, project):
    ostend, rivers = PartnerFactory(short_name="Ostend"), PartnerFactory(short_name="River//Cities")
    ActivityFactory(project=project, code="C2", host=ostend, guests=[rivers])
    ActivityFactory(project=project, code="C3", host=rivers, guests=[ostend], published=True)

    assert matrix(get(client, "visit_matrix", project)) == {("Ostend", "River//Cities"): ["C3"]}


def test_matrix_names_an_associated_partner_only_where_it_met_somebody(client, project):
    ProjectPartnerFactory(project=project, partner__short_name="Ostend")
    ProjectPartnerFactory(project=project, partner__short_name="ARTeria", associated=True)

    assert get(client, "visit_matrix", project).context["hosts"] == ["Ostend"]


def test_matrix_of_one_partner_is_a_table_of_one(client, project):
    ProjectPartnerFactory(project=project)

    assert matrix(get(client, "visit_matrix", project)) == {}


def gap_rows(answer):
    return {str(group["about"]): [(item["gap"].kind.value, bool(item["url"])) for item in group["gaps"]] for group in answer.context["groups"]}


@pytest.fixture
def gappy(project):
    """One bilateral meeting that was held, of which neither side wrote or recorded anything."""
    host, guest = PartnerFactory(slug="ostend", short_name="Ostend"), PartnerFactory(slug="rivers", short_name="Rivers")
    ActivityFactory(project=project, code="C2", held=True, host=host, guests=[guest])
    for partner in (host, guest):
        MembershipFactory.create_batch(2, partner=partner, admin=True)
        ChoiceFactory(project=project, partner=partner, chosen=True)
    return project


def test_gaps_link_to_the_forms_the_reader_may_use(client, gappy):
    coordinator = ProjectRoleFactory(project=gappy, coordinator=True).person

    assert gap_rows(get(client, "gap_list", gappy, coordinator)) == {
        "C2": [("attendance", True), ("write_up", False)],
        "Ostend": [("baseline", False)],
        "Rivers": [("baseline", False)],
    }


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"kind": "baseline"}, {"Ostend", "Rivers"}),
        ({"partner": "ostend"}, {"C2", "Ostend"}),
        ({"kind": "write_up", "partner": "rivers"}, {"C2"}),
        ({"kind": "host"}, set()),
    ],
)
def test_gaps_are_filtered_by_kind_and_partner(client, gappy, filters, expected):
    coordinator = ProjectRoleFactory(project=gappy, coordinator=True).person

    assert set(gap_rows(get(client, "gap_list", gappy, coordinator, **filters))) == expected


def test_the_public_list_holds_published_projects_only(client, project):
    ProjectFactory(short_name="Still secret")

    assert [str(each) for each in client.get(reverse("partners:project_list")).context["projects"]] == ["I_Improve"]


def test_empty_project_claims_nothing_and_offers_only_what_can_be_done(client):
    role = ProjectRoleFactory(coordinator=True)
    client.force_login(role.person)

    def page(name):
        return client.get(reverse(f"learning:{name}", args=[role.project.slug])).content.decode()

    assert "Nothing to ask for yet" in page("gap_list")
    assert "Nobody to visit yet" in page("visit_matrix")
    activities = page("activity_list")
    assert "No activity yet" in activities
    assert not any(words in activities for words in ("Publish all held", "0 of 0", 'role="search"'))
    assert "All 0" not in page("project_detail")


@pytest.mark.parametrize(("count", "words"), [(1, "1 activity"), (2, "2 activities")])
def test_activities_are_counted_in_words(client, count, words):
    role = ProjectRoleFactory(coordinator=True)
    ActivityFactory.create_batch(count, project=role.project)
    client.force_login(role.person)

    page = client.get(reverse("learning:activity_list", args=[role.project.slug])).content.decode()

    assert f">{words}<" in "".join(line.strip() for line in page.splitlines())
