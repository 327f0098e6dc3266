"""A project's details, period, partners, roles and publication: through their forms."""

from datetime import date

import pytest
from django.urls import reverse

from iimprove.clock import today
from partners.models import Event, Invitation, Partner, PlanChange, ProjectPartner, ProjectRole
from tests.factories import (
    ActivityFactory,
    MembershipFactory,
    PartnerFactory,
    PersonFactory,
    ProjectFactory,
    ProjectPartnerFactory,
    ProjectRoleFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def role(client):
    role = ProjectRoleFactory(coordinator=True)
    client.force_login(role.person)
    return role


@pytest.fixture
def project(role):
    return role.project


def to(name, project, *args):
    return reverse(f"partners:{name}", args=[project.slug, *args])


def errors(answer):
    return {name: list(messages) for name, messages in answer.context["form"].errors.items()}


def verbs():
    return list(Event.objects.values_list("verb", flat=True))


def test_edit_saves_details_but_never_the_address(client, project):
    client.post(to("project_edit", project), {"short_name": "River//Cities", "working_language": "sv", "slug": "other"})

    saved = type(project).objects.get()
    assert (saved.short_name, saved.working_language, saved.slug, verbs()) == ("River//Cities", "sv", project.slug, ["profile_changed"])


def test_a_new_period_keeps_the_old_one_with_the_reason(client, project):
    client.post(to("project_period", project), {"starts_on": "2018-09-01", "ends_on": "2021-12-31", "period_note": "", "reason": "The pandemic"})

    project.refresh_from_db()
    change = PlanChange.objects.get()
    assert project.ends_on == date(2021, 12, 31)
    assert (change.kind, change.planned.replace("\u2009", " "), change.reason) == ("period", "1 September 2018 – 31 August 2021", "The pandemic")
    assert verbs() == ["period_changed"]


@pytest.mark.parametrize(
    ("data", "field"), [({"ends_on": "2018-01-01", "reason": "x"}, "ends_on"), ({"ends_on": "2021-12-31", "reason": ""}, "reason")]
)
def test_a_period_that_ends_before_it_begins_or_has_no_reason_is_refused(client, project, data, field):
    assert list(errors(client.post(to("project_period", project), {"starts_on": "2018-09-01"} | data))) == [field]
    assert PlanChange.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "slug"), [("Museum of Sopot", "museum-of-sopot"), ("Šnipiškės", "snipiskes"), ("SPÖ", "spo"), ("//", "partner"), ("Ostend", "ostend-2")]
)
def test_a_new_organisation_gets_a_free_address(client, project, name, slug):
    PartnerFactory(slug="ostend")

    client.post(to("project_partner_add", project), {"name": name, "part": "full"})

    partner = Partner.objects.get(name=name)
    assert (partner.slug, partner.parts.get().project, verbs()) == (slug, project, ["partner_added"])


def test_an_organisation_of_another_project_one_coordinates_is_added(client, role, project):
    known = ProjectPartnerFactory(project=ProjectRoleFactory(coordinator=True, person=role.person).project).partner

    client.post(to("project_partner_add", project), {"partner": known.pk, "part": "associated"})

    assert ProjectPartner.objects.get(project=project).partner == known


def test_an_organisation_one_does_not_work_with_cannot_be_drawn_in(client, project):
    stranger = ProjectPartnerFactory(project=ProjectFactory(published=True)).partner

    answer = client.post(to("project_partner_add", project), {"partner": stranger.pk, "part": "full"})

    assert (list(errors(answer)), project.parts.count()) == (["partner"], 0)


def test_a_new_organisation_sent_twice_is_one(client, project):
    answers = [client.post(to("project_partner_add", project), {"name": "Museum of Sopot", "part": "full"}) for _ in range(2)]

    assert (errors(answers[1]), Partner.objects.count()) == ({"name": ["It takes part already."]}, 1)


def test_a_second_lead_partner_is_refused(client, project):
    ProjectPartnerFactory(project=project, lead=True)

    answer = client.post(to("project_partner_add", project), {"name": "Another", "part": "lead"})

    assert errors(answer) == {"__all__": ["There is a lead partner already."]}
    assert Partner.objects.filter(name="Another").count() == 0


