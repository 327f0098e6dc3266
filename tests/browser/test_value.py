"""Charts under the strict policy: drawn from the table beside them, in both lights, nothing from elsewhere, and every table by keyboard."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from learning.actions.releases import release_due
from learning.models import FollowUp, Reflection
from tests.browser.conftest import PHONE
from tests.factories import AttendanceFactory, PersonFactory
from tests.learning import circle

pytestmark = pytest.mark.browser
END = datetime.datetime(2019, 3, 24, 18, tzinfo=datetime.UTC)


@pytest.fixture
def around(transactional_db):
    around = circle.build()
    for place in range(10):
        person = AttendanceFactory(person=PersonFactory(), activity=around.activity, partner=around.home).person
        told = {"author": person, "visibility": "partnership", "gave": place % 3}
        thing = around.takeaway(kinds=["who"], visibility="partnership", will_use=2, told=told)
        for wave, days in (("w2", 15), ("m3", 92), ("m12", 370)):
            at = END + datetime.timedelta(days=days)
            FollowUp.objects.create(takeaway=thing, wave=wave, state="tried" if place % 2 else "none_yet", observed_at=at, visibility="partnership")
    Reflection.objects.update(submitted_at=END)
    release_due(timezone.now())
    return around


@pytest.fixture
def opened(browser, around, sign_in, live_server):
    """`opened(**how)`: the page of the value as a browser set up like that shows it, and what its console said."""
    contexts = []

    def opened(**how):
        context = browser.new_context(viewport=PHONE, **how)
        contexts.append(context)
        sign_in(context, around.people["colleague"])
        page, said = context.new_page(), []
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(live_server.url + reverse("learning:project_value", args=[around.project.slug]))
        return page, said

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_chart_draws_its_table_which_opens_by_keyboard(scheme, opened):
    page, said = opened(color_scheme=scheme)
    charts = page.locator("[data-chart]").count()

    assert charts > 8
    expect(page.locator("[data-chart][data-drawn] .chart svg")).to_have_count(charts)
    assert page.locator("#figure-m3 svg text", has_text="Got something out of it").count() == 1
    assert page.locator("#figure-m3 svg text", has_text="10").count() >= 1
    assert said == []

    assert not page.locator("#figure-m3 table").is_visible()

    page.locator("#figure-m3 summary", has_text="As a table").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#figure-m3 table")).to_be_visible()


@pytest.mark.parametrize("has_scripts", [True, False])
def test_from_a_number_to_the_things_behind_it_by_keyboard(has_scripts, opened):
    page, said = opened(java_script_enabled=has_scripts)
    assert has_scripts or page.locator("#figure-m3 table").is_visible(), "where nothing can be drawn the tables stand there"

    page.locator("#figure-m3 summary", has_text="Behind it").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_url("**/value/cards/?of=M3.live+t0")
    assert page.get_by_role("heading", name="Expects to use something").is_visible()
    assert page.locator(".card-thing").count() == 10
    assert said == []
