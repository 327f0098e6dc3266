"""Two clicks, or two people, at the same moment: one row, no server error; the second is told, or sent where the first went."""

import pytest
from django.urls import reverse

from changemakers.models import Changemaker, Choice
from partners.models import Activity, Partner, ProjectPartner
from tests.factories import MembershipFactory, ProjectPartnerFactory, ProjectRoleFactory
from tests.races import post_at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def coordinator(db):
    return ProjectRoleFactory(coordinator=True)


@pytest.fixture
def admin(db):
    return MembershipFactory(partner=ProjectPartnerFactory().partner, admin=True)


def codes(answers):
    return sorted(answer.status_code for answer in answers)


def test_two_activities_with_the_same_code(coordinator):
    address = reverse("partners:activity_create", args=[coordinator.project.slug])
    facts = {"code": "C1", "kind": "lab", "known": "nothing", "ends_at": "17:00"}

    answers = post_at_once(coordinator.person, *[(address, facts)] * 3)

    assert (codes(answers), Activity.objects.count()) == ([200, 200, 302], 1)
    told = next(answer for answer in answers if answer.status_code == 200)
    assert list(told.context["form"].errors) == ["code"]


def test_two_clicks_on_a_new_partner(coordinator):
    address = reverse("partners:project_partner_add", args=[coordinator.project.slug])

    answers = post_at_once(coordinator.person, *[(address, {"name": "Upė", "part": "full"})] * 3)

    assert (codes(answers), Partner.objects.filter(name="Upė").count(), ProjectPartner.objects.count()) == ([200, 200, 302], 1, 1)


def test_two_clicks_on_a_new_candidate(admin, client):
    address = reverse("changemakers:choice_create", args=[admin.partner.slug])
    client.force_login(admin.person)
    key = client.get(address).context["form"]["key"].value()
    typed = {"key": key, "new-name": "Iwona Zając", "new-kind": "person", "project": admin.partner.projects.get().pk}

    answers = post_at_once(admin.person, *[(address, typed)] * 3)

    assert (codes(answers), Changemaker.objects.count(), Choice.objects.count()) == ([302, 302, 302], 1, 1)


def test_namesakes_at_two_organisations(admin):
    """Two organisations describe somebody of the same name at once: two people, two addresses."""
    MembershipFactory(person=admin.person, partner=ProjectPartnerFactory().partner, admin=True)
    typed = {"new-name": "Iwona Zając", "new-kind": "person"}
    posts = [
        (reverse("changemakers:choice_create", args=[partner.slug]), typed | {"project": partner.projects.get().pk})
        for partner in Partner.objects.all()
    ]

    answers = post_at_once(admin.person, *posts)

    assert (codes(answers), sorted(Changemaker.objects.values_list("slug", flat=True))) == ([302, 302], ["iwona-zajac", "iwona-zajac-2"])


def test_the_key_of_somebody_elses_candidate_is_refused(admin, client):
    theirs = Choice.objects.create(
        partner=ProjectPartnerFactory().partner, project=admin.partner.projects.get(), changemaker=Changemaker.objects.create(slug="x", name="X")
    )
    client.force_login(admin.person)
    typed = {"key": theirs.pk, "new-name": "Y", "new-kind": "person", "project": admin.partner.projects.get().pk}

    answer = client.post(reverse("changemakers:choice_create", args=[admin.partner.slug]), typed)

    assert (answer.status_code, list(answer.context["form"].errors), Changemaker.objects.count()) == (200, ["key"], 1)
