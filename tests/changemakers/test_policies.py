"""Who considers, chooses, describes and publishes a changemaker; who reads of it."""

import pytest
from django.contrib.auth.models import AnonymousUser

from changemakers import policies
from changemakers.models import Changemaker, Choice
from partners.standing import at_partner, in_project
from tests.factories import (
    ChangemakerFactory,
    ChoiceFactory,
    MembershipFactory,
    PersonFactory,
    ProjectFactory,
    ProjectPartnerFactory,
    ProjectRoleFactory,
)

pytestmark = pytest.mark.django_db
ACTORS = ["member", "admin", "former admin", "coordinator", "educator", "another partner's admin", "admin next door", "nobody's", "stranger"]


@pytest.fixture
def part(db):
    return ProjectPartnerFactory()


def person(actor, part):
    return {
        "member": lambda: MembershipFactory(partner=part.partner).person,
        "admin": lambda: MembershipFactory(partner=part.partner, admin=True).person,
        "former admin": lambda: MembershipFactory(partner=part.partner, admin=True, ended=True).person,
        "coordinator": lambda: ProjectRoleFactory(project=part.project, coordinator=True).person,
        "educator": lambda: ProjectRoleFactory(project=part.project, educator=True).person,
        "another partner's admin": lambda: MembershipFactory(partner=ProjectPartnerFactory(project=part.project).partner, admin=True).person,
        "admin next door": lambda: MembershipFactory(partner=ProjectPartnerFactory().partner, admin=True).person,
        "nobody's": PersonFactory,
        "stranger": AnonymousUser,
    }[actor]()


def choice(part, state, **more):
    return ChoiceFactory(project=part.project, partner=part.partner, state=state, **more)


def test_candidates_are_read_by_members_of_the_partner_only(part):
    candidate = choice(part, "candidate")

    readers = [actor for actor in ACTORS if candidate in Choice.objects.visible_to(person(actor, part))]

    assert readers == ["member", "admin"]


@pytest.mark.parametrize("state", ["chosen", "ended"])
def test_the_choice_is_read_by_everybody_in_the_project(part, state):
    made = choice(part, state)

    readers = [actor for actor in ACTORS if made in Choice.objects.visible_to(person(actor, part))]

    assert readers == ["member", "admin", "coordinator", "educator", "another partner's admin"]


@pytest.mark.parametrize(("project", "changemaker", "is_public"), [(True, True, True), (True, False, False), (False, True, False)])
def test_the_choice_is_public_where_project_and_changemaker_are(project, changemaker, is_public):
    made = ChoiceFactory(project=ProjectFactory(published=project), changemaker=ChangemakerFactory(published=changemaker), chosen=True)

    assert (made in Choice.objects.visible_to(AnonymousUser())) is is_public


def test_a_candidate_stays_hidden_where_project_and_changemaker_are_public():
    candidate = ChoiceFactory(project=ProjectFactory(published=True), changemaker=ChangemakerFactory(published=True))

    assert candidate not in Choice.objects.visible_to(AnonymousUser())


@pytest.mark.parametrize(
    ("state", "readers"),
    [("candidate", ["member", "admin"]), ("chosen", ["member", "admin", "coordinator", "educator", "another partner's admin"])],
)
def test_an_unpublished_changemaker_is_known_to(part, state, readers):
    changemaker = choice(part, state).changemaker

    assert [actor for actor in ACTORS if changemaker in Changemaker.objects.visible_to(person(actor, part))] == readers


@pytest.mark.parametrize(
    ("policy", "state", "may"),
    [
        (policies.can_edit_choice, "candidate", ["admin"]),
        (policies.can_edit_choice, "chosen", ["admin"]),
        (policies.can_edit_choice, "ended", []),
        (policies.can_choose, "candidate", ["admin"]),
        (policies.can_choose, "chosen", []),
        (policies.can_choose, "ended", []),
        (policies.can_drop, "candidate", ["admin"]),
        (policies.can_drop, "chosen", []),
        (policies.can_end, "candidate", []),
        (policies.can_end, "chosen", ["admin"]),
        (policies.can_describe, "candidate", ["admin"]),
        (policies.can_describe, "chosen", ["admin"]),
        (policies.can_describe, "ended", []),
    ],
)
def test_a_choice_is_in_the_hands_of_the_partner_s_admins(part, policy, state, may):
    thing = choice(part, state)

    assert [actor for actor in ACTORS[:-1] if policy(thing, by=at_partner(part.partner, person(actor, part)))] == may


def test_who_considers_a_changemaker_others_chose_does_not_describe_it(part):
    candidate = choice(part, "candidate")
    ChoiceFactory(changemaker=candidate.changemaker, chosen=True)

    assert not policies.can_describe(candidate, by=at_partner(part.partner, person("admin", part)))


def test_who_considers_a_published_changemaker_does_not_describe_it(part):
    candidate = choice(part, "candidate", changemaker=ChangemakerFactory(published=True))

    assert not policies.can_describe(candidate, by=at_partner(part.partner, person("admin", part)))


@pytest.mark.parametrize(("state", "may"), [("candidate", []), ("chosen", ["coordinator"]), ("ended", ["coordinator"])])
def test_only_coordinators_publish_and_only_what_was_chosen_in_their_project(part, state, may):
    changemaker = choice(part, state).changemaker

    assert [actor for actor in ACTORS if policies.can_publish(changemaker, by=in_project(part.project, person(actor, part)))] == may
