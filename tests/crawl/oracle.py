"""Who reads which word, by the matrix alone (RELIABILITY §4): no query of the project's own is asked."""

import re
from dataclasses import dataclass

from tests.world import ACTORS

WORD = re.compile(r"canary-([a-z]+(?:-[a-z]+)?)-(here|nextdoor)", re.IGNORECASE)

INSIDE = {"associate", "member", "admin", "other", "other_admin", "coordinator", "educator"}
PARTNERSHIP = INSIDE - {"associate"}
HOST = {"member", "admin"}  # people of the host, whose affairs most words are
HOST_ADMINS = {"admin", "coordinator"}
GUEST = {"other", "other_admin"}
WITH_LINK = {"stranger"}  # whoever holds the link of the invitation and is not signed in

ALLOWED = {  # what a word of tests/world.py is about → who reads it, in the project that is here
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
    "card": PARTNERSHIP,
    "reply": PARTNERSHIP,
    "artefact": HOST,  # where a card stands written is looked after by the organisation
    "revision": HOST,
    "baseline": INSIDE,
    "changemaker": INSIDE,
    "choice": INSIDE,
    "practice": INSIDE,
    "stagenote": INSIDE,
    "checkin": HOST | {"coordinator"},
    "checkinwhy": HOST | {"coordinator"},
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
    "name-platform": {"platform"},
    "mail-member": HOST_ADMINS | {"member"},
    "note": {"member"},
    "thing": {"member"},
    "draft": {"member"},
    "personthing": {"member", "other"},
    "organisationthing": HOST,
    "partnershipthing": PARTNERSHIP,
}
OWN = {  # seen by the person alone: addresses
    f"{kind}-{actor.replace('_', '')}": {actor}
    for kind in ("mail", "private")
    for actor in ("member", "admin", "leaver", "other", "other_admin", "associate", "coordinator", "educator", "platform")
}
PUBLISHED = {"project", "about", "host", "guest", "associated", "activity", "programme", "headcount", "writeup", "changemaker", "practice", "choice"}
NEXT_DOOR = {"outsider"}

LEVELS = ("onlyme", "person", "organisation", "partnership", "waiting", "public")
STATES = ("draft", "kept", "deleted")
KINDS = ("note", "thing", "became", "reply")
ORGANISATION = {"member": HOST, "other": GUEST, "leaver": HOST | {"leaver"}}  # author → who works where they worked when they wrote
READER = "associate"  # whom "one person" names: somebody who reads nothing else


@dataclass(frozen=True)
class Written:
    """A word that stands in a note, a thing, what became of it or an answer to it."""

    author: str
    level: str  # of what it stands in; "waiting" is public and not yet checked
    state: str
    kind: str

    def __str__(self):
        return f"Canary-{self.name}-here"

    @property
    def name(self):
        return f"{self.author}{self.level}{self.state}-{self.kind}"

    @property
    def readers(self):
        """A draft is its author's; what was deleted stays so for the days in which it can be had back. Answers are read inside the project alone."""
        others = self.others & INSIDE if self.kind == "reply" else self.others
        return {self.author} | (others if self.state == "kept" else set())

    @property
    def others(self):
        return {
            "onlyme": set(),
            "person": {READER},
            "organisation": ORGANISATION[self.author],
            "partnership": PARTNERSHIP,
            "waiting": PARTNERSHIP,
            "public": set(ACTORS),
        }[self.level]


def readable(actor, *kinds, states=("kept",), but=()):
    """The names of the words of these kinds that `actor` reads."""
    return {word.name for word in WRITTEN if actor in word.readers and word.kind in kinds and word.state in states and word.level not in but}


WRITTEN = [Written(author, level, state, kind) for author in ORGANISATION for level in LEVELS for state in STATES for kind in KINDS]
