"""Signing in and out: codes, passwords, devices, sessions."""

import datetime
import smtplib

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse

from iimprove.mail import Mail
from partners.actions.accounts import close_account
from partners.models import Event, Person
from tests.factories import MembershipFactory, PersonFactory
from tests.partners.signing import CODE, LOGIN, ask_for_code, code_in, is_signed_in, sign_in

pytestmark = pytest.mark.django_db
NOON = datetime.datetime(2026, 3, 3, 12, tzinfo=datetime.UTC)


def test_code_from_the_mail_signs_in(client, mailoutbox):
    response = sign_in(client, PersonFactory(), mailoutbox)

    assert response.url == "/"
    assert is_signed_in(client)


def test_code_is_understood_without_dash_and_with_spaces(client, mailoutbox):
    ask_for_code(client, PersonFactory().email)

    client.post(CODE, {"code": " ".join(code_in(mailoutbox[0]).replace("-", ""))})

    assert is_signed_in(client)


def test_code_mail_speaks_the_persons_language_and_says_that_nobody_typed_it(client, mailoutbox):
    ask_for_code(client, PersonFactory(language="sv").email)

    mail = mailoutbox[0]
    assert '<html lang="sv">' in mail.alternatives[0].content
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"
    assert not Mail.objects.exists()


def test_code_page_can_be_left_and_opened_again(client, mailoutbox):
    ask_for_code(client, PersonFactory().email)

    assert client.get(LOGIN).url == CODE
    assert 'inputmode="numeric"' in client.get(CODE).content.decode()
    client.post(CODE, {"code": code_in(mailoutbox[0])})

    assert is_signed_in(client)


@pytest.mark.parametrize(("minutes", "signed_in"), [(14, True), (16, False)])
def test_code_lasts_fifteen_minutes(client, mailoutbox, minutes, signed_in):
    person = PersonFactory()
    with time_machine.travel(NOON, tick=False):
        ask_for_code(client, person.email)
    with time_machine.travel(NOON + datetime.timedelta(minutes=minutes), tick=False):
        client.post(CODE, {"code": code_in(mailoutbox[0])})

        assert is_signed_in(client) == signed_in


def test_fifth_wrong_code_ends_the_try(client, mailoutbox):
    ask_for_code(client, PersonFactory().email)

    answers = [client.post(CODE, {"code": "0000-0000"}).status_code for _ in range(5)]
    client.post(CODE, {"code": code_in(mailoutbox[0])})

    assert answers == [200, 200, 200, 200, 302]
    assert not is_signed_in(client)


def test_new_code_replaces_the_old_one(client, mailoutbox):
    ask_for_code(client, PersonFactory().email)
    client.post(CODE, {"action": "resend"})
    old, new = map(code_in, mailoutbox)

    client.post(CODE, {"code": old})
    assert not is_signed_in(client)
    client.post(CODE, {"code": new})
    assert is_signed_in(client)


def test_unknown_address_sees_the_same_pages_and_gets_a_mail(client, mailoutbox):
    known, unknown = PersonFactory().email, "nobody@example.org"
    pages = {}
    for email in (known, unknown):
        first = ask_for_code(client, email)
        page = client.get(CODE).content.decode().replace(email, "ADDRESS")
        wrong = client.post(CODE, {"code": "0000-0000"})
        again = client.post(CODE, {"action": "resend"})
        pages[email] = (first.status_code, first.url, strip_tokens(page), wrong.status_code, again.status_code, again.url)
        client.post("/account/logout/")

    assert pages[known] == pages[unknown]
    assert [mail.subject for mail in mailoutbox[2:]] == ["No account with this address on I_Improve"] * 2
    assert not Mail.objects.exists(), "both kinds leave at once: the answer takes as long"


def test_account_made_by_hand_signs_in_and_has_its_address_confirmed(client, mailoutbox):
    person = Person.objects.create_user("hand@example.org", name="Hand Made")

    sign_in(client, person, mailoutbox)

    assert is_signed_in(client)
    assert list(person.emailaddress_set.values_list("email", "verified", "primary")) == [("hand@example.org", True, True)]


def test_closed_account_gets_no_code(client, mailoutbox):
    person = PersonFactory(is_active=False)

    ask_for_code(client, person.email)

    assert [mail.subject for mail in mailoutbox] == ["No account with this address on I_Improve"]


def test_closed_account_is_not_opened_by_its_password(client):
    person = PersonFactory(is_active=False, password="correct horse battery")

    client.post(LOGIN, {"login": person.email, "password": "correct horse battery"})

    assert not is_signed_in(client)


def test_closing_an_account_ends_its_session_and_a_code_on_its_way(client, mailoutbox):
    person, admin = PersonFactory(), PersonFactory()
    membership = MembershipFactory(person=person)
    sign_in(client, person, mailoutbox)
    other = type(client)()
    ask_for_code(other, person.email)

    close_account(person, by=admin)
    other.post(CODE, {"code": code_in(mailoutbox[-1])})

    membership.refresh_from_db()
    assert not is_signed_in(client)
    assert not is_signed_in(other)
    assert not UserSession.objects.filter(user=person).exists()
    assert not membership.is_current
    assert set(Event.objects.filter(person=person).values_list("verb", flat=True)) == {"left", "account_closed"}


def test_password_is_possible(client, mailoutbox):
    person = PersonFactory(password="correct horse battery")

    client.post(LOGIN, {"login": person.email, "password": "correct horse battery"})

    assert is_signed_in(client)
    assert mailoutbox == []


