"""Every page, as every role that may open it: nothing for axe to find, nothing from other hosts, nothing blocked by the policy, no sideways scrolling."""

from collections import Counter
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
    "preload": False,  # no rule that is asked for reads the style sheets themselves
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
}
CONTRAST = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast"]}}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}  # elements that hold nothing
NOT_OURS = ("admin:", "healthz")  # Django's own admin looks after itself; the other is for machines
ROLES = ("member", "admin", "coordinator", "stranger")  # no page holds a piece that only an educator or a platform admin gets
LOOK_AFTER_THEMSELVES = ("stranger", "member")  # whose pages of signing in and out are looked at; they are the same for all


@pytest.mark.browser
def test_every_page(world, browser, live_server, sign_in):
    """Half of the roles on a phone and half at a desk; contrast in light and in dark."""
    found, looked_at = [], Counter()
    for number, (actor, urls) in enumerate(Pages(world).worth_a_look()):
        scheme, other = ("light", "dark") if number // 2 % 2 == 0 else ("dark", "light")
        context = browser.new_context(viewport=[PHONE, DESK][number % 2], color_scheme=scheme, reduced_motion="reduce")
        context.add_init_script(AXE)
        if person := world.people[actor]:
            sign_in(context, person)
        page = context.new_page()
        listen(page, live_server.url, found)
        for url in urls:
            page.goto(live_server.url + url)
            found += [(actor, url, *violation) for violation in violations(page, RULES)]
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                found.append((actor, url, "scrolls sideways"))
            page.emulate_media(color_scheme=other)
            found += [(actor, url, other, *violation) for violation in violations(page, CONTRAST)]
            page.emulate_media(color_scheme=scheme)
            looked_at[actor] += 1
        context.close()

    assert found == []
    assert all(looked_at[actor] for actor in ROLES)


def listen(page, home, found):
    """What the page complains of in its console, and what it asks of other hosts, is found too."""
    page.on("console", lambda message: found.append((page.url, message.text)) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append((page.url, str(error))))
    page.on("request", lambda request: None if request.url.startswith((home, "data:", "blob:")) else found.append((page.url, request.url)))


def violations(page, rules):
    result = page.evaluate("rules => axe.run(document, rules)", rules)
    return [(violation["id"], violation["nodes"][0]["html"][:200]) for violation in result["violations"]]


class Pages:
    """The pages of `world`, as the roles get them."""

    def __init__(self, world):
        self.world = world

    def worth_a_look(self):
        """(role, addresses): as few pages as hold every piece there is; of each role at least one, for its frame."""
        pieces = {(actor, url): found for actor in ROLES for url, found in self._opened(actor) if found}
        chosen, left = {actor: [] for actor in ROLES}, set().union(*pieces.values())
        while left:
            actor, url = max(pieces, key=lambda page: len(pieces[page] & left))
            chosen[actor].append(url)
            left -= pieces[actor, url]
        for actor, url in pieces:
            chosen[actor] = chosen[actor] or [url]
        return chosen.items()

    def _opened(self, actor):
        client = self._client(actor)
        return [(url, self._pieces(client.get(url))) for url in self._addresses(actor)]

    def _addresses(self, actor):
        for route in routes():
            if route.is_ours and not may_open(route.name, actor):
                continue
            if not route.is_ours and (route.name.startswith(NOT_OURS) or actor not in LOOK_AFTER_THEMSELVES):
                continue
            if set(route.parameters) <= self.world.things.keys():
                try:
                    yield reverse(route.name, kwargs=self.world.arguments(route))
                except NoReverseMatch:
                    continue

    def _client(self, actor):
        client = Client()
        if person := self.world.people[actor]:
            client.force_login(person)
        return client

    def _pieces(self, response):
        is_page = response.status_code == 200 and response.headers["Content-Type"].startswith("text/html")
        return Pieces(response.content.decode()).found if is_page else set()


class Pieces(HTMLParser):
    """What a page is made of, without its words: each element with its class and the names of its attributes, and what it stands in."""

    def __init__(self, html):
        super().__init__()
        self.found, self.inside = set(), [None]
        self.feed(html.partition("<main")[2].partition("</main>")[0] or html)

    def handle_starttag(self, tag, attributes):
        piece = (tag, dict(attributes).get("class"), *sorted(name for name, _value in attributes))
        self.found.add((self.inside[-1], piece))
        if tag not in VOID:
            self.inside.append(piece)

    def handle_endtag(self, tag):
        if tag in [piece and piece[0] for piece in self.inside]:
            while self.inside.pop()[0] != tag:
                pass
