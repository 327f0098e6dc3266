"""Second factors: who must have one, how one is set up, lost and taken away."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.urls import reverse

from iimprove.mail import Mail
from partners.models import Event
from tests.factories import MembershipFactory, PersonFactory, ProjectFactory, ProjectPartnerFactory, ProjectRoleFactory
from tests.partners.signing import CODE, MFA, ask_for_code, code_in, is_signed_in, sign_in

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"  # of the factory's trait


def app_code(secret=SECRET):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def in_charge(kind):
    """Somebody who looks after others' data, without a second factor."""
    person = PersonFactory(is_staff=kind == "platform admin")
    if kind == "partner admin":
        MembershipFactory(person=person, role="admin")
    if kind == "coordinator":
        ProjectRoleFactory(person=person, role="coordinator")
    return person


@pytest.mark.parametrize("kind", ["partner admin", "coordinator", "platform admin"])
def test_in_charge_sets_up_a_second_factor_before_anything_else(client, kind):
    client.force_login(in_charge(kind))

    answers = [client.get("/mine/settings/?a=1"), client.post("/mine/settings/", {"name": "x"}), client.get("/admin/")]

    assert [answer.url for answer in answers] == ["/account/2fa/"] * 3
    assert "so your account needs a second step" in client.get("/account/2fa/").content.decode()


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/account/2fa/", "Second step"),
        ("/account/sessions/", "Where I am signed in"),
        ("/account/logout/", "Sign out?"),
        ("/mailbox/", "Mailbox"),
    ],
)
def test_pages_needed_for_the_setup_stay_open(client, address, heading):
    client.force_login(in_charge("coordinator"))

    assert f"<h1>{heading}</h1>" in client.get(address).content.decode()


@pytest.mark.parametrize("person", [lambda: PersonFactory(), lambda: MembershipFactory().person, lambda: ProjectRoleFactory(educator=True).person])
def test_nobody_else_must_have_one(client, person):
    client.force_login(person())

    assert is_signed_in(client)


def test_duty_ends_with_the_role(client):
    client.force_login(MembershipFactory(role="admin", ended=True).person)

    assert is_signed_in(client)


def test_recovery_codes_alone_are_not_a_second_factor(client):
    person = in_charge("coordinator")
    person.authenticator_set.create(type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x", "used_mask": 0})
    client.force_login(person)

    assert not is_signed_in(client)


def test_part_of_a_page_is_led_to_the_setup_whole(client):
    client.force_login(in_charge("coordinator"))

    response = client.get("/mine/settings/", headers={"HX-Request": "true"})

    assert (response.status_code, response.headers["HX-Redirect"]) == (204, "/account/2fa/")


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_opens_the_page_that_was_asked_for(client, mailoutbox):
    person = in_charge("coordinator")
    sign_in(client, person, mailoutbox)
    client.get("/mine/settings/?tab=1")

    client.get("/account/2fa/totp/activate/")
    response = client.post("/account/2fa/totp/activate/", {"code": app_code(client.session["mfa.totp.secret"])})

    assert response.url == "/account/2fa/recovery-codes/"
    assert 'href="/mine/settings/?tab=1"' in client.get(response.url).content.decode()
    assert is_signed_in(client)
    assert set(Mail.objects.values_list("message", flat=True)) == {"account/totp_activated"}


def test_code_from_the_mail_alone_does_not_open_an_account_with_a_second_factor(client, mailoutbox):
    person = PersonFactory(second_factor=True)
    ask_for_code(client, person.email)

    response = client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert response.url == MFA
    assert not is_signed_in(client)
    client.post(MFA, {"code": app_code()})

    assert is_signed_in(client)


def test_fifth_wrong_app_code_locks_for_a_while(client, mailoutbox):
    sign_in(client, PersonFactory(second_factor=True), mailoutbox)

    for _ in range(5):
        client.post(MFA, {"code": "000000"})
    response = client.post(MFA, {"code": app_code()})

    assert "Too many wrong tries" in response.content.decode()


# Confirming again


def age_session(client):
    """As if the person had signed in an hour ago."""
    session = client.session
    records = session.get("account_authentication_methods", [])
    session["account_authentication_methods"] = [record | {"at": record["at"] - 3600} for record in records]
    session.save()


@pytest.mark.parametrize("address", ["mfa_add_webauthn", "mfa_activate_totp", "account_set_password"])
def test_account_that_lives_by_codes_confirms_by_a_fresh_one_before_it_opens_another_way_in(client, mailoutbox, address):
    person = PersonFactory()
    sign_in(client, person, mailoutbox)
    age_session(client)

    ask = client.get(reverse(address))
    assert ask.url.startswith(reverse("account_reauthenticate_code"))
    client.post(ask.url, {"action": "send"})
    confirmed = client.post(ask.url, {"code": code_in(mailoutbox[-1])})

    assert confirmed.url == reverse(address)
    assert client.get(reverse(address)).status_code == 200


def test_opening_the_confirmation_page_sends_nothing(client, mailoutbox):
    client.force_login(PersonFactory())

    assert client.get(reverse("account_reauthenticate_code")).status_code == 200
    assert mailoutbox == []


def test_wrong_confirmation_code_confirms_nothing(client, mailoutbox):
    sign_in(client, PersonFactory(), mailoutbox)
    age_session(client)
    client.post(reverse("account_reauthenticate_code"), {"action": "send"})

    client.post(reverse("account_reauthenticate_code"), {"code": "0000-0000"})

    assert client.get(reverse("mfa_add_webauthn")).status_code == 302


def test_mail_code_does_not_confirm_where_a_second_factor_exists(client):
    client.force_login(PersonFactory(second_factor=True))

    assert client.get(reverse("mfa_add_webauthn")).url.startswith(reverse("mfa_reauthenticate"))
    assert client.post(reverse("account_reauthenticate_code"), {"action": "send"}).url.startswith(reverse("mfa_reauthenticate"))


def test_new_address_is_added_only_after_confirming(client, mailoutbox):
    person = PersonFactory()
    sign_in(client, person, mailoutbox)
    age_session(client)

    ask = client.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    client.post(ask.url, {"action": "send"})
    client.post(ask.url, {"code": code_in(mailoutbox[-1])})

    assert mailoutbox[-1].to == ["new@example.org"], "what was asked for goes on after the confirmation"


# Taken away


@pytest.fixture
def lost():
    """A member who lost the second factor, signed in elsewhere."""
    return MembershipFactory(person__second_factor=True)


def reset_url(membership):
    return reverse("partners:second_factor_reset", args=[membership.partner.slug, membership.pk])


def sign_in_strongly(client, person, mailoutbox):
    sign_in(client, person, mailoutbox)
    client.post(MFA, {"code": app_code()})


def test_admin_resets_a_members_second_factor_in_one_step(client, mailoutbox, lost):
    admin = MembershipFactory(admin=True, partner=lost.partner).person
    elsewhere = type(client)()
    sign_in_strongly(elsewhere, lost.person, mailoutbox)
    sign_in_strongly(client, admin, mailoutbox)

    assert client.get(reset_url(lost)).status_code == 200
    client.post(reset_url(lost))

    assert not lost.person.authenticator_set.exists()
    assert not is_signed_in(elsewhere)
    assert not UserSession.objects.filter(user=lost.person).exists()
    assert list(Mail.objects.values_list("message", "to")) == [("account/second_factor_reset", lost.person.email)]
    event = Event.objects.get(verb="second_factor_reset")
    assert (event.person, event.by, event.partner) == (lost.person, admin, lost.partner)


def test_coordinator_resets_for_people_of_the_projects_partners(client, mailoutbox, lost):
    project = ProjectFactory()
    ProjectPartnerFactory(project=project, partner=lost.partner)
    sign_in_strongly(client, ProjectRoleFactory(coordinator=True, project=project).person, mailoutbox)

    client.post(reset_url(lost))

    assert not lost.person.authenticator_set.exists()


def test_admin_who_signed_in_a_while_ago_confirms_first(client, mailoutbox, lost):
    sign_in_strongly(client, MembershipFactory(admin=True, partner=lost.partner).person, mailoutbox)
    age_session(client)

    response = client.post(reset_url(lost))

    assert response.url.startswith(reverse("mfa_reauthenticate"))
    assert lost.person.authenticator_set.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (lambda lost: lost.person, 403),
        (lambda lost: MembershipFactory(partner=lost.partner, person__second_factor=True).person, 403),
        (lambda lost: MembershipFactory(admin=True).person, 404),
        (lambda lost: ProjectRoleFactory(coordinator=True).person, 404),
    ],
    ids=["oneself", "a colleague", "admin elsewhere", "coordinator elsewhere"],
)
def test_nobody_else_resets(client, mailoutbox, lost, who, status):
    sign_in_strongly(client, who(lost), mailoutbox)

    assert client.post(reset_url(lost)).status_code == status
    assert lost.person.authenticator_set.exists()


