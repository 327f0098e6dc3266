"""Nobody sees what they may not, by any page: every word of tests/world.py is looked for on every page each actor can open.

What is seen must equal what is allowed, exactly: a word too many is a leak, a word too few is a page that lost something.
"""

import re
from contextlib import suppress

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from changemakers.models import Changemaker
from tests import world as worlds
from tests.routes import our_routes
from tests.world import ACTORS

pytestmark = pytest.mark.django_db
WORD = re.compile(r"canary-([a-z]+(?:-[a-z]+)?)-(here|nextdoor)", re.IGNORECASE)

INSIDE = {"associate", "member", "admin", "other", "other_admin", "coordinator", "educator"}
HOST = {"member", "admin"}  # people of the host, whose affairs most words are
HOST_ADMINS = {"admin", "coordinator"}
GUEST = {"other", "other_admin"}
WITH_LINK = {"stranger"}  # whoever holds the link of the invitation and is not signed in

ALLOWED = {  # what a word is about → who reads it, in the project that is here
    "project": INSIDE,
    "about": INSIDE,
    "host": INSIDE | WITH_LINK | {"leaver"},  # the leaver's own places name it
    "guest": INSIDE,
    "associated": INSIDE,
    "hostabout": INSIDE,
    "activity": INSIDE,
    "programme": INSIDE,
    "reason": INSIDE,
    "headcount": INSIDE,
    "writeup": INSIDE,
    "card": INSIDE - {"associate"},
    "reply": INSIDE - {"associate"},
    "revision": HOST,
    "baseline": INSIDE,
    "changemaker": INSIDE,
    "choice": INSIDE,
    "practice": INSIDE,
    "candidate": HOST,
    "candidatereason": HOST,
    "candidatepractice": HOST,
    "invited": HOST_ADMINS | WITH_LINK,
    "invitedname": HOST_ADMINS,
    "job": HOST | {"coordinator"},
    "name-coordinator": INSIDE,
    "name-educator": INSIDE,
    "name-member": INSIDE,  # signs a write-up that all may read
    "name-admin": HOST | {"coordinator"} | WITH_LINK,
    "name-leaver": HOST | {"coordinator", "leaver"},
    "name-other": GUEST | {"coordinator", "member"},  # the member sent them a thing
    "name-otheradmin": GUEST | {"coordinator"},
    "name-associate": {"associate", "coordinator"},
    "mail-member": HOST_ADMINS | {"member"},
    "note": {"member"},
    "thing": {"member"},
    "draft": {"member"},
    "personthing": {"member", "other"},
    "organisationthing": HOST,
    "partnershipthing": INSIDE - {"associate"},
}
OWN = {  # seen by the person alone: addresses, and the name in one's own pages
    f"{kind}-{actor.replace('_', '')}": {actor}
    for kind in ("mail", "private")
    for actor in ("member", "admin", "leaver", "other", "other_admin", "associate", "coordinator", "educator")
}
PUBLISHED = {"project", "about", "host", "guest", "associated", "activity", "programme", "headcount", "writeup", "changemaker", "practice", "choice"}
NEXT_DOOR = {"outsider"}


@pytest.fixture
def world(db):
    return worlds.build()


def crawl(client, world, person):
    """{(kind, where): names of the pages} for every word `person` sees on any page that answers; lists are searched too, whole and as fragments."""
    if person:
        client.force_login(person)
    seen = {}
    for name, url in addresses(world):
        answers = [client.get(url)]
        if name.endswith(("_list", ":search", ":my_notes")):
            answers += [client.get(url + "?q=canary"), client.get(url + "?q=canary", headers={"HX-Request": "true"})]
        for kind, where in {word for answer in answers for word in WORD.findall(text_of(answer))}:
            seen.setdefault((kind.lower(), where.lower()), set()).add(name)
    return seen


def addresses(world):
    """(name, address) of every page about what is here, those of the guest, the associated partner and the candidate among them."""
    for route in our_routes():
        if set(route.parameters) <= world.things.keys():
            with suppress(NoReverseMatch):
                yield route.name, reverse(route.name, kwargs=world.arguments(route))
    yield "changemakers:changemaker_detail", reverse("changemakers:changemaker_detail", args=[world.things["candidate"]])
    for partner in (world.things["guest"], world.things["associated"]):
        yield "learning:partner_detail", reverse("learning:partner_detail", args=[partner])
        yield "learning:member_list", reverse("learning:member_list", args=[partner])


def text_of(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", errors="replace").replace("-<wbr>", "-")


@pytest.mark.parametrize("actor", ACTORS)
def test_sees_exactly_what_is_allowed(actor, world, client):
    seen = crawl(client, world, world.people[actor])

    here = {kind: pages for (kind, where), pages in seen.items() if where == "here"}
    allowed = {kind for kind, readers in (OWN | ALLOWED).items() if actor in readers}
    assert {kind: here[kind] for kind in here.keys() - allowed} == {}, "seen, and not allowed"
    assert allowed - here.keys() == set(), "allowed, and not to be found"
    assert {where for _kind, where in seen} <= ({"here"} if actor not in NEXT_DOOR else {"nextdoor"})


def test_a_stranger_sees_exactly_what_was_published(world, client):
    now = timezone.now()
    world.project.published_at = now
    world.project.save()
    world.project.activities.update(published_at=now)
    for activity in world.project.activities.all():
        activity.write_ups.update(public_at=now)
    Changemaker.objects.filter(slug=world.things["changemaker"]).update(published_at=now)

    seen = crawl(client, world, None)

    assert {kind for kind, _where in seen} - {"invited", "name-admin"} == PUBLISHED
    assert {where for _kind, where in seen} == {"here"}
