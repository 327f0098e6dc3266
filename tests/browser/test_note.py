"""Noting on a phone, in a real browser: few taps, few stops of the Tab key, and nothing that was typed is ever lost."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from playwright.sync_api import expect

from learning.models import NoticeAcceptance, Reflection, Takeaway
from tests.browser.conftest import PHONE
from tests.partners.signing import code_in

pytestmark = pytest.mark.browser


@pytest.fixture
def member(world):
    person = world.people["member"]
    Reflection.objects.all().delete()
    NoticeAcceptance.objects.create(person=person, version="1")
    return person


@pytest.fixture
def page(browser, live_server, sign_in, member):
    context = browser.new_context(viewport=PHONE, base_url=live_server.url, has_touch=True)
    sign_in(context, member)
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    context.close()


def box(page):
    return page.get_by_label("What do you want to keep?")


def test_note_from_a_page_takes_two_taps_and_the_text(page, world):
    page.goto(f"/p/{world.project.slug}/activities/C4/")

    page.get_by_role("link", name="Note", exact=True).tap()
    expect(box(page)).to_be_focused()
    page.keyboard.type("Neighbours hold the keys")
    page.get_by_role("button", name="Save").tap()
    page.wait_for_url("**/kept/")

    thing = Takeaway.objects.get()
    assert (thing.title, thing.reflection.activity.code, thing.visibility) == ("Neighbours hold the keys", "C4", "only_me")
    assert page.complaints == []


def test_note_by_keyboard_alone_has_at_most_twelve_stops_and_kinds_are_reached_by_arrows_and_chosen_by_space(page):
    page.goto("/note/")
    page.locator(".note-form [name=starter]:checked").focus()

    stops = []
    while (
        here := page.evaluate("document.activeElement.closest('.note-form') && (document.activeElement.name || document.activeElement.tagName)")
    ) and len(stops) < 40:
        stops.append(here)
        page.keyboard.press("Tab")

    assert stops[-1] == "BUTTON"
    assert "kind-new" in stops
    assert len(stops) <= 12

    page.locator("[name=kind-new]").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/kept/")

    assert Takeaway.objects.get().kinds == ["why", "how"]


def test_sentence_of_a_story_is_marked_by_a_tap(page):
    page.goto("/note/")
    page.get_by_text("A story", exact=True).tap()
    page.get_by_label("Tell a friend about one moment").fill("We waited at the gate. Nobody came. Then the neighbour did.")
    page.get_by_label("Tell a friend about one moment").blur()
    page.get_by_text("Then the neighbour did.", exact=True).tap()
    page.get_by_role("button", name="Save").tap()
    page.wait_for_url("**/kept/")

    assert Takeaway.objects.get().title == "Then the neighbour did."


def test_draft_is_saved_while_typing_and_is_there_after_a_reload(page):
    page.clock.install()
    page.goto("/note/")
    box(page).fill("The bakery opens at five")
    page.get_by_label("A reason why").tap()

    page.clock.fast_forward(11_000)
    expect(page.locator("[data-autosaved]")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))
    page.evaluate("sessionStorage.clear()")  # what comes back comes from the server
    page.reload()

    expect(box(page)).to_have_value("The bakery opens at five")
    expect(page.get_by_label("A reason why")).to_be_checked()
    assert page.complaints == []


def test_session_deleted_while_typing_loses_nothing(page, member, mailoutbox, pytestconfig):
    """Sent into a session that is gone; signed in again by a code; everything stands in the form, and is saved. Each time of `--deaths`."""
    every = [f"Thought {time}: the river does not ask" for time in range(pytestconfig.option.deaths)]

    for words in every:
        cache.clear()  # it counts codes, and twenty in a minute are too many for one person
        page.goto("/note/")
        box(page).fill(words)
        page.get_by_label("A feel for a place").tap()
        Session.objects.all().delete()

        page.get_by_role("button", name="Save").tap()
        page.get_by_label("Your e-mail address").fill(member.email)
        page.get_by_role("button", name="Send me a code").tap()
        page.wait_for_url("**/code/confirm/**")
        page.get_by_label("Code").fill(code_in(mailoutbox[-1]))
        page.get_by_role("button", name="Sign in").tap()
        page.wait_for_url("**/note/")

        expect(box(page)).to_have_value(words)
        expect(page.get_by_label("A feel for a place")).to_be_checked()
        page.get_by_role("button", name="Save").tap()
        page.wait_for_url("**/kept/")

    assert sorted((thing.title, thing.kinds) for thing in Takeaway.objects.all()) == sorted((words, ["place"]) for words in every)


def test_session_deleted_between_two_autosaves_is_said_and_the_words_stay(page):
    page.clock.install()
    page.goto("/note/")
    box(page).fill("Half a thought")
    Session.objects.all().delete()

    page.clock.fast_forward(11_000)

    expect(page.locator("#toasts")).to_contain_text("You have been signed out")
    expect(box(page)).to_have_value("Half a thought")


def test_note_works_without_scripts(browser, live_server, sign_in, member):
    context = browser.new_context(viewport=PHONE, base_url=live_server.url, java_script_enabled=False)
    sign_in(context, member)
    page = context.new_page()
    page.goto("/note/")
    page.locator("#id_keep-new").fill("By hand")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/kept/")
    context.close()

    assert Takeaway.objects.get().title == "By hand"
