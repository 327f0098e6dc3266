"""Shared figures: of the people who let themselves be counted however few they are; live, the same for every member of the project."""

from collections import Counter

from learning.disclosure.figure import Figure, Hidden
from learning.disclosure.standing import open_rows, without_left_out
from learning.measures.breadth import breadth
from learning.measures.difference import difference
from learning.measures.kinds import by_kind
from learning.measures.observed import last_known
from learning.measures.response import response
from learning.measures.time_to_note import time_to_note

PEOPLE = 3
WAVES = ("t0", "w2", "m3", "m12", "end")


def shared(rows):
    """For an activity, all activities of one kind, a changemaker or a year: `rows` about these activities only.

    Plain items only; "cost more than it gave" is folded into little or less. Hidden answers never come near: they are taken out first.
    Response is a count of all who were asked, from three, never who.
    """
    rows = without_left_out(rows)
    seen = open_rows(rows)
    there = len({row.person for row in rows.attendances})
    figures = [_kinds(seen, there), _gave(seen, there), _will_use(seen, there), _state(seen, there), *_spread(seen, there), _time(seen, there)]
    return {figure.name: figure for figure in figures} | {f"M1.{wave}": _response(rows, wave) for wave in WAVES}


def shared_by_activity(rows):
    """{activity: its shared figures}: the same as each has on its own page."""
    return {activity: shared(own) for activity, own in rows.by_activity().items()}


def _figure(name, people, there, value, **more):
    """Depends on nobody who did not agree to it: also the reason does not."""
    figure = Figure(name=name, layer="shared", value=value, n=len(people), base=there, **more)
    if len(people) >= PEOPLE:
        return figure
    return figure.without_numbers(Hidden.PROTECTED if people else Hidden.NO_DATA)


def _kinds(seen, there):
    kinds, uncoded = by_kind(seen.takeaways)
    return _figure("kinds", {row.author for row in seen.takeaways}, there, (*kinds, ("uncoded", uncoded)))


def _gave(seen, there):
    said = [row for row in seen.reflections if row.gave is not None]
    last = {row.author: row.gave for row in sorted(said, key=lambda row: (row.submitted_at, str(row.id)))}
    gave = Counter(("little", "something", "a_lot")[max(value, 0)] for value in last.values())
    return _figure("gave", set(last), there, tuple(sorted(gave.items())))


def _will_use(seen, there):
    said = [row for row in seen.takeaways if row.will_use is not None]
    return _figure("will_use", {row.author for row in said}, there, tuple(sorted(Counter(row.will_use for row in said).items())))


def _state(seen, there):
    last = last_known(seen)
    known = [row for row in seen.takeaways if row.id in last]
    levels = [last[row.id].evidence for row in known]
    states = tuple(sorted(Counter(last[row.id].state for row in known).items()))
    return _figure("state", {row.author for row in known}, there, states, evidence=tuple(levels.count(level) for level in range(4)))


def _spread(seen, there):
    people = {row.author for row in seen.takeaways if row.kinds}
    between = difference(seen.takeaways)
    how_broad = breadth(seen.takeaways)
    yield _figure("M7", people if between.pairs else set(), there, between)
    yield _figure("M7b", people, there, how_broad)


def _time(seen, there):
    """Of those who shared, so of those who noted: it says nothing of the others, and its n does."""
    people = {row.author for row in seen.reflections}
    return _figure("M2", people, there, time_to_note(seen.of(people)))


def _response(rows, wave):
    """From three people asked. Their number, and not what they said, decides whether it is shown."""
    found = response(rows, wave)
    asked = {row.person for row in rows.prompts if row.wave == wave and row.due_at <= rows.now and row.outcome != "cancelled"}
    figure = Figure(name=f"M1.{wave}", layer="shared", window=wave, unit="prompts", value=found, n=found.answered, base=found.asked)
    if not asked:
        return figure.without_numbers(Hidden.NOT_YET)
    return figure if len(asked) >= PEOPLE else figure.without_numbers(Hidden.PROTECTED)
