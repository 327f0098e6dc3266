"""A mail about what somebody wrote goes to nobody who may not read it, decided at the moment it is sent."""

import pytest

from iimprove import mail
from learning.emails.replies import reply_now
from learning.models import Reply
from tests import world as worlds
from tests.crawl.oracle import WORD, readable
from tests.crawl.writings import write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("actor", ["associate", "other", "coordinator", "platform"])
def test_an_answer_is_told_to_exactly_those_who_read_its_card(actor):
    world = worlds.build()
    write(world)

    told = {
        WORD.search(reply.takeaway.title)[1]
        for reply in Reply.objects.filter(takeaway__title__endswith="-thing-here", text__endswith="-reply-here")
        if is_told(reply, world.people[actor])
    }

    cards = readable(actor, "thing", states=["kept", "draft"])
    assert told == cards


def is_told(reply, person):
    try:
        reply_now(reply, {"person": str(person.pk)})
    except mail.NoLongerWanted:
        return False
    return True
