"""A mail scanner opens every link; a link may be forwarded: neither does harm, neither tells what others wrote."""

import pytest
from django.urls import reverse

from learning.models import Prompt
from tests import world as worlds
from tests.crawl.doors import words_of
from tests.crawl.oracle import WRITTEN
from tests.crawl.rows import rows
from tests.crawl.writings import write
from tests.routes import our_routes

pytestmark = pytest.mark.django_db
IN_MAILS = {"prompt", "prompt_token", "pause_token", "mail_token", "token"}


@pytest.fixture
def world(db):
    return worlds.build()


def links(world):
    """The addresses that stand in mails, and those they lead to; the longer ones last, so that the first has left its cookie."""
    return sorted((reverse(route.name, kwargs=world.arguments(route)) for route in our_routes() if set(route.parameters) & IN_MAILS), key=len)


def scan(client, world, times):
    """Every link is read, whole and its head alone."""
    client.get(reverse("learning:answer", args=[world.things["prompt_token"]]))
    for url in links(world):
        for number in range(times):
            (client.head if number % 2 else client.get)(url)


def test_a_scanner_that_reads_every_link_again_and_again_changes_no_row(world, client):
    before = rows()

    scan(client, world, times=6)

    assert rows() == before
    assert len(links(world)) >= 10


def test_a_forwarded_link_shows_the_own_titles_it_asks_about_and_nothing_else(world, client):
    write(world)
    prompt = Prompt.objects.get(pk=world.things["prompt"])
    begun = client.get(reverse("learning:answer", args=[prompt.token]), follow=True)

    answers = [begun, client.post(reverse("learning:answer_begin", args=[prompt.pk]), follow=True), *(client.get(url) for url in links(world))]

    seen = {what for answer in answers for what, _where in words_of(answer)} & {word.name for word in WRITTEN}
    assert seen == {word.name for word in WRITTEN if (word.author, word.state, word.kind) == ("member", "kept", "thing")}