def test_a_part_is_changed(client, project):
    part = ProjectPartnerFactory(project=project)

    client.post(to("project_partner_edit", project, part.partner.slug), {"part": "lead", "note": "Leads IO2"})

    part.refresh_from_db()
    assert (part.part, part.note, verbs()) == ("lead", "Leads IO2", ["profile_changed"])


@pytest.mark.parametrize("has_activity", [False, True])
def test_a_partner_goes_only_while_it_takes_part_in_nothing(client, project, has_activity):
    part = ProjectPartnerFactory(project=project)
    if has_activity:
        ActivityFactory(project=project, host=part.partner)

    client.post(to("project_partner_remove", project, part.partner.slug))

    assert (project.parts.count(), verbs()) == ((1, []) if has_activity else (0, ["partner_removed"]))


def test_a_role_is_given_to_somebody_with_an_account(client, project):
    person = PersonFactory(email="ada@example.org")

    client.post(to("project_role_give", project), {"role": "educator", "email": "Ada@example.org", "language": "en"})

    assert list(person.project_roles.values_list("role", "project", "started_on")) == [("educator", project.pk, today())]
    assert verbs() == ["project_role_given"]


def test_whoever_has_no_account_is_invited_to_the_role(client, project):
    client.post(to("project_role_give", project), {"role": "coordinator", "email": "New@example.org", "language": "lt"})

    assert list(Invitation.objects.values_list("email", "project", "project_role", "language")) == [
        ("new@example.org", project.pk, "coordinator", "lt")
    ]
    assert verbs() == ["invited"]


def test_the_same_role_twice_is_refused_at_the_address(client, role, project):
    answer = client.post(to("project_role_give", project), {"role": "coordinator", "email": role.person.email, "language": "en"})

    assert errors(answer) == {"email": ["This person has this role in that time already."]}


def test_a_role_ends_today(client, project):
    educator = ProjectRoleFactory(project=project, educator=True)

    client.post(to("project_role_end", project, educator.pk))

    assert list(ProjectRole.objects.current().filter(pk=educator.pk)) == []
    assert verbs() == ["project_role_ended"]


def test_the_only_coordinator_stays(client, role, project):
    ProjectRoleFactory(project=project, coordinator=True, ended=True)

    client.post(to("project_role_end", project, role.pk))

    assert list(ProjectRole.objects.current()) == [role]


def test_publish_held_leaves_planned_ones_and_those_next_door(client, project):
    held = ActivityFactory(project=project, held=True)
    ActivityFactory(project=project)
    ActivityFactory(held=True)

    client.post(to("project_publish_held", project))

    assert list(type(held).objects.filter(published_at__isnull=False)) == [held]
    assert verbs() == ["published"]


def test_an_unpublished_project_hides_its_published_activities(client, project):
    ActivityFactory(project=project, published=True)
    client.post(to("project_publish", project))
    shown = type(project).objects.published().count(), project.activities.published().count()
    client.post(to("project_unpublish", project))

    assert (shown, project.activities.published().count(), verbs()) == ((1, 1), 0, ["unpublished", "published"])


FORMS = ["project_edit", "project_period", "project_partner_add", "project_role_give", "activity_create"]


@pytest.mark.parametrize("name", FORMS)
def test_only_coordinators_open_a_projects_forms(client, name):
    part = ProjectPartnerFactory()
    people = [
        ProjectRoleFactory(project=part.project, coordinator=True).person,
        ProjectRoleFactory(project=part.project, coordinator=True, ended=True).person,
        ProjectRoleFactory(project=part.project, educator=True).person,
        MembershipFactory(partner=part.partner, admin=True).person,
        ProjectRoleFactory(coordinator=True).person,
    ]

    answers = []
    for person in people:
        client.force_login(person)
        answers.append(client.get(to(name, part.project)).status_code)

    assert answers == [200, 404, 403, 403, 404]