def test_admin_does_not_reset_ones_own_nor_a_platform_admins(client, mailoutbox):
    own = MembershipFactory(admin=True)
    platform = MembershipFactory(partner=own.partner, person__second_factor=True, person__is_staff=True)
    sign_in_strongly(client, own.person, mailoutbox)

    assert [client.post(reset_url(membership)).status_code for membership in (own, platform)] == [403, 403]


# One click, locally


def demo(client, person):
    return client.post(reverse("demo_sign_in", args=[person.pk]))


def test_demo_sign_in_lets_an_invented_admin_in_at_once(client):
    person = MembershipFactory(role="admin", person__is_sample=True, person__name="Partner admin (sample)").person
    assert "Partner admin (sample)" in client.get("/account/login/").content.decode()

    demo(client, person)

    assert is_signed_in(client)


def test_demo_sign_in_refuses_real_people(client):
    response = demo(client, PersonFactory())

    assert response.status_code == 404
    assert not is_signed_in(client)


def test_demo_mark_does_not_help_a_real_person(client):
    client.force_login(in_charge("coordinator"))
    session = client.session
    session["demo"] = True
    session.save()

    assert not is_signed_in(client)


def test_demo_mark_does_not_help_outside_local_mode(client, settings):
    demo(client, MembershipFactory(role="admin", person__is_sample=True).person)

    settings.LOCAL = False

    assert not is_signed_in(client)


def test_demo_address_exists_in_local_mode_only():
    import os
    import subprocess
    import sys

    environment = os.environ | {
        "LOCAL": "0",
        "SITE_URL": "https://example.org",
        "DATABASE_URL": os.environ.get("DATABASE_URL") or "postgres://nobody@localhost/none",
        "REDIS_URL": "redis://localhost/0",
        "EMAIL_URL": "smtp://localhost:25",
        "DEFAULT_FROM_EMAIL": "post@example.org",
        "DJANGO_SETTINGS_MODULE": "iimprove.settings",
    }
    program = "import django; django.setup(); from django.urls import reverse; reverse('account_login'); reverse('demo_sign_in', args=['0' * 32])"

    done = subprocess.run([sys.executable, "-c", program], env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)

    assert "NoReverseMatch: Reverse for 'demo_sign_in'" in done.stderr
