"""Every word of the oracle, written down: notes, things, what became of them and answers, at every level, in every state."""

import itertools

from django.utils import timezone

from partners.models import Activity
from tests.crawl.oracle import LEVELS, ORGANISATION, READER, STATES, Written
from tests.factories import FollowUpFactory, PromptFactory, ReflectionFactory, ReplyFactory, TakeawayFactory

VISIBILITY = {"onlyme": "only_me", "waiting": "public"}  # where the level has another name


def write(world):
    """Adds them to the activity of `world`; {parameter of an address: its values}."""
    activity = Activity.objects.get(project=world.project, code=world.things["code"])
    keys = {"reflection": [], "card": [], "reply": [], "prompt": []}
    for author, level, state in itertools.product(ORGANISATION, LEVELS, STATES):
        place = {"author": world.people[author], "partner_then": world.guest if author == "other" else world.host, "activity": activity}
        readable = _level(world, author, level)
        note, thing, became, answer = (str(Written(author, level, state, kind)) for kind in ("note", "thing", "became", "reply"))
        told = ReflectionFactory(**place, **readable, **_state(state), **_text(state, note))
        around = ReflectionFactory(**place, text="", **({"submitted_at": None} if state == "draft" else {}))
        card = TakeawayFactory(reflection=around, title=thing, **readable, **_deleted(state))
        FollowUpFactory(takeaway=card, texts={"what": became}, **readable, **_deleted(state))
        reply = ReplyFactory(takeaway=card, author=place["author"], text=answer)
        keys["reflection"] += [told.pk, around.pk]
        keys["card"].append(card.pk)
        keys["reply"].append(reply.pk)
    keys["prompt"] = [PromptFactory(person=world.people[author], activity=activity).pk for author in ("other", "leaver")]
    return keys


def _level(world, author, level):
    reader = world.people[READER] if level == "person" else None
    checked = {"approved_at": timezone.now(), "approved_by": world.people["admin"]} if level == "public" else {}
    return {"visibility": VISIBILITY.get(level, level), "reader": reader, **checked}


def _text(state, word):
    return {"text": "", "draft": {"keep-new": [word]}} if state == "draft" else {"text": word}


def _state(state):
    return {"submitted_at": None} if state == "draft" else _deleted(state)


def _deleted(state):
    return {"deleted_at": timezone.now()} if state == "deleted" else {}
