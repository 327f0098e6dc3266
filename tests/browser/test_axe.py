"""Every page, as every role that may open it: nothing for axe to find, nothing from other hosts, nothing blocked by the policy, no sideways scrolling."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import NoReverseMatch, reverse

from tests.browser.conftest import DESK, PHONE
from tests.routes import routes

AXE = (Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js").read_text()
RULES = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
}
NOT_OURS = ("admin:", "healthz")  # Django's own admin looks after itself; the other is for machines
ROLES = ("stranger", "member", "admin", "coordinator", "educator", "platform")  # what one is; where one is changes no template
LOOK_AFTER_THEMSELVES = ("stranger", "member")  # whose pages of signing in and out are looked at; they are the same for all


def pages(world, client, actor):
    """The addresses that answer the signed-in `client` with a page."""
    libraries = actor in LOOK_AFTER_THEMSELVES
    for route in routes():
        if route.name.startswith(NOT_OURS) or not (route.is_ours or libraries) or not set(route.parameters) <= world.things.keys():
            continue
        try:
            url = reverse(route.name, kwargs=world.arguments(route))
        except NoReverseMatch:
            continue
        response = client.get(url)
        if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
            yield url


@pytest.mark.browser
@pytest.mark.parametrize("actor", ROLES)
def test_pages_of(actor, world, client, browser, live_server, sign_in):
    """Half of the roles on a phone and half at a desk, in light and in dark, so that each page is seen in all four."""
    number = ROLES.index(actor)
    context = browser.new_context(viewport=[PHONE, DESK][number % 2], color_scheme=["light", "dark"][number // 2 % 2], reduced_motion="reduce")
    if person := world.people[actor]:
        client.force_login(person)
        sign_in(context, person)
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith((live_server.url, "data:", "blob:")) else complaints.append(request.url))

    found, seen = [], 0
    for url in pages(world, client, actor):
        page.goto(live_server.url + url)
        page.evaluate(AXE)
        result = page.evaluate("rules => axe.run(document, rules)", RULES)
        found += [(url, violation["id"], violation["nodes"][0]["html"][:200]) for violation in result["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append((url, "scrolls sideways"))
        seen += 1
    context.close()

    assert found == []
    assert complaints == []
    assert seen >= (5 if actor == "stranger" else 10)
