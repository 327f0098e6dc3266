from datetime import date, timedelta

import pytest
from django.urls import reverse

from iimprove.clock import today
from tests.factories import (
    ActivityFactory,
    AttendanceFactory,
    MembershipFactory,
    PartnerFactory,
    PersonFactory,
    ProjectFactory,
    ProjectRoleFactory,
)

pytestmark = pytest.mark.django_db


def home(client, person=None):
    if person:
        client.force_login(person)
    return client.get(reverse("learning:home"))


def codes(answer, name):
    return [activity.code for activity in answer.context[name]]


def test_signed_out_the_front_shows_published_projects_and_the_funders_sentence(client):
    ProjectFactory(short_name="River//Cities", published=True)
    ProjectFactory(short_name="Still secret")

    text = home(client).content.decode()

    assert ("River//Cities" in text, "Still secret" in text) == (True, False)
    assert "support for the production of this publication" in text


def test_without_any_place_the_page_says_whom_to_ask(client):
    assert "Ask your organisation" in home(client, PersonFactory()).content.decode()


def test_a_leaver_has_no_place_any_more(client):
    membership = MembershipFactory(ended=True)
    ActivityFactory(held=True, host=membership.partner)

    answer = home(client, membership.person)

    assert (codes(answer, "latest"), list(answer.context["memberships"])) == ([], [])


def test_next_and_latest_are_those_of_my_organisation_in_time(client):
    partner, soon = PartnerFactory(), today() + timedelta(days=10)
    first = ActivityFactory(code="C1", host=partner, held=True, starts_on=date(2019, 1, 1), ends_on=None)
    ActivityFactory(project=first.project, code="C2", guests=[partner], held=True, starts_on=date(2019, 2, 1), ends_on=None)
    ActivityFactory(project=first.project, code="C3", host=partner, starts_on=soon, ends_on=soon)
    ActivityFactory(project=first.project, code="C4", host=PartnerFactory(), starts_on=soon, ends_on=soon)
    ActivityFactory(project=first.project, code="C5", host=partner, starts_on=soon, ends_on=soon, status="cancelled")

    answer = home(client, MembershipFactory(partner=partner).person)

    assert (codes(answer, "coming"), codes(answer, "latest")) == (["C3"], ["C2", "C1"])


def test_latest_holds_what_i_attended_for_another_partner(client):
    membership = MembershipFactory()
    activity = ActivityFactory(held=True, code="E1", host=PartnerFactory())
    activity.project.parts.create(partner=membership.partner)
    AttendanceFactory(activity=activity, person=membership.person)

    assert codes(home(client, membership.person), "latest") == ["E1"]


@pytest.mark.parametrize(("traits", "kinds"), [({}, ["write_up"]), ({"admin": True}, ["attendance", "write_up"])])
def test_what_needs_me_is_what_i_can_settle(client, traits, kinds):
    membership = MembershipFactory(**traits)
    ActivityFactory(held=True, host=membership.partner, guests=[PartnerFactory()])

    owed = home(client, membership.person).context["owed"]

    assert sorted(item["gap"].kind.value for item in owed) == kinds


def test_expected_ends_are_shown_to_the_admins_who_set_them(client):
    admin = MembershipFactory(admin=True)
    for name, days in {"Soon": 20, "Overdue": -3, "Later": 200}.items():
        MembershipFactory(partner=admin.partner, person__name=name, expected_end_on=today() + timedelta(days=days))
    MembershipFactory(person__name="Elsewhere", expected_end_on=today())
    member = MembershipFactory(partner=admin.partner)

    found = [[str(row.person) for row in home(client, one.person).context["ending"]] for one in (admin, member)]

    assert found == [["Overdue", "Soon"], []]


def test_a_coordinator_without_employer_sees_the_whole_project(client):
    role = ProjectRoleFactory(coordinator=True)
    ActivityFactory(project=role.project, code="C2", held=True, host=PartnerFactory())

    assert codes(home(client, role.person), "latest") == ["C2"]


def test_a_person_in_two_partners_and_projects_sees_both(client):
    person = PersonFactory()
    for code in ("C2", "C3"):
        ActivityFactory(code=code, held=True, host=MembershipFactory(person=person).partner)

    answer = home(client, person)

    assert sorted(codes(answer, "latest")) == ["C2", "C3"]
    assert (len(answer.context["standings"]), len(answer.context["memberships"])) == (2, 2)
