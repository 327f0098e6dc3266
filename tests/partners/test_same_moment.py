"""What changes while somebody acts on it is seen."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from iimprove.clock import today
from partners.actions.people import accept_invitation, change_membership
from partners.actions.projects import end_project_role
from partners.models import Membership, Partner, ProjectRole
from tests.factories import InvitationFactory, MembershipFactory, PartnerFactory, PersonFactory, ProjectFactory, ProjectRoleFactory
from tests.races import in_between

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_invitation_withdrawn_meanwhile_lets_nobody_in():
    invitation, person = InvitationFactory(), PersonFactory()

    def withdraw():
        type(invitation).objects.filter(pk=invitation.pk).update(withdrawn_at=timezone.now())

    assert isinstance(in_between(withdraw, lambda: accept_invitation(invitation, person=person)), ValidationError)
    assert not Membership.objects.exists()


def test_of_two_coordinators_who_leave_at_once_one_stays():
    project = ProjectFactory()
    one, other = (ProjectRoleFactory(project=project, coordinator=True) for _ in range(2))

    def leave():
        ProjectRole.objects.filter(pk=other.pk).update(ended_on=today())

    assert isinstance(in_between(leave, lambda: end_project_role(one, by=one.person)), ValidationError)


def test_of_two_admins_who_step_down_at_once_one_stays():
    partner = PartnerFactory()
    one, other = (MembershipFactory(partner=partner, admin=True) for _ in range(2))

    def step_down():
        Partner.objects.select_for_update().get(pk=partner.pk)
        Membership.objects.filter(pk=other.pk).update(role="member")

    assert isinstance(in_between(step_down, lambda: change_membership(one, by=one.person, role="member")), ValidationError)
