"""Somebody who has every page, export and past release, knows the rule, knows who is in it and who answered: what is certain to them?

Exact: all worlds are enumerated that fit what was published. A world gives each hidden person one of the answers a person can give.
"""

from functools import cache
from itertools import combinations_with_replacement, product
from operator import add, sub

from learning.disclosure.topics import OUTSIDE
from learning.measures.bar import both, either
from learning.measures.observed import applied, harmed, realised, worth
from tests.learning.measures.build import CODES, EFFECTS, STATES, follow_up, takeaway

EARLY = ("M3.value", "M3.gave", "M3.live", "M3.plan", "M3.cost")
LATE = ("M4.value", "M4.applied", "M4.realised", "M4.changed", "M4.harm", *(f"M11.{code}" for code in CODES))
TOPICS = {"t0": EARLY, "m3": LATE}


@cache
def answers(wave, activities):
    """All that one person who answered about so many activities can stand on, topic by topic."""
    return frozenset(_early(activities) if wave == "t0" else _late())


def _early(activities):
    tapped = [(False, True), (False, False), (True, False), (None, None)]
    one = [(both(gave, live), gave, live, plan, cost) for (gave, cost), live, plan in product(tapped, (True, False, None), (True, False))]
    for each in combinations_with_replacement(one, activities):
        yield tuple(either(facts) for facts in zip(*each, strict=True))


def _late():
    thing = takeaway("anybody")
    said = [follow_up(thing, "m3", state, effect) for state, effect in product(STATES, EFFECTS)]
    one = {(worth(row), applied(row), realised(row), harmed(row)) for row in said} | {(None,) * 4}
    some = {()} | {each for count in (1, 2) for each in combinations_with_replacement(sorted(one, key=str), count)}
    for each in some:
        value, used, noticed, harm = (either(facts) for facts in zip(*each, strict=True)) if each else (False,) * 4
        named = [(OUTSIDE,) * len(CODES)] if used is not False else [(None,) * len(CODES), *product((True, False), repeat=len(CODES))]
        for changed, codes in product((True, False, None), named):
            yield (value, used, noticed, changed, harm, *codes)


class Adversary:
    """About one batch: the `totals` of its topics, `people` → activities answered about, `known` → the answers of those one knows."""

    def __init__(self, wave, totals, people, known):
        self.wave, self.people, self.known = wave, people, known
        self.published = tuple(number for number, topic in enumerate(TOPICS[wave]) if topic in totals)
        self.totals = tuple(count for number in self.published for count in _counts(totals[TOPICS[wave][number]], len(people)))
        self._reach = {(): {(0,) * len(self.totals)}}

    def certain(self):
        """(person, topic, side, whether): so in every world, or in none."""
        return {
            (person, TOPICS[self.wave][number], side, is_so)
            for person in self.people.keys() - self.known.keys()
            for possible in [self._possible(person)]
            for number, side, is_so in possible
            if (number, side, not is_so) not in possible
        }

    @property
    def has_a_world(self):
        return self.totals in self._reachable(self._kinds(self.people))

    def _possible(self, person):
        """What may be so, or not so, of `person`: with which answers can the others make up what was published?"""
        reachable = self._reachable(self._kinds(self.people.keys() - {person}))
        said = ways(self.wave, self.people[person], self.published)
        fits = [tells for adds, tells in said.items() if tuple(map(sub, self.totals, adds)) in reachable]
        return frozenset().union(*fits)

    def _kinds(self, people):
        """What matters of a person: their answers if known, else how many activities."""
        return tuple(sorted((self.known.get(person, self.people[person]) for person in people), key=str))

    def _reachable(self, kinds):
        """All that people of these kinds can add up to."""
        if kinds not in self._reach:
            own = kinds[-1]
            steps = ways(self.wave, own, self.published) if isinstance(own, int) else [_adds(own, self.published)]
            worlds = {tuple(map(add, before, step)) for before in self._reachable(kinds[:-1]) for step in steps}
            self._reach[kinds] = {world for world in worlds if all(count <= total for count, total in zip(world, self.totals, strict=True))}
        return self._reach[kinds]


@cache
def ways(wave, activities, published):
    """What one person may add to the published counts → what is so, or not so, of people who add that."""
    found = {}
    for answer in answers(wave, activities):
        tells = {(number, side, answer[number] is side) for number in range(len(TOPICS[wave])) for side in (True, False)}
        found.setdefault(_adds(answer, published), set()).update(tells)
    return found


def _adds(answer, published):
    return tuple(int(answer[number] is side) for number in published for side in (True, False, None, OUTSIDE))


def _counts(bar, people):
    return bar.yes, bar.no, bar.unknown, people - bar.total


def answered_about(rows):
    """Person → the number of activities they answered about."""
    return {person: len({row.activity for row in rows.reflections if row.author == person}) for person in {row.author for row in rows.reflections}}
