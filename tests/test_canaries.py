"""Nobody sees what they may not, by any page: every word of tests/world.py is looked for on every page each actor can open.

What is seen must equal what is allowed, exactly: a word too many is a leak, a word too few is a page that lost something.
A sample of what `make crawl` does: there, pages that refuse are read too, as fragments, by HEAD, and for every note there is.
"""

import pytest
from django.urls import reverse
from django.utils import timezone

from changemakers.models import Changemaker
from tests import world as worlds
from tests.crawl.doors import HTMX, SEARCHED, addresses, words_of, words_on_all_pages
from tests.crawl.oracle import ALLOWED, INSIDE, NEXT_DOOR, OWN, PUBLISHED, WRITTEN, readable
from tests.crawl.rows import rows
from tests.crawl.writings import write
from tests.test_access import may_open
from tests.world import ACTORS

pytestmark = pytest.mark.django_db
SAMPLE = ("stranger", "outsider", "associate", "member", "admin", "other", "coordinator")


@pytest.fixture
def world(db):
    return worlds.build()


def crawl(client, world, actor):
    """{(what, where): names of the pages} for every word the actor sees; lists are searched too, as fragments. Reading writes nothing."""
    sign_in(client, world, actor)
    seen, before = {}, rows()
    for name, url in addresses(world):
        if may_open(name, actor) or actor == "stranger":  # whom publishing lets into more
            answers = [client.get(url)]
            if name.endswith(SEARCHED):
                answers += [client.get(url, {"q": "canary"}, headers=HTMX)]
            for word in {word for answer in answers for word in words_of(answer)}:
                seen.setdefault(word, set()).add(name)
    assert rows() == before
    return seen


def sign_in(client, world, actor):
    if person := world.people[actor]:
        client.force_login(person)


def publish(world):
    now = timezone.now()
    world.project.published_at = now
    world.project.save()
    world.project.activities.update(published_at=now)
    for activity in world.project.activities.all():
        activity.write_ups.update(public_at=now)
    Changemaker.objects.filter(slug=world.things["changemaker"]).update(published_at=now)


@pytest.mark.parametrize("actor", SAMPLE)
def test_sees_exactly_what_is_allowed(actor, world, client):
    seen = crawl(client, world, actor)

    here = {kind: pages for (kind, where), pages in seen.items() if where == "here"}
    allowed = {kind for kind, readers in (OWN | ALLOWED).items() if actor in readers}
    assert {kind: here[kind] for kind in here.keys() - allowed} == {}, "seen, and not allowed"
    assert allowed - here.keys() == set(), "allowed, and not to be found"
    assert {where for _kind, where in seen} <= ({"here"} if actor not in NEXT_DOOR else {"nextdoor"})


def test_a_stranger_sees_exactly_what_was_published(world, client):
    publish(world)

    seen = crawl(client, world, "stranger")

    assert {kind for kind, _where in seen} - {"invited", "name-admin"} == PUBLISHED
    assert {where for _kind, where in seen} == {"here"}


@pytest.mark.parametrize("actor", ACTORS)
def test_of_what_was_written_one_reads_exactly_what_one_may(actor, world, client):
    """In search, by the beginning of the word; on the page of a published activity; in my notes and my file."""
    write(world)
    publish(world)
    sign_in(client, world, actor)

    seen = {
        "search": words_on_all_pages(client, reverse("learning:search"), q="cana"),
        "activity": words_on_all_pages(client, reverse("learning:activity_detail", args=[world.things["project"], world.things["code"]])),
        "my notes": words_on_all_pages(client, reverse("learning:my_notes")),
        "my file": words_of(client.get(reverse("learning:my_export"))),
    }

    mine = {word for word in WRITTEN if word.author == actor}
    assert {door: {kind for kind, _where in words} & {word.name for word in WRITTEN} for door, words in seen.items()} == {
        "search": readable(actor, "note", "thing") if actor != "stranger" else set(),
        "activity": readable(actor, "thing", *(["reply"] if actor in INSIDE else []), but=["onlyme"]),
        "my notes": {word.name for word in mine if word.kind == "note" or (word.kind, word.state) == ("thing", "kept")},
        "my file": {word.name for word in mine},
    }
