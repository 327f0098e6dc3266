"""The ways in: every address of what is here, and what an answer holds, its headers and what is packed in it among it."""

import io
import itertools
import zipfile
from contextlib import suppress

from django.urls import NoReverseMatch, reverse

from tests.crawl.oracle import WORD
from tests.routes import our_routes

HTMX = {"HX-Request": "true"}
SEARCHED = ("_list", ":search", ":my_notes")


def addresses(world, keys=None):
    """(name, address) of every page about what is here: those of the guest, the associated partner and the candidate among them.

    `keys` names further values of parameters: {"reflection": [one, another]}.
    """
    values = {name: [value] for name, value in world.things.items()}
    values["partner"] += [world.things["guest"], world.things["associated"]]
    values["changemaker"] += [world.things["candidate"]]
    for name, more in (keys or {}).items():
        values[name] = values[name] + more
    for route in our_routes():
        if set(route.parameters) <= values.keys():
            for arguments in itertools.product(*(values[name] for name in route.parameters)):
                with suppress(NoReverseMatch):
                    yield route.name, reverse(route.name, kwargs=dict(zip(route.parameters, arguments, strict=True)))


def words_of(response):
    """{(what, where)}: the words that stand in an answer, in small letters."""
    return {(what.lower(), where.lower()) for what, where in WORD.findall(text_of(response))}


def text_of(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    headers = " ".join(response.headers.values())
    return f"{headers}\n{_unpacked(content)}".replace("-<wbr>", "-")


def _unpacked(content):
    if not content.startswith(b"PK"):
        return content.decode("utf-8", errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", errors="replace") for name in archive.namelist())


def words_on_all_pages(client, url, **query):
    """What a list shows from its first page to its last."""
    words, number = set(), 0
    while number is not None:
        response = client.get(url, {**query, "page": number + 1})
        words |= words_of(response)
        has_more = response.status_code == 200 and (page := response.context["page"]) and page.has_next()
        number = page.number if has_more else None
    return words