def test_without_own_device_the_session_ends_with_the_browser_and_after_twelve_hours(client, mailoutbox):
    person = PersonFactory()
    with time_machine.travel(NOON, tick=False):
        sign_in(client, person, mailoutbox)
        assert client.cookies["session"]["max-age"] == ""
    with time_machine.travel(NOON + datetime.timedelta(hours=13), tick=False):
        assert not is_signed_in(client)


@pytest.mark.parametrize("way", ["code", "password"])
def test_own_device_stays_signed_in_for_half_a_year(client, mailoutbox, way):
    person = PersonFactory(password="correct horse battery")
    with time_machine.travel(NOON, tick=False):
        if way == "code":
            sign_in(client, person, mailoutbox, remember=True)
        else:
            client.post(LOGIN, {"login": person.email, "password": "correct horse battery", "remember": "on"})
        assert client.cookies["session"]["max-age"] == 180 * 24 * 3600
    with time_machine.travel(NOON + datetime.timedelta(days=179), tick=False):
        assert is_signed_in(client)
    with time_machine.travel(NOON + datetime.timedelta(days=181), tick=False):
        assert not is_signed_in(client)


class BrokenServer(EmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("gone")


def test_mail_server_out_says_so_and_keeps_the_typed_address(client, settings):
    settings.EMAIL_BACKEND = f"{__name__}.BrokenServer"

    response = ask_for_code(client, PersonFactory(email="somebody@example.org").email)

    assert response.status_code == 200
    assert "We could not send the mail just now" in response.content.decode()
    assert 'value="somebody@example.org"' in response.content.decode()


def test_mail_server_out_elsewhere_is_a_page_not_an_error(client, settings):
    settings.EMAIL_BACKEND = f"{__name__}.BrokenServer"

    response = client.post("/account/password/reset/", {"email": PersonFactory().email})

    assert response.status_code == 503
    assert "We could not send the mail just now" in response.content.decode()


def test_other_devices_are_signed_out_from_the_own_sessions_page(client, mailoutbox):
    person = PersonFactory()
    other = type(client)()
    sign_in(client, person, mailoutbox)
    sign_in(other, person, mailoutbox)

    client.post(reverse("usersessions_list"))

    assert is_signed_in(client)
    assert not is_signed_in(other)


def test_signing_out_is_a_post_and_clears_what_the_browser_kept(client):
    client.force_login(PersonFactory())

    client.get("/account/logout/")
    assert is_signed_in(client)
    response = client.post("/account/logout/")

    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_signed_in(client)


def test_nobody_signs_up(client):
    response = client.post("/account/signup/", {"email": "new@example.org", "password1": "correct horse battery"})

    assert "People come here by invitation" in response.content.decode()
    assert not Person.objects.exists()


def test_setting_a_password_mails_by_the_outbox_and_signs_out(client, mailoutbox):
    person = Person.objects.create_user("code@example.org", name="Code Only")
    sign_in(client, person, mailoutbox)

    client.post("/account/password/set/", {"password1": "correct horse battery", "password2": "correct horse battery"})

    assert Mail.objects.get().message == "account/password_set"
    assert not is_signed_in(client)


def test_forgotten_password_is_set_by_code(client, mailoutbox):
    person = PersonFactory(password="correct horse battery")
    client.post("/account/password/reset/", {"email": person.email})
    client.post("/account/password/reset/confirm/", {"code": code_in(mailoutbox[0])})

    client.post("/account/password/reset/complete/", {"password1": "another good staple", "password2": "another good staple"})

    assert Mail.objects.get().message == "account/password_reset"
    client.post(LOGIN, {"login": person.email, "password": "another good staple"})
    assert is_signed_in(client)


def test_new_address_is_confirmed_by_code_and_the_old_one_is_told(client, mailoutbox):
    person = PersonFactory(email="old@example.org")
    sign_in(client, person, mailoutbox)

    client.post("/account/email/", {"email": "new@example.org", "action_add": ""})
    client.post("/account/confirm-email/", {"code": code_in(mailoutbox[-1])})
    client.post("/account/email/", {"email": "new@example.org", "action_primary": ""})

    person.refresh_from_db()
    assert person.email == "new@example.org"
    assert mailoutbox[-1].to == ["new@example.org"]
    assert list(Mail.objects.values_list("message", "to")) == [("account/email_changed", "old@example.org")]
    assert Event.objects.get(verb="email_changed").person == person


def test_signed_out_part_of_a_page_goes_to_the_sign_in_page_whole(client):
    response = client.get("/mine/settings/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/p/x/"})

    assert (response.status_code, response.headers["HX-Redirect"]) == (204, "/account/login/?next=%2Fp%2Fx%2F")


def test_signed_out_writing_from_a_part_of_a_page_is_refused_and_nothing_replaced(client):
    response = client.post("/mine/settings/", {"name": "x"}, headers={"HX-Request": "true"})

    assert (response.status_code, response.content) == (401, b"")


def test_admin_site_asks_at_our_own_door(client):
    assert client.get("/admin/login/?next=/admin/").url == "/account/login/?next=%2Fadmin%2F"


def test_language_chosen_below_is_kept_with_the_account(client):
    person = PersonFactory()
    client.force_login(person)

    client.post(reverse("set_language"), {"language": "sv", "next": "/"})

    person.refresh_from_db()
    assert person.language == "sv"


def strip_tokens(page):
    import re

    return re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", page)
