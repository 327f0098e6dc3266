"""The crawl whole (`make crawl`): every actor opens every address, of every note, thing and answer there is, by every door.

Of every answer, its headers included, the words are compared with those the actor may read; in the end nothing that may be read is missing.
"""

import pytest
from django.urls import reverse

from tests import world as worlds
from tests.crawl.doors import HTMX, SEARCHED, addresses, words_of, words_on_all_pages
from tests.crawl.oracle import ALLOWED, INSIDE, KINDS, NEXT_DOOR, OWN, PUBLISHED, STATES, WRITTEN, readable
from tests.crawl.rows import rows
from tests.crawl.test_scanner import scan
from tests.crawl.writings import write
from tests.test_access import ACCESS
from tests.test_canaries import publish, sign_in
from tests.world import ACTORS

pytestmark = pytest.mark.django_db

ON_PUBLIC_CARDS = {"host", "guest"}  # for whom it was written; who wrote it is read inside the project alone
OWN_NOTES = {"leaver": {"project", "activity"}}  # what one wrote says about what it is, also after one has left
SIGNED_INSIDE = {"name-member", "name-other", "name-leaver"}
NAMED_AS_READER = {"name-associate": {"member", "other", "leaver"}}
LEAST = 30_000


def doors(client, name, url):
    """The answers to all ways of asking for one address."""
    yield client.get(url)
    yield client.get(url, headers=HTMX)
    yield client.head(url)
    yield client.get(reverse("account_login"), {"next": url})
    if name.endswith(SEARCHED):
        yield client.get(url, {"q": "canary"})
        yield client.get(url, {"q": "cana"}, headers=HTMX)
        yield client.get(url, {"q": "canary", "page": "2"})


def answers_to(client, world, keys):
    """(address, answer) of what is here by all doors, and of every single note, thing and answer, whole and as a fragment."""
    once = list(addresses(world))
    for name, url in once:
        for answer in doors(client, name, url):
            yield url, answer
    for name, url in addresses(world, keys):
        if (name, url) not in once and ACCESS[name][0] == "get":
            yield url, client.get(url)
            yield url, client.get(url, headers=HTMX)


def allowed(actor, *, is_published):
    """The words that may stand in an answer to `actor`."""
    words = {what for what, readers in (OWN | ALLOWED).items() if actor in readers}
    words |= {what for what, readers in NAMED_AS_READER.items() if actor in readers}
    words |= readable(actor, *KINDS, states=STATES)
    words |= OWN_NOTES.get(actor, set())
    if is_published or actor != "stranger":
        words |= ON_PUBLIC_CARDS | (SIGNED_INSIDE if actor in INSIDE else set())
    return words | (PUBLISHED if is_published else set())


def to_be_found(actor, *, is_published):
    """The words that must stand in some answer: what became of a thing is shown to its author alone so far."""
    words = {what for what, readers in ALLOWED.items() if actor in readers} | (PUBLISHED if is_published else set())
    words |= {word.name for word in WRITTEN if word.author == actor}
    if actor != "stranger":
        words |= readable(actor, "note", "thing")
    if actor in INSIDE:
        words |= readable(actor, "reply", but=["onlyme"])
    return words


@pytest.mark.parametrize("is_published", [False, True], ids=["before", "published"])
@pytest.mark.parametrize("actor", ACTORS)
def test_crawl(actor, is_published, client, record_property):
    world = worlds.build()
    keys = write(world)
    if is_published:
        publish(world)
    sign_in(client, world, actor)
    may, before = allowed(actor, is_published=is_published), rows()
    where_else = {"nextdoor"} if actor in NEXT_DOOR else set()

    leaks, seen, answers = [], set(), 0
    for url, answer in answers_to(client, world, keys if is_published else {}):
        words = words_of(answer)
        here = {what for what, where in words if where == "here"}
        leaks += [(url, what) for what in here - may]
        leaks += [(url, where) for where in {where for _what, where in words} - where_else - {"here"}]
        seen |= here
        answers += 1
    seen |= {what for what, _where in words_on_all_pages(client, reverse("learning:search"), q="canary")}
    record_property("answers", answers)
    record_property("pairs", answers * len(ALLOWED | OWN | dict.fromkeys(WRITTEN)))

    assert leaks == []
    assert rows() == before, "reading has written"
    assert to_be_found(actor, is_published=is_published) - seen == set()


@pytest.mark.parametrize("actor", ACTORS[1:])
def test_what_one_may_not_read_is_not_even_counted(actor, client):
    """Asked for by its very word, it is as if it did not exist."""
    world = worlds.build()
    write(world)
    sign_in(client, world, actor)
    hidden = {word.name for word in WRITTEN} - readable(actor, "note", "thing")

    counts = {name: client.get(reverse("learning:search"), {"q": name}).context["page"].paginator.count for name in hidden}

    assert {name for name, count in counts.items() if count} == set()


def test_a_scanner_that_reads_every_link_a_hundred_times_changes_no_row(client):
    world = worlds.build()
    before = rows()

    scan(client, world, times=100)

    assert rows() == before


def test_there_is_enough_to_look_at():
    world = worlds.build()

    assert len(list(addresses(world))) * len(ACTORS) * len(WRITTEN) >= LEAST
