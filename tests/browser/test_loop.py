"""The whole loop on a real site, with its own web, worker, beat, SMTP server and PostgreSQL, on a phone and against the clock.

A visit ended yesterday → a mail in the Maildir → its link → an answer without signing in → a card on the activity's page, at once.
"""

import email
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from email.policy import default as policy
from pathlib import Path

import pytest

from tests.browser.conftest import PHONE

PROJECT = Path(__file__).resolve().parents[2]
OF_THE_TESTS = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "IIMPROVE_TEST_SERVICES", "DJANGO_SETTINGS_MODULE", "STATIC_ROOT")
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("loop")]  # both on the one site
ANSWER = re.compile(r"http://\S+/answer/\S+")


class Site:
    """What `make run` starts, in a folder of its own."""

    def __init__(self, var, port):
        self.var, self.port, self.url = var, port, f"http://localhost:{port}"
        kept = {name: value for name, value in os.environ.items() if name not in OF_THE_TESTS}
        self.env = kept | {"LOCAL": "1", "VAR": str(var), "PORT": str(port), "MAIL_TICK_SECONDS": "1", "WEB_WORKERS": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "iimprove.runner"], cwd=PROJECT, env=self.env, stdout=subprocess.DEVNULL, start_new_session=True
        )

    def is_up(self):
        try:
            connection = http.client.HTTPConnection("localhost", self.port, timeout=5)
            connection.request("GET", "/healthz/")
            return connection.getresponse().status == 200
        except (http.client.HTTPException, OSError):
            return False

    def manage(self, *args):
        subprocess.run([sys.executable, "manage.py", *args], cwd=PROJECT, env=self.env, check=True, stdout=subprocess.DEVNULL)

    def letters(self):
        """The mails that ask something: recipient → text."""
        folder = self.var / "mail" / "new"
        files = sorted(folder.iterdir()) if folder.is_dir() else []
        parsed = [email.message_from_bytes(file.read_bytes(), policy=policy) for file in files]
        texts = {str(letter["To"]): letter.get_body(("plain",)).get_content() for letter in parsed}
        return {to: text for to, text in texts.items() if ANSWER.search(text)}

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


def wait_for(question, seconds):
    deadline = time.monotonic() + seconds
    while not (found := question()):
        assert time.monotonic() < deadline, "it did not come in time"
        time.sleep(0.3)
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site = Site(tmp_path_factory.mktemp("site") / "var", port)
    try:
        wait_for(site.is_up, 180)
        yield site
    finally:
        site.stop()


class Thumb:
    """Taps on a phone, counted."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, selector):
        self.page.locator(selector).first.click()
        self.taps += 1


def test_a_visit_ends_and_what_it_gave_is_seen(site, browser):
    site.manage("plan", "--at-once")  # at this hour nobody would be asked
    letters = wait_for(site.letters, 60)
    who, text = sorted(letters.items())[-1]
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce", has_touch=True)
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: None if request.url.startswith((site.url, "data:", "blob:")) else complaints.append(request.url))

    page.goto(ANSWER.search(text)[0])
    assert "." not in page.url.removeprefix(site.url), "the token is still in the address"
    thumb = Thumb(page)
    thumb.tap("main form button")
    answer_one(page, thumb, gave="2", readers="partnership", text="Ask the harbour master (invented)")
    assert page.url.endswith("/thanks/")
    assert "(invented)" in page.locator("ul.cards").inner_text(), "what the others shared"

    coordinator = browser.new_context(viewport=PHONE).new_page()
    coordinator.goto(site.url + "/account/login/")
    coordinator.locator("form[action*=demo] button").first.click()
    coordinator.goto(site.url + "/p/i-improve/activities/SAMPLE1/")
    assert "Ask the harbour master (invented)" in coordinator.locator("#today").inner_text()
    assert "4" in coordinator.locator("#today .lede").inner_text()
    assert complaints == []
    assert who.endswith(".example")


def test_two_things_take_fourteen_taps_at_most_and_no_text(site, browser):
    site.manage("plan", "--at-once")
    text = sorted(wait_for(site.letters, 60).items())[0][1]
    page = browser.new_context(viewport=PHONE, has_touch=True).new_page()
    thumb = Thumb(page)
    page.goto(ANSWER.search(text)[0])
    thumb.tap("main form button")
    answer_one(page, Thumb(page), gave="1", readers="only_me")  # noted before, as during the visit

    page.goto(ANSWER.search(text)[0])
    thumb = Thumb(page)
    thumb.tap("main form button")
    key = page.locator("input[name=keep]").first.get_attribute("value")
    thumb.tap(f"label[for='keep-{key}']")
    thumb.tap(f"label.tap:has(input[name='kind-{key}'][value=how])")
    thumb.tap(f"label.tap:has(input[name='will_use-{key}'][value='2'])")
    answer_one(page, thumb, gave="2", readers="organisation", before_sending=stops_of)

    assert page.url.endswith("/thanks/")
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
