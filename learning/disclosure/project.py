"""Project figures: of everybody who did not choose to be left out. Released when a window closes, stored, and the same for all.

Open people are counted as they stand at the release; of people who are open only partly what is open counts, the rest is not known.
Closed people come in batches: all who are new and could each have given the other's answers, decided about together, counted once and for
good as they stand then. Mixed people are left out: what some know of them would be cover for nobody, and a hole in it. A batch is let in
when its block's first figure has cover for it; each other figure of the block then takes it or leaves it, for good too.
docs/adr/0007-cover.md says why.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from learning.disclosure.cover import has_cover, threshold
from learning.disclosure.figure import Figure, Hidden
from learning.disclosure.shared import PEOPLE as FEW
from learning.disclosure.standing import Standing, as_others_know, standings, without_left_out
from learning.disclosure.topics import BLOCKS
from learning.disclosure.uncovered import PEOPLE, of_answering, of_things, why_few
from learning.measures.bar import Bar


@dataclass(frozen=True)
class Batch:
    """Hidden people let in together. `totals`: topic → what they add, only for the topics that took them. Kept on the server, never shown."""

    wave: str
    people: frozenset
    totals: tuple[tuple[str, Bar], ...]


@dataclass(frozen=True)
class Release:
    """What everybody sees from `at` on, and what the next release must know."""

    at: datetime
    figures: tuple[Figure, ...]
    batches: tuple[Batch, ...]


def project_figures(history):
    """The figures of the last release, by name and window; none before the first."""
    return {(figure.name, figure.window): figure for figure in history[-1].figures} if history else {}


def release(rows, history, secret):
    """A new release of all project figures at `rows.now`, knowing the `history` of releases; `secret`: bytes of the installation."""
    rows = without_left_out(rows)
    batches = history[-1].batches if history else ()
    figures = []
    for block in BLOCKS:
        closed = _closed(rows, block.wave)
        found, batches = _block(block, closed, batches, secret)
        figures += found
    return Release(rows.now, (*figures, *of_things(rows), *of_answering(rows)), batches)


def closed_windows(rows):
    """Which waves of which activities are over, as text: one more than at the last release, and there is something to release."""
    return {f"{activity} {block.wave}" for block in BLOCKS for activity, end in rows.ends().items() if rows.has_closed(block.wave, end)}


def _closed(rows, wave):
    """About the activities whose wave is over."""
    ends = rows.ends()
    return rows.about(*(activity for activity, end in ends.items() if rows.has_closed(wave, end)))


def _block(block, rows, batches, secret):
    stands, figures = standings(rows, block.wave), []
    facts, known = block.facts(rows), block.facts(as_others_know(rows))
    counts = {topic.name: topic.count(facts) for topic in block.topics}
    base = counts[block.topics[0].name].keys()
    before = {person for batch in batches if batch.wave == block.wave for person in batch.people}
    open_now = {person for person in base - before if stands[person].is_open}
    fresh = frozenset(person for person in base - before if stands[person] is Standing.CLOSED)
    if len(base | before) >= PEOPLE:
        batches = (*batches, *(batch for alike in _alike(block, rows, fresh) for batch in _let_in(block, rows, alike, counts, secret)))
    partly = {person for person in base - before if stands[person] is Standing.PARTLY}
    for topic in block.topics:
        seen = _seen(topic, counts[topic.name], open_now, stands)
        half_seen = _half_seen(topic, known, partly)
        figure = _figure(topic, block, rows, seen, half_seen, batches, len(base | before))
        figures.append(figure if figure.hidden else replace(figure, evidence=_evidence(topic, facts, known, seen, half_seen)))
    return figures, batches


def _seen(topic, count, open_now, stands):
    """Of those who are open to this topic: person → what they add."""
    return {person: count[person][1] for person in open_now if stands[person] is Standing.SHARED or not topic.is_sensitive}


def _half_seen(topic, known, people):
    """Of those who are open partly: a yes is a yes; what else they said may say otherwise, so there is no no. Nothing of what is sensitive."""
    count = {} if topic.is_sensitive else topic.count(known)
    return {person: bar if side is True else Bar(unknown=1) for person, (side, bar) in count.items() if person in people}


def _evidence(topic, facts, known, seen, half_seen):
    """How well the yes of those is known who let themselves be counted when they are few, from three of them on. Of the hidden nobody is told."""
    if topic.evidence is None or len(seen) + len(half_seen) < FEW:
        return ()
    whole, part = topic.evidence(facts), topic.evidence(known)
    levels = [found[person] for found, people in ((whole, seen), (part, half_seen)) for person in people if person in found]
    return tuple(levels.count(level) for level in range(4))


def _alike(block, rows, fresh):
    kind = block.exchange(rows)
    return [frozenset(person for person in fresh if kind[person] == value) for value in sorted({kind[person] for person in fresh})]


def _let_in(block, rows, fresh, counts, secret):
    """The batch of all that are fresh, if the first topic has cover for it; nobody is asked about twice at one time."""

    def takes(topic):
        sides = [counts[topic.name][person][0] for person in fresh]
        return has_cover(sides, topic.sides, threshold(secret, topic.name, block.wave, rows.now.isoformat(), *sorted(map(str, fresh))))

    if takes(block.topics[0]):
        taking = [topic.name for topic in block.topics if topic is block.topics[0] or takes(topic)]
        totals = tuple((name, sum((counts[name][person][1] for person in fresh), Bar())) for name in taking)
        yield Batch(block.wave, fresh, totals)


def _figure(topic, block, rows, seen, half_seen, batches, base):
    let_in = [batch for batch in batches if batch.wave == block.wave and topic.name in dict(batch.totals)]
    bar = sum([*seen.values(), *half_seen.values(), *(dict(batch.totals)[topic.name] for batch in let_in)], Bar())
    n = len(seen) + len(half_seen) + sum(len(batch.people) for batch in let_in)
    figure = Figure(name=topic.name, layer="project", window=block.wave, bar=bar, n=n, base=base, left_out=base - n, partly=len(half_seen))
    if not rows.activities:
        return figure.without_numbers(Hidden.NOT_YET)
    return figure if n >= PEOPLE else figure.without_numbers(why_few(rows))
