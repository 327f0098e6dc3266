"""The whole loop on a real site, with its own web, worker, beat, SMTP server and PostgreSQL, on a phone and against the clock.

A visit ended yesterday → a mail in the Maildir → its link → an answer without signing in → a card on the activity's page, at once.
"""

import email
import re
import time
from email.policy import default as policy

import pytest

from tests.browser.conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("whole site")]
ANSWER = re.compile(r"http://\S+/answer/\S+")


@pytest.fixture(scope="module")
def asked(whole_site):
    """The site where people have been asked about the visit, though at this hour nobody would be."""
    whole_site.manage("plan", "--at-once")
    return whole_site


def letters(site):
    """The mails that ask something: recipient → text."""
    folder = site.var / "mail" / "new"
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    parsed = [email.message_from_bytes(file.read_bytes(), policy=policy) for file in files]
    texts = {str(letter["To"]): letter.get_body(("plain",)).get_content() for letter in parsed}
    return {to: text for to, text in texts.items() if ANSWER.search(text)}


def first_letters(site, seconds=60):
    """By recipient, in order; at least two, so that the first and the last are for different people."""
    deadline = time.monotonic() + seconds
    while len(found := letters(site)) < 2:
        assert time.monotonic() < deadline, "no two mails came in time"
        time.sleep(0.3)
    return sorted(found.items())


class Thumb:
    """Taps on a phone, counted."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, selector):
        self.page.locator(selector).first.click()
        self.taps += 1


def test_a_visit_ends_and_what_it_gave_is_seen(asked, browser):
    who, text = first_letters(asked)[-1]
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce", has_touch=True)
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: None if request.url.startswith((asked.url, "data:", "blob:")) else complaints.append(request.url))

    page.goto(ANSWER.search(text)[0])
    assert "." not in page.url.removeprefix(asked.url), "the token is still in the address"
    thumb = Thumb(page)
    thumb.tap("main form button")
    answer_one(page, thumb, gave="2", readers="partnership", text="Ask the harbour master (invented)")
    page.wait_for_url("**/thanks/")
    assert "(invented)" in page.locator("ul.cards").inner_text(), "what the others shared"

    coordinator = browser.new_context(viewport=PHONE).new_page()
    coordinator.goto(asked.url + "/account/login/")
    coordinator.locator("form[action*=demo] button").first.click()
    coordinator.wait_for_url(lambda url: "/login/" not in url)
    coordinator.goto(asked.url + "/p/i-improve/activities/SAMPLE1/")
    assert "Ask the harbour master (invented)" in coordinator.locator("#today").inner_text()
    assert "4" in coordinator.locator("#today .lede").inner_text()
    assert complaints == []
    assert who.endswith(".example")


def test_two_things_take_fourteen_taps_at_most_and_no_text(asked, browser):
    text = first_letters(asked)[0][1]
    page = browser.new_context(viewport=PHONE, has_touch=True).new_page()
    thumb = Thumb(page)
    page.goto(ANSWER.search(text)[0])
    thumb.tap("main form button")
    answer_one(page, Thumb(page), gave="1", readers="only_me")  # noted before, as during the visit
    page.wait_for_url("**/thanks/")

    page.goto(ANSWER.search(text)[0])
    thumb = Thumb(page)
    thumb.tap("main form button")
    page.wait_for_url("**/questions/")
    key = page.locator("input[name=keep]").first.get_attribute("value")
    thumb.tap(f"label[for='keep-{key}']")
    thumb.tap(f"label.tap:has(input[name='kind-{key}'][value=how])")
    thumb.tap(f"label.tap:has(input[name='will_use-{key}'][value='2'])")
    answer_one(page, thumb, gave="2", readers="organisation", before_sending=stops_of)

    page.wait_for_url("**/thanks/")
    assert thumb.taps <= 14


def stops_of(page):
    """Two things are open: from the first field to Send, the Tab key stops twelve times at most."""
    page.locator("form.answer-form input:visible").first.focus()
    stops = 1
    while not page.evaluate("document.activeElement.matches('.answer-form button[type=submit]')"):
        page.keyboard.press("Tab")
        stops += 1
        assert stops <= 12


def answer_one(page, thumb, *, gave, readers, text="", before_sending=lambda page: None):
    """The taps about one new thing, those asked once, and Send."""
    page.wait_for_url("**/questions/")
    if page.locator("label[for=keep-new]").count():  # beside own ones
        thumb.tap("label[for=keep-new]")
    if text:
        page.fill("textarea[name=keep_new]", text)
    thumb.tap("label.tap:has(input[name=kind-new][value=who])")
    thumb.tap("label.tap:has(input[name=will_use-new][value='2'])")
    thumb.tap(f"label.tap:has(input[name=gave][value='{gave}'])")
    thumb.tap(f"label.reader:has(input[name=readers][value={readers}])")
    before_sending(page)
    thumb.tap("form.answer-form button[type=submit]")
