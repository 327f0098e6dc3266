"""Inviting one person, or many by a table; what becomes of an invitation."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from iimprove import mail
from iimprove.clock import today
from iimprove.mail import Mail
from partners import emails
from partners.actions import people
from partners.models import Event, Invitation
from tests.factories import InvitationFactory, MembershipFactory, PersonFactory, ProjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(db):
    return MembershipFactory(admin=True, partner__languages=["pl", "en"])


@pytest.fixture
def partner(admin):
    return admin.partner


@pytest.fixture
def signed_in(admin, client):
    client.force_login(admin.person)
    return client


def fields(**changes):
    return {"email": "ona@example.org", "name": "Ona", "language": "lt", "role": "member", "job_title": "", "expected_end_on": ""} | changes


def send(client, partner, text="", file=None, **more):
    data = {"text": text, **more} | ({"file": SimpleUploadedFile("people.csv", file)} if file else {})
    return client.post(reverse("partners:invitation_import", args=[partner.slug]), data)


# One


def test_invite_writes_the_invitation_its_mail_and_an_event(signed_in, partner, admin):
    signed_in.post(reverse("partners:invitation_create", args=[partner.slug]), fields())

    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role, invitation.language, invitation.sent_by) == ("ona@example.org", "member", "lt", admin.person)
    assert list(Mail.objects.values_list("to", "language", "about_id")) == [("ona@example.org", "lt", str(invitation.pk))]
    assert list(Event.objects.values_list("verb", "partner", "details")) == [("invited", partner.pk, {"role": "member"})]


def test_invite_twice_keeps_one_pending_invitation_and_kills_the_earlier_link(partner, admin):
    first = people.invite(partner=partner, email="ona@example.org", role="member", by=admin.person)
    earlier = first.token

    people.invite(partner=partner, email="Ona@example.org", role="admin", by=admin.person)

    assert list(Invitation.objects.values_list("email", "role")) == [("ona@example.org", "admin")]
    assert not Invitation.objects.from_token(earlier).exists()


@pytest.mark.parametrize("address", ["here@example.org", "HERE@example.org", "other@example.org"])
def test_invite_tells_who_has_a_place_already(signed_in, partner, address):
    person = PersonFactory(email="here@example.org")
    person.emailaddress_set.create(email="other@example.org", verified=True)
    MembershipFactory(partner=partner, person=person)

    page = signed_in.post(reverse("partners:invitation_create", args=[partner.slug]), fields(email=address))

    assert page.context["form"].errors == {"email": [f"{address.lower()} has a place here already."]}
    assert not Invitation.objects.exists()


def test_invite_takes_somebody_who_left(signed_in, partner):
    left = MembershipFactory(partner=partner, ended=True)

    signed_in.post(reverse("partners:invitation_create", args=[partner.slug]), fields(email=left.person.email))

    assert Invitation.objects.get().email == left.person.email


def test_invite_refuses_an_end_that_has_passed(signed_in, partner):
    page = signed_in.post(reverse("partners:invitation_create", args=[partner.slug]), fields(expected_end_on=today().isoformat()))

    assert page.context["form"].errors == {"expected_end_on": ["This day has passed."]}


def test_invite_offers_the_partners_language(signed_in, partner):
    page = signed_in.get(reverse("partners:invitation_create", args=[partner.slug]))

    assert page.context["form"]["language"].value() == "pl"


def test_invite_to_project_asks_for_a_role_there_and_says_so_in_the_mail():
    project = ProjectFactory(short_name="I_Improve")

    invitation = people.invite_to_project(project=project, email="Edu@example.org", role="educator", by=PersonFactory(), language="en")

    assert (invitation.email, invitation.partner, invitation.project_role) == ("edu@example.org", None, "educator")
    subject, text = mail.render("invitation", "en", **emails.invitation_now(invitation, {"nonce": invitation.nonce}))
    assert subject == "You are invited to I_Improve on I_Improve"
    assert "The project I_Improve offers you a role on I_Improve: Informal educator." in text


def test_mail_names_the_organisation_as_it_writes_itself_and_nobody_else(partner, admin):
    partner.name, partner.short_name = "River//Cities & Šnipiškės", "River//Cities"
    partner.save()
    invitation = people.invite(partner=partner, email="ona@example.org", role="admin", by=admin.person, name="Ona")

    subject, text = mail.render("invitation", "en", **emails.invitation_now(invitation, {"nonce": invitation.nonce}))

    assert subject == "You are invited to River//Cities on I_Improve"
    assert "River//Cities & Šnipiškės offers you a place on I_Improve, as: Partner admin." in text
    assert admin.person.name not in text


# What becomes of it


def test_resend_renews_the_link_and_forgets_the_bounce(signed_in, partner):
    invitation = InvitationFactory(partner=partner, bounced_at=timezone.now(), sent_at=timezone.now() - datetime.timedelta(days=40))
    earlier = invitation.token

    signed_in.post(reverse("partners:invitation_resend", args=[partner.slug, invitation.pk]))

    invitation.refresh_from_db()
    assert (invitation.is_open, invitation.bounced_at) == (True, None)
    assert not Invitation.objects.from_token(earlier).exists()
    assert Mail.objects.filter(about_id=str(invitation.pk)).count() == 1


def test_withdraw_closes_the_link_and_cancels_the_waiting_mail(signed_in, partner, admin):
    invitation = people.invite(partner=partner, email="ona@example.org", role="member", by=admin.person)

    signed_in.post(reverse("partners:invitation_withdraw", args=[partner.slug, invitation.pk]))

    invitation.refresh_from_db()
    assert (invitation.is_open, invitation.withdrawn_by) == (False, admin.person)
    assert Mail.objects.get().state == Mail.State.CANCELLED
    assert Event.objects.first().verb == "invitation_withdrawn"


@pytest.mark.parametrize("name", ["invitation_resend", "invitation_withdraw"])
def test_an_accepted_invitation_is_neither_sent_again_nor_withdrawn(signed_in, partner, name):
    invitation = InvitationFactory(partner=partner, accepted_at=timezone.now(), accepted_by=PersonFactory())

    assert signed_in.post(reverse(f"partners:{name}", args=[partner.slug, invitation.pk])).status_code == 404


def test_a_refused_address_is_shown_with_what_to_do(signed_in, partner):
    emails.invitation_bounced(InvitationFactory(partner=partner))

    page = signed_in.get(reverse("learning:member_list", args=[partner.slug])).content.decode()

    assert "did not arrive" in page
    assert "Withdraw the invitation, then invite the right address." in page
    assert Event.objects.get().verb == "invitation_bounced"


def test_a_member_cannot_invite(partner, client):
    client.force_login(MembershipFactory(partner=partner).person)

    assert client.post(reverse("partners:invitation_create", args=[partner.slug]), fields()).status_code == 403
    assert send(client, partner, "email\nx@example.org", confirm="1").status_code == 403
    assert not Invitation.objects.exists()


# Many


def test_import_shows_first_and_writes_nothing(signed_in, partner):
    page = send(signed_in, partner, "email;name\nona@example.org;Ona\nper@example.org;Per")

    assert page.context["is_ready"]
    assert "2 invitations will be sent" in page.content.decode()
    assert not Invitation.objects.exists()


def test_import_sends_when_confirmed(signed_in, partner):
    send(signed_in, partner, "email;role;expected_end_on\nona@example.org;admin;31.08.2030\nper@example.org;;2030-08-31", confirm="1")

    day = datetime.date(2030, 8, 31)
    invitations = Invitation.objects.order_by("email").values_list("email", "role", "language", "expected_end_on")
    assert list(invitations) == [("ona@example.org", "admin", "pl", day), ("per@example.org", "member", "pl", day)]
    assert Mail.objects.count() == 2


HEADED = "email{0}name{0}job_title\nzajac@example.org{0}Iwona Zając{0}Producer\n"


@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_import_reads_what_spreadsheets_save(signed_in, partner, mark, encoding):
    page = send(signed_in, partner, file=HEADED.format(mark).encode(encoding))

    assert [form.cleaned_data["name"] for form in page.context["form"].forms] == ["Iwona Zając"]


def test_import_reads_the_western_code_page_and_carriage_returns(signed_in, partner):
    page = send(signed_in, partner, file="EMAIL;Name\rupe@example.org;Södertälje".encode("cp1252"))

    assert [form.cleaned_data["name"] for form in page.context["form"].forms] == ["Södertälje"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("email\nada@", (2, "E-mail address", "Enter a valid email address.")),
        ("email\n\na@example.org\nA@example.org", (4, "E-mail address", "The same address as in line 3.")),
        ("email;role\na@example.org;boss", (2, "Role", "Select a valid choice. boss is not one of the available choices.")),
        ("email;language\na@example.org;fr", (2, "Language", "Select a valid choice. fr is not one of the available choices.")),
        ("email;expected_end_on\na@example.org;31/31/2030", (2, "Expected end", "Enter a valid date.")),
        ("email;name\n;Ona", (2, "E-mail address", "This field is required.")),
    ],
)
def test_import_names_each_problem_with_its_line(signed_in, partner, text, problem):
    page = send(signed_in, partner, text, confirm="1")

    assert [(line, str(column), message) for line, column, message in page.context["form"].problems] == [problem]
    assert page.context["form"]["text"].value() == text
    assert not Invitation.objects.exists()


def test_import_does_not_take_two_broken_addresses_for_the_same(signed_in, partner):
    page = send(signed_in, partner, "email\nada@\nona@")

    assert [(line, message) for line, _column, message in page.context["form"].problems] == [
        (2, "Enter a valid email address."),
        (3, "Enter a valid email address."),
    ]


def test_import_can_be_changed_after_the_list_was_seen(signed_in, partner):
    page = send(signed_in, partner, "email\nona@example.org", change="1")

    assert (page.context["is_ready"], page.context["form"]["text"].value()) == (False, "email\nona@example.org")


def test_import_tells_members_and_open_invitations(signed_in, partner):
    MembershipFactory(partner=partner, person__email="here@example.org")
    InvitationFactory(partner=partner, email="asked@example.org")

    page = send(signed_in, partner, "email\nhere@example.org\nasked@example.org", confirm="1")

    problems = page.context["form"].problems
    assert [number for number, _column, _problem in problems] == [2, 3]
    assert problems[0][2] == "here@example.org has a place here already."
    assert problems[1][2].startswith("Invited already, on ")
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Paste lines, or choose a file."),
        ("name\nOna", "The first line must name the columns, among them: email."),
        ("email;shoe size\na@example.org;43", "The first line names a column that is not known: shoe_size. Known are: "),
        ("email;name;name\na@example.org;a;b", "The first line names a column twice: name."),
        ("email;name\na@example.org;Ona;more", "Line 2 has more cells than the first line has columns."),
        ('email;name\na@example.org;"Ona', "Line 2 cannot be read: a quotation mark is open or in the wrong place."),
        ("email\n" + "\n".join(f"p{n}@example.org" for n in range(201)), "201 lines: at most 200 at once."),
        ("email", "There is no line below the first one."),
    ],
)
def test_import_refuses_a_table_it_cannot_read(signed_in, partner, text, message):
    page = send(signed_in, partner, text, confirm="1")

    assert page.status_code == 200
    assert page.context["form"].errors["text"][0].startswith(message)


def test_import_keeps_what_a_refused_file_held(signed_in, partner):
    page = send(signed_in, partner, file=b"email;name\nbroken;Ona Canary")

    assert "broken;Ona Canary" in page.content.decode()


def test_import_survives_a_file_that_is_no_text(signed_in, partner):
    page = send(signed_in, partner, file=b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 20)

    assert page.status_code == 200
    assert page.context["form"].errors


def test_sample_can_be_sent_as_it_is(signed_in, partner):
    sample = signed_in.get(reverse("partners:invitation_sample", args=[partner.slug])).content

    assert send(signed_in, partner, file=sample).context["is_ready"]
