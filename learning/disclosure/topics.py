"""What a project figure counts, person by person: the side somebody stands on, and what they add to the bar."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from learning.measures.bar import Bar
from learning.measures.long_term import person_facts as later_facts
from learning.measures.obstacles import CODES, named_at
from learning.measures.short_term import PARTS, answered
from learning.measures.short_term import person_facts as early_facts

OUTSIDE = "outside"


@dataclass(frozen=True)
class Topic:
    """One project figure. `count(facts)` gives person → (side, Bar); a side is True, False, None (not known) or outside its base.

    Hidden people are counted only with cover on every one of `sides`. Sensitive: never shown of the few, so that whoever only ticked is
    not counted in it; only what may be read anyway, or has cover. `evidence(facts)`: person → how well their yes is known, where that is asked.
    """

    name: str
    count: Callable
    sides: tuple = (True, False)
    is_sensitive: bool = False
    evidence: Callable | None = None


@dataclass(frozen=True)
class Block:
    """Topics of one wave. They are about the same people and may follow from each other, so they are decided about together: first the first."""

    wave: str
    topics: tuple[Topic, ...]
    facts: Callable  # rows → person → what all its topics count, found once
    exchange: Callable  # rows → person → those with the same value could each have given the other's answers


def _part(name, facts):
    return {person: (fact[name], Bar.of([fact[name]])) for person, fact in facts.items()}


def _best(name, facts):
    return {person: fact["evidence"][name] for person, fact in facts.items() if fact[name]}


def _obstacle(code, facts):
    """Whether somebody has applied nothing is hidden itself: so those outside the base are a side too."""
    counted = {}
    for person, fact in facts.items():
        named = fact["named"]
        side = OUTSIDE if fact["applied"] is not False else None if named is None else code in named
        counted[person] = side, Bar() if side == OUTSIDE else Bar.of([side])
    return counted


def _later(wave, rows):
    named = named_at(rows, wave)
    return {person: {**fact, "named": named.get(person)} for person, fact in later_facts(rows, wave).items()}


def _answered_about(rows):
    """Who answered about one visit cannot both have got something and paid more than it gave; who answered about two can."""
    return Counter(person for person, _ in answered(rows))


def _all_alike(rows):
    """One visit can leave any number of things, and each can become anything."""
    return Counter()


def _early():
    topics = [Topic(f"M3.{name}", partial(_part, name), is_sensitive=name == "cost") for name in PARTS]
    return Block("t0", tuple(topics), early_facts, _answered_about)


def _late(wave):
    plain, sensitive = (("applied",), ()) if wave == "w2" else (("value", "applied", "realised"), ("changed", "harm"))
    topics = [
        *(Topic(f"M4.{name}", partial(_part, name), evidence=partial(_best, name)) for name in plain),
        *(Topic(f"M4.{name}", partial(_part, name), is_sensitive=True) for name in sensitive),
    ]
    in_the_way = [Topic(f"M11.{code}", partial(_obstacle, code), (True, False, OUTSIDE), is_sensitive=True) for code in CODES]
    return Block(wave, (*topics, *in_the_way), partial(_later, wave), _all_alike)


BLOCKS = (_early(), *(_late(wave) for wave in ("w2", "m3", "m12", "end")))
