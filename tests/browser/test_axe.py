"""Every page, as every role that may open it: nothing for axe to find, nothing from other hosts, nothing blocked by the policy, no sideways scrolling."""

from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.browser.conftest import DESK, PHONE
from tests.routes import routes
from tests.test_access import may_open

AXE = (Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js").read_text()
RULES = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
}
CONTRAST = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast"]}}
NOT_OURS = ("admin:", "healthz")  # Django's own admin looks after itself; the other is for machines
ROLES = ("member", "admin", "coordinator", "educator", "platform", "stranger")  # what one is; where one is changes no template
LOOK_AFTER_THEMSELVES = ("stranger", "member")  # whose pages of signing in and out are looked at; they are the same for all


@pytest.mark.browser
@pytest.mark.parametrize("actor", ROLES)
def test_pages_of(actor, world, browser, live_server, sign_in):
    """Those that look as they do for no role named before. Half of the roles on a phone and half at a desk; contrast in light and in dark."""
    number = ROLES.index(actor)
    scheme, other = ("light", "dark") if number // 2 % 2 == 0 else ("dark", "light")
    context = browser.new_context(viewport=[PHONE, DESK][number % 2], color_scheme=scheme, reduced_motion="reduce")
    if person := world.people[actor]:
        sign_in(context, person)
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith((live_server.url, "data:", "blob:")) else complaints.append(request.url))

    found, seen = [], 0
    for url in Pages(world).new_to(actor):
        page.goto(live_server.url + url)
        page.evaluate(AXE)
        found += [(url, *violation) for violation in violations(page, RULES)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append((url, "scrolls sideways"))
        page.emulate_media(color_scheme=other)
        found += [(url, other, *violation) for violation in violations(page, CONTRAST)]
        page.emulate_media(color_scheme=scheme)
        seen += 1
    context.close()

    assert found == []
    assert complaints == []
    assert seen > 0


def violations(page, rules):
    result = page.evaluate("rules => axe.run(document, rules)", rules)
    return [(violation["id"], violation["nodes"][0]["html"][:200]) for violation in result["violations"]]


class Pages:
    """The pages of `world`, as the roles get them."""

    def __init__(self, world):
        self.world = world
        self.shape = cache(self._shape)
        self.client = cache(self._client)

    def new_to(self, actor):
        """The addresses that answer `actor` with a page of a shape unlike all before it; of the first there is the frame is looked at too."""
        earlier = ROLES[: ROLES.index(actor)]
        seen = set()
        for name, url in self._addresses(actor):
            own = self.shape(actor, url)
            known = (self.shape(role, url) for role in earlier if may_open(name, role))
            if own and own not in seen and (not seen or own not in known):
                seen.add(own)
                yield url

    def _addresses(self, actor):
        for route in routes():
            if route.is_ours and not may_open(route.name, actor):
                continue
            if not route.is_ours and (route.name.startswith(NOT_OURS) or actor not in LOOK_AFTER_THEMSELVES):
                continue
            if set(route.parameters) <= self.world.things.keys():
                try:
                    yield route.name, reverse(route.name, kwargs=self.world.arguments(route))
                except NoReverseMatch:
                    continue

    def _shape(self, actor, url):
        """The shape of the page `actor` gets there; nothing where it is no page."""
        response = self.client(actor).get(url)
        is_page = response.status_code == 200 and response.headers["Content-Type"].startswith("text/html")
        return tuple(Shape(response.content.decode()).parts) if is_page else None

    def _client(self, actor):
        client = Client()
        if person := self.world.people[actor]:
            client.force_login(person)
        return client


class Shape(HTMLParser):
    """A page without its words: the tags, with their classes and the names of their other attributes, and where text stands."""

    def __init__(self, html):
        super().__init__()
        self.parts = []
        self.feed(html.partition("<main")[2].partition("</main>")[0] or html)

    def handle_starttag(self, tag, attributes):
        self.parts.append((tag, dict(attributes).get("class"), *sorted(name for name, _value in attributes)))

    def handle_data(self, data):
        if data.strip():
            self.parts.append("text")
