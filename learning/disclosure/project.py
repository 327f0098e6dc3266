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
from learning.disclosure.standing import Standing, as_others_know, open_rows, standings, without_left_out
from learning.disclosure.topics import BLOCKS
from learning.measures.bar import Bar
from learning.measures.breadth import Breadth, breadth
from learning.measures.carried_over import carried
from learning.measures.change import Change, change
from learning.measures.difference import Difference, difference
from learning.measures.late_value import late_value
from learning.measures.life_table import life_table
from learning.measures.response import response
from learning.measures.time_to_note import time_to_note

PEOPLE = 5


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
    return Release(rows.now, (*figures, *_open_only(rows), *_about_answering(rows)), batches)


def closed_windows(rows):
    """Which waves of which activities are over, as text: one more than at the last release, and there is something to release."""
    return {f"{activity} {block.wave}" for block in BLOCKS for activity, end in rows.ends().items() if rows.has_closed(block.wave, end)}


def _closed(rows, wave):
    """About the activities whose wave is over."""
    ends = rows.ends()
    return rows.about(*(activity for activity, end in ends.items() if rows.has_closed(wave, end)))


def _block(block, rows, batches, secret):
    stands, figures = standings(rows, block.wave), []
    counts = {topic.name: topic.count(rows) for topic in block.topics}
    base = counts[block.topics[0].name].keys()
    before = {person for batch in batches if batch.wave == block.wave for person in batch.people}
    open_now = {person for person in base - before if stands[person].is_open}
    fresh = frozenset(person for person in base - before if stands[person] is Standing.CLOSED)
    if len(base | before) >= PEOPLE:
        batches = (*batches, *(batch for alike in _alike(block, rows, fresh) for batch in _let_in(block, rows, alike, counts, secret)))
    partly, known = {person for person in base - before if stands[person] is Standing.PARTLY}, as_others_know(rows)
    for topic in block.topics:
        seen = _seen(topic, counts[topic.name], open_now, stands)
        half_seen = _half_seen(topic, known, partly)
        figures.append(_figure(topic, block, rows, seen, half_seen, batches, len(base | before)))
    return figures, batches


def _seen(topic, count, open_now, stands):
    """Of those who are open to this topic: person → what they add."""
    return {person: count[person][1] for person in open_now if stands[person] is Standing.SHARED or not topic.is_sensitive}


def _half_seen(topic, known, people):
    """Of those who are open partly: a yes is a yes; what else they said may say otherwise, so there is no no. Nothing of what is sensitive."""
    count = {} if topic.is_sensitive else topic.count(known)
    return {person: bar if side is True else Bar(unknown=1) for person, (side, bar) in count.items() if person in people}


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
    return figure if n >= PEOPLE else figure.without_numbers(_why(rows))


def _why(rows):
    """Only by what everybody knows: who was there."""
    return Hidden.PROTECTED if rows.attendances else Hidden.NO_DATA


def _open_only(rows):
    """Figures that compare things or times: hidden people are always left out of them, there is no side that could give cover."""
    seen = open_rows(rows)
    everybody = {row.author for row in rows.takeaways}
    people = {row.author for row in seen.takeaways}
    coded = {row.author for row in seen.takeaways if row.kinds}
    followed = {row.author for row in seen.takeaways if row.id in {said.takeaway for said in seen.follow_ups}}
    found = [
        *(("M5", wave, carried(seen, wave), followed, "takeaways") for wave in ("w2", "m3", "m12", "end")),
        ("M5b", "", late_value(seen), followed, "takeaways"),
        ("M6", "w2-m3", change(seen, "w2", "m3"), followed, "takeaways"),
        ("M6", "m3-m12", change(seen, "m3", "m12"), followed, "takeaways"),
        ("M6b", "", life_table(seen), followed, "takeaways"),
        ("M7", "", difference(seen.takeaways), coded, "people"),
        ("M7b", "", breadth(seen.takeaways), coded, "people"),
    ]
    for name, window, value, counted, unit in found:
        bar = value if isinstance(value, Bar) else None
        figure = Figure(name=name, layer="project", window=window, unit=unit, value=value, bar=bar, n=len(counted), base=len(everybody))
        figure = replace(figure, left_out=len(everybody - people))
        if len(counted) < PEOPLE:
            figure = figure.without_numbers(_why(rows))
        elif _is_empty(value):
            figure = figure.without_numbers(Hidden.NO_DATA)
        yield figure


def _is_empty(value):
    """Nothing was compared, or nothing is due."""
    match value:
        case None | (0, 0) | Difference(value=None) | Breadth(value=None) | Bar(yes=0, no=0, unknown=0) | Change(table=()):
            return True
    return False


def _about_answering(rows):
    """M1 and M2 are about whether and when people answered, never what: all are counted, from five people on, never who."""
    there = {row.person for row in rows.attendances}
    yield _answering("M2", "", _coarse(time_to_note(rows)), there, "activities")
    for wave in ("t0", "w2", "m3", "m12", "end"):
        asked = {row.person for row in rows.prompts if row.wave == wave and row.due_at <= rows.now and row.outcome != "cancelled"}
        yield _answering("M1", wave, response(rows, wave), asked, "prompts")


def _coarse(time):
    """Whole hours in the first two days, then whole days: the exact median is the minute at which somebody pressed a button."""
    if time.median is None:
        return time
    step = 1 if time.median <= 48 else 24
    return replace(time, median=-(-time.median // step) * step)


def _answering(name, window, value, people, unit):
    figure = Figure(name=name, layer="project", window=window, unit=unit, value=value, n=len(people), base=len(people))
    if not people:
        return figure.without_numbers(Hidden.NOT_YET)
    return figure if len(people) >= PEOPLE else figure.without_numbers(Hidden.PROTECTED)
