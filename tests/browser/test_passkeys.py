"""Passkeys in a real browser with a device of its own, under the site's real content policy."""

import pytest

from tests.browser.conftest import PHONE
from tests.factories import ProjectRoleFactory
from tests.partners.signing import code_in

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(browser, live_server):
    context = browser.new_context(viewport=PHONE, base_url=live_server.url)
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    yield page
    context.close()


def ask_for_code(page, person, mailoutbox):
    page.goto("/account/login/")
    page.get_by_label("Your e-mail address").fill(person.email)
    page.get_by_role("button", name="Send me a code").click()
    page.wait_for_url("**/code/confirm/**")
    page.get_by_label("Code").fill(code_in(mailoutbox[-1]))
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.browser
def test_passkey_is_set_up_when_required_and_then_opens_the_account_alone(page, transactional_db, mailoutbox, live_server):
    person = ProjectRoleFactory(role="coordinator").person
    ask_for_code(page, person, mailoutbox)
    page.wait_for_url("**/account/2fa/")

    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("link", name="I have kept them: go on").click()
    page.context.clear_cookies()
    page.goto("/account/login/")
    page.get_by_text("I have a passkey").click()
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url(f"{live_server.url}/")

    page.goto("/mine/settings/")
    assert page.get_by_label("Name").input_value() == person.name
    assert page.complaints == []


@pytest.mark.browser
def test_passkey_that_is_refused_says_so_beside_the_button(page, transactional_db):
    page.goto("/account/login/")
    page.get_by_text("I have a passkey").click()
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('cancelled')); }")

    page.get_by_role("button", name="Use my passkey").click()

    page.get_by_text("That did not work, or was cancelled.").wait_for()
    assert page.complaints == []
