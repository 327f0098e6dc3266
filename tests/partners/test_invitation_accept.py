"""Coming in by invitation: every way the link of a mail may be met."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from iimprove.clock import today
from iimprove.mail import Mail
from partners.actions.people import invite, resend
from partners.models import Event, Invitation, Membership, Person, ProjectRole
from tests.factories import InvitationFactory, MembershipFactory, PartnerFactory, PersonFactory
from tests.partners.signing import CODE, LOGIN, code_in, is_signed_in, sign_in

pytestmark = pytest.mark.django_db


def link(invitation):
    return reverse("partners:invitation_accept", args=[invitation.token])


def accept(client, invitation, mailoutbox):
    """As somebody without account, or signed out: press the button, type the code."""
    client.post(link(invitation))
    return client.post(CODE, {"code": code_in(mailoutbox[-1])})


def places(person):
    return list(person.memberships.order_by("started_on", "partner__slug").values_list("partner__slug", "started_on", "ended_on"))


def test_reading_the_page_changes_nothing_however_often(client):
    invitation = InvitationFactory(sent_by=PersonFactory(name="Ada"))
    before = Invitation.objects.values().get()

    pages = [client.get(link(invitation)) for _ in range(3)] + [client.head(link(invitation))]

    assert {page.status_code for page in pages} == {200}
    assert "Ada invites you." in pages[0].content.decode()
    assert Invitation.objects.values().get() == before
    assert not Person.objects.filter(email=invitation.email).exists()


def test_newcomer_gets_an_account_a_place_and_the_welcome(client, mailoutbox):
    invitation = InvitationFactory(name="Upė Šnipiškė", language="lt", job_title="Editor", partner__name="River//Cities")

    response = accept(client, invitation, mailoutbox)

    person = Person.objects.get(email=invitation.email)
    membership = person.memberships.get()
    assert response.url == reverse("partners:welcome")
    assert (person.name, person.language) == ("Upė Šnipiškė", "lt")
    assert (membership.partner, membership.role, membership.job_title, membership.started_on) == (invitation.partner, "member", "Editor", today())
    assert Event.objects.get(person=person).verb == "joined"
    assert "River//Cities" in client.get(response.url).content.decode()


def test_code_goes_to_the_invited_address_and_opens_nothing_without_it(client, mailoutbox):
    invitation = InvitationFactory()

    client.post(link(invitation))

    assert [mail.to for mail in mailoutbox] == [[invitation.email]]
    assert not is_signed_in(client)
    assert not Membership.objects.exists()


def test_invitation_to_a_project_gives_the_role(client, mailoutbox):
    invitation = InvitationFactory(to_project=True)

    accept(client, invitation, mailoutbox)

    role = ProjectRole.objects.get()
    assert (role.project, role.role, role.started_on) == (invitation.project, "educator", today())
    assert Event.objects.get(person=role.person).verb == "project_role_given"


def test_two_partners_one_account(client, mailoutbox):
    first, second = InvitationFactory(email="both@example.org"), InvitationFactory(email="both@example.org")

    accept(client, first, mailoutbox)
    client.post(link(second))

    person = Person.objects.get(email="both@example.org")
    assert {membership.partner for membership in person.memberships.all()} == {first.partner, second.partner}


def test_signed_in_with_another_confirmed_address_of_ones_own_accepts_at_once(client, mailoutbox):
    person = PersonFactory()
    person.emailaddress_set.create(email="work@example.org", verified=True)
    invitation = InvitationFactory(email="work@example.org")
    client.force_login(person)

    response = client.post(link(invitation))

    assert response.url == reverse("partners:welcome")
    assert person.memberships.get().partner == invitation.partner
    assert mailoutbox == []


def test_signed_out_with_another_address_of_ones_own_comes_into_the_same_account(client, mailoutbox):
    person = PersonFactory()
    person.emailaddress_set.create(email="work@example.org", verified=True)

    accept(client, InvitationFactory(email="work@example.org"), mailoutbox)

    assert person.memberships.count() == 1
    assert not Person.objects.filter(email="work@example.org").exists()


def test_unconfirmed_address_of_somebody_else_takes_nothing_over(client):
    thief = PersonFactory()
    thief.emailaddress_set.create(email="victim@example.org", verified=False)
    invitation = InvitationFactory(email="victim@example.org")
    client.force_login(thief)

    page = client.post(link(invitation))

    assert "for somebody else" in page.content.decode()
    assert not Membership.objects.exists()


def test_somebody_else_reads_whom_it_is_for_but_not_the_address(client):
    invitation = InvitationFactory(email="secret@example.org")
    client.force_login(PersonFactory())

    page = client.get(link(invitation)).content.decode()

    assert "s***@example.org" in page
    assert "secret@" not in page


def test_somebody_else_who_signs_in_on_the_way_does_not_take_the_place(client, mailoutbox):
    invitation, other = InvitationFactory(), PersonFactory()
    client.post(link(invitation))
    client.post("/account/logout/", {"next": LOGIN})

    response = sign_in(client, other, mailoutbox)

    assert response.url == link(invitation)
    assert not Membership.objects.exists()


def test_posting_twice_gives_one_membership(client, mailoutbox):
    invitation = InvitationFactory()
    accept(client, invitation, mailoutbox)

    response = client.post(link(invitation))

    assert response.url == reverse("partners:welcome")
    assert Membership.objects.count() == 1
    assert Event.objects.filter(verb="joined").count() == 1


def test_used_by_somebody_else_says_so(client):
    invitation = InvitationFactory(accepted_at=timezone.now(), accepted_by=PersonFactory())

    page = client.post(link(invitation))

    assert "has been accepted" in page.content.decode()
    assert not Membership.objects.exists()


def test_withdrawn_says_so(client, mailoutbox):
    page = client.post(link(InvitationFactory(withdrawn_at=timezone.now())))

    assert "taken back" in page.content.decode()
    assert mailoutbox == []


def test_withdrawn_while_the_code_was_on_its_way_gives_no_place(client, mailoutbox):
    invitation = InvitationFactory()
    client.post(link(invitation))
    Invitation.objects.update(withdrawn_at=timezone.now())

    response = client.post(CODE, {"code": code_in(mailoutbox[0])})

    assert not Membership.objects.exists()
    assert "taken back" in client.get(response.url).content.decode() or response.url == "/"


def test_link_of_an_earlier_mail_points_to_the_newest(client):
    invitation = InvitationFactory()
    old = link(invitation)
    resend(invitation, by=invitation.sent_by)

    assert "newest mail" in client.get(old).content.decode()
    assert "Accept as" in client.get(link(invitation)).content.decode()


def test_expired_sends_a_new_one_to_the_same_address_once(client):
    invitation = InvitationFactory(sent_at=timezone.now() - datetime.timedelta(days=31))
    old = link(invitation)
    assert "run out" in client.get(old).content.decode()

    client.post(old)
    client.post(old)

    invitation.refresh_from_db()
    assert invitation.is_open
    assert [mail.to for mail in Mail.objects.filter(message="invitation")] == [invitation.email]
    assert "Accept as" in client.get(link(invitation)).content.decode()


@pytest.mark.parametrize("token", ["forged", "a.b:c", "%00", "x" * 500])
def test_forged_link_leads_nowhere(client, token):
    response = client.post(f"/invitation/{token}/")

    assert response.status_code == 404
    assert "leads nowhere" in response.content.decode()


def test_who_left_and_is_invited_again_gets_a_new_spell(client, mailoutbox):
    gone = MembershipFactory(ended_on=today() - datetime.timedelta(days=100))
    invitation = invite(partner=gone.partner, email=gone.person.email, role="admin", by=PersonFactory())

    accept(client, invitation, mailoutbox)

    assert places(gone.person) == [(gone.partner.slug, gone.started_on, gone.ended_on), (gone.partner.slug, today(), None)]


def test_who_is_about_to_leave_and_is_invited_again_stays_without_a_gap(client):
    soon = today() + datetime.timedelta(days=10)
    ending = MembershipFactory(ended_on=soon)
    client.force_login(ending.person)

    client.post(link(InvitationFactory(partner=ending.partner, email=ending.person.email)))

    assert places(ending.person) == [(ending.partner.slug, ending.started_on, soon), (ending.partner.slug, soon, None)]


def test_who_is_there_already_is_not_doubled(client):
    here = MembershipFactory()
    client.force_login(here.person)

    client.post(link(InvitationFactory(partner=here.partner, email=here.person.email)))

    assert here.person.memberships.get() == here


def test_expected_end_that_has_passed_meanwhile_is_left_out(client, mailoutbox):
    invitation = InvitationFactory(expected_end_on=today() - datetime.timedelta(days=1), partner=PartnerFactory())

    accept(client, invitation, mailoutbox)

    assert Membership.objects.get().expected_end_on is None


def test_closed_account_is_not_opened_by_an_invitation(client, mailoutbox):
    person = PersonFactory(is_active=False)

    page = client.post(link(InvitationFactory(email=person.email)))

    assert "account is closed" in page.content.decode()
    assert mailoutbox == []


def test_scanner_that_posts_again_and_again_is_slowed_down(client, mailoutbox):
    invitation = InvitationFactory()

    answers = [type(client)().post(link(invitation)).status_code for _ in range(6)]

    assert answers == [302, 302, 302, 429, 429, 429]
    assert len(mailoutbox) == 3
