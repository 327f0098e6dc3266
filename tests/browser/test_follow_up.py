"""What became of it, on a phone: few taps, few stops of the Tab key, nothing for axe to find."""

import pytest
from django.urls import reverse

from learning.models import FollowUp, Obstacle, Passing, Prompt
from tests.browser.conftest import PHONE
from tests.browser.test_axe import AXE, RULES
from tests.factories import PromptFactory
from tests.learning import circle

pytestmark = pytest.mark.browser


class Thumb:
    """Taps on a phone, counted."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, selector):
        self.page.locator(selector).first.tap()
        self.taps += 1

    def choose(self, name, value):
        self.tap(f"label.tap:has(input[name='{name}'][value='{value}'])")


@pytest.fixture
def around(transactional_db):
    return circle.build()


@pytest.fixture
def page(browser, live_server):
    context = browser.new_context(viewport=PHONE, base_url=live_server.url, has_touch=True, reduced_motion="reduce")
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    assert page.complaints == []
    context.close()


def arrive(page, prompt):
    """The link in the mail and its button: the first tap."""
    thumb = Thumb(page)
    page.goto(reverse("learning:answer", args=[prompt.token]))
    thumb.tap("main form button")
    page.wait_for_url("**/questions/")
    return thumb


def is_clean(page):
    page.evaluate(AXE)
    violations = page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
    assert [(violation["id"], violation["nodes"][0]["html"][:200]) for violation in violations] == []
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def stops(page):
    """How often the Tab key stops from the first question to Send."""
    page.locator(".answer-form input:visible").first.focus()
    count = 1
    while not page.evaluate("document.activeElement.matches('.answer-form button[type=submit]')"):
        page.keyboard.press("Tab")
        count += 1
        assert count < 40
    return count


def send(thumb):
    thumb.tap(".answer-form button[type=submit]")
    thumb.page.wait_for_url("**/thanks/")


def test_after_two_weeks_three_things_take_eight_taps_at_most(around, page):
    things = [around.takeaway(title=f"Thing number {number}", visibility="partnership") for number in range(3)]
    thumb = arrive(page, PromptFactory(person=around.author, activity=around.activity, form="F3"))
    is_clean(page)
    for thing in things:
        thumb.choose(f"state-{thing.pk}", "none_yet")
    thumb.choose("obstacles", "not_mine")
    thumb.choose("told", "colleague")
    assert stops(page) <= 12
    send(thumb)

    assert thumb.taps <= 8
    assert list(FollowUp.objects.values_list("wave", "state")) == [("w2", "none_yet")] * 3
    assert (Obstacle.objects.get().codes, Passing.objects.get().audiences) == (["not_mine"], ["colleague"])
    is_clean(page)


def test_after_three_months_five_things_and_a_story_take_sixteen_taps_at_most(around, page):
    things = [around.takeaway(title=f"Thing number {number}") for number in range(5)]
    thumb = arrive(page, PromptFactory(person=around.author, activity=around.activity, form="F4"))
    states = ["in_use", "tried", "none_yet", "none_yet", "stopped"]
    for thing, state in zip(things, states, strict=True):
        thumb.choose(f"state-{thing.pk}", state)
    thumb.choose(f"effect-{things[0].pk}", "team")
    thumb.choose(f"effect-{things[1].pk}", "self")
    thumb.choose("story_of", str(things[0].pk))
    page.locator("[name=story]").fill("We gave two neighbours a key.")
    thumb.choose("without", "later")
    thumb.choose("confirm", "nobody")
    thumb.choose("obstacles", "time")
    thumb.choose("told", "partner")
    is_clean(page)
    assert stops(page) <= 12
    send(thumb)

    assert thumb.taps <= 16
    told = FollowUp.objects.get(takeaway=things[0])
    assert (told.state, told.effect, told.without, told.texts) == ("in_use", "team", "later", {"story": "We gave two neighbours a key."})
    assert FollowUp.objects.count() == 5


def test_by_keys_alone_arrows_move_and_space_chooses(around, page):
    thing = around.takeaway(title="Neighbours hold the keys")
    arrive(page, PromptFactory(person=around.author, activity=around.activity, form="F4"))
    page.locator(f"input[name='state-{thing.pk}']").first.focus()
    for key in ("ArrowRight", "ArrowRight", "Space"):
        page.keyboard.press(key)
    for key in (*["ArrowRight"] * 5, "Space"):  # I stopped, Something else…, Nobody, Only I, Colleagues
        page.keyboard.press(key)
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.value") == "in_use", "back at what was chosen"
    page.locator(".answer-form button[type=submit]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/thanks/")

    assert list(FollowUp.objects.values_list("state", "effect")) == [("in_use", "team")]


def test_who_noticed_and_the_rest_show_only_where_they_are_asked(around, page):
    thing = around.takeaway(title="Neighbours hold the keys")
    thumb = arrive(page, PromptFactory(person=around.author, activity=around.activity, form="F4"))
    effect, unsure = page.locator(".if-tried").first, page.locator(f"label:has(input[name='state-{thing.pk}'][value=unsure])")
    assert not effect.is_visible() and not unsure.is_visible() and not page.locator(".answer-story").is_visible()
    thumb.tap(".tap-else")
    assert unsure.is_visible()
    thumb.choose(f"state-{thing.pk}", "other")
    assert effect.is_visible()
    thumb.choose(f"state-{thing.pk}", "other")
    assert not effect.is_visible(), "tapped again, it is taken back"


def test_what_was_tapped_survives_a_crash(around, page, live_server, browser):
    thing = around.takeaway(title="Neighbours hold the keys")
    prompt = PromptFactory(person=around.author, activity=around.activity, form="F3")
    thumb = arrive(page, prompt)
    thumb.choose(f"state-{thing.pk}", "tried")
    with page.expect_response("**/draft/"):
        page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    again = page.context.new_page()
    again.goto(reverse("learning:answer_form", args=[prompt.pk]))

    assert again.locator(f"input[name='state-{thing.pk}'][value=tried]").is_checked()
    assert not FollowUp.objects.exists()


def test_a_colleague_confirms_with_one_tap(around, page):
    thing = around.takeaway(title="Neighbours hold the keys")
    asked = FollowUp.objects.create(takeaway=thing, wave="m3", state="in_use", texts={"sentence": "We gave two neighbours a key."})
    prompt = PromptFactory(person=around.people["colleague"], activity=None, follow_up=asked, form="F7")
    thumb = arrive(page, prompt)
    is_clean(page)
    thumb.tap("main form button[value=too]")

    page.wait_for_url("**/thanks/")
    assert thumb.taps == 2
    assert Prompt.objects.get().outcome == "answered"
