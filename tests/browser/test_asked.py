"""Later, fewer, stop on a phone, from the mail: two taps each, and one more takes it back. What only appears after a button, looked at by axe."""

import datetime
import re

import pytest
from django.conf import settings
from django.core import mail as outbox
from django.urls import reverse
from playwright.sync_api import expect

from iimprove import mail
from iimprove.clock import today
from learning.emails import questions
from learning.models import Prompt, SwitchedOff
from tests.browser.conftest import PHONE
from tests.browser.test_axe import AXE, RULES, violations
from tests.factories import AttendanceFactory, MembershipFactory, PromptFactory

pytestmark = pytest.mark.browser


class Phone:
    """A page that counts the taps."""

    def __init__(self, page, site):
        self.page, self.site, self.taps = page, site, 0

    def follow(self, link):
        """The link in the mail."""
        self.taps += 1
        self.page.goto(link.replace(settings.SITE_URL, self.site))

    def tap(self, name):
        self.taps += 1
        self.page.get_by_role("button", name=name).tap()

    def complaints(self):
        self.page.evaluate(AXE)
        sideways = self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        return violations(self.page, RULES) + (["scrolls sideways"] if sideways else [])


@pytest.fixture
def phone(browser, live_server):
    context = browser.new_context(viewport=PHONE, has_touch=True, reduced_motion="reduce")
    yield Phone(context.new_page(), live_server.url)
    context.close()


@pytest.fixture
def world(world):
    """The visit ended yesterday."""
    yesterday = today() - datetime.timedelta(days=1)
    world.project.activities.filter(code="C4").update(starts_on=yesterday, ends_on=yesterday)
    return world


@pytest.fixture
def letter(world):
    """The mail that asks a member about it."""
    prompt = Prompt.objects.get(person=world.people["member"])
    world.people["member"].pauses.all().delete()
    questions(prompt.person, [prompt], at_once=True)
    mail.drain()
    return outbox.outbox[-1].body


def link(letter, instead):
    return re.search(rf"\S+/answer/\S+/{instead}/", letter)[0]


def test_two_taps_from_the_mail_and_one_more_takes_it_back(phone, letter, world):
    before = state(world)
    buttons = {"later": "In three days", "not-relevant": "Do not ask me about this", "fewer": "Ask me less", "stop": "Send me no questions any more"}

    for instead, button in buttons.items():
        phone.taps = 0
        phone.follow(link(letter, instead))
        phone.tap(button)
        expect(phone.page.get_by_role("heading", name="Done", exact=True)).to_be_visible()
        assert state(world) != before
        assert phone.taps == 2
        assert phone.complaints() == []

        phone.tap("Undo")
        expect(phone.page.get_by_text("Taken back")).to_be_visible()
        assert state(world) == before


def state(world):
    person = type(world.people["member"]).objects.get(pk=world.people["member"].pk)
    prompt = Prompt.objects.get(person=person)
    off = SwitchedOff.objects.filter(person=person).count()
    return person.mail_preference, off, prompt.outcome, prompt.due_at, prompt.closes_at, prompt.snoozes


def test_all_settings_stand_behind_one_link(phone, letter):
    phone.follow(link(letter, "settings"))

    assert [phone.page.get_by_role("link", name=name).count() for name in ("Later", "Not relevant to me", "Fewer", "Stop")] == [1, 1, 1, 1]
    assert phone.complaints() == []


def test_a_coordinator_looks_before_saving_and_reminds(phone, world, sign_in):
    activity = world.project.activities.get(code="C4")
    for _number in range(3):
        person = MembershipFactory(partner=world.host).person
        AttendanceFactory(person=person, partner=world.host, activity=activity)
        PromptFactory(person=person, activity=activity)
    sign_in(phone.page.context, world.people["coordinator"])

    phone.page.goto(phone.site + reverse("learning:question_numbers", args=[world.project.slug]))
    phone.page.get_by_label("The third question").fill("75")
    phone.tap("Show what would go out")
    expect(phone.page.get_by_text("Not saved yet")).to_be_visible()
    expect(phone.page.get_by_text("4 mails").first).to_be_visible()
    assert phone.complaints() == []
    phone.tap("Save")
    expect(phone.page.get_by_text("What has not gone out yet follows it.")).to_be_visible()

    phone.page.get_by_role("link", name="Remind").tap()
    expect(phone.page.get_by_text("at most 4 mails").first).to_be_visible()
    assert phone.complaints() == []
    phone.tap("Remind")
    expect(phone.page.get_by_text("Whoever has not answered is reminded")).to_be_visible()
    assert phone.complaints() == []
