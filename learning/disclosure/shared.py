"""Shared figures: of the people who let themselves be counted however few they are; live, the same for every member of the project."""

from collections import Counter
from dataclasses import replace
from operator import attrgetter

from learning.disclosure.figure import Figure, Hidden
from learning.disclosure.standing import open_rows, without_left_out
from learning.measures.breadth import breadth
from learning.measures.difference import NO_PAIRS, difference, difference_at_each, together
from learning.measures.kinds import by_kind
from learning.measures.observed import last_known
from learning.measures.response import response
from learning.measures.rows import latest
from learning.measures.time_to_note import time_to_note

PEOPLE = 3
WAVES = ("t0", "w2", "m3", "m12", "end")


def shared(rows):
    """For an activity, all activities of one kind, a changemaker or a year: `rows` about these activities only.

    Plain items only; "cost more than it gave" is folded into little or less. Hidden answers never come near: they are taken out first.
    Response is a count of all who were asked, from three, never who.
    """
    rows = without_left_out(rows)
    seen, there = open_rows(rows), _there(rows)
    return _said(seen, there, difference(seen.takeaways)) | {"M2": _time(seen, there)} | {f"M1.{wave}": _response(rows, wave) for wave in WAVES}


def shared_by_activity(rows):
    """{activity: its shared figures}: the same as each has on its own page."""
    return {activity: shared(own) for activity, own in rows.by_activity().items()}


def said(rows, there):
    """(shared figures of what people said and how different that was, {activity: kinds and difference there}), as `shared` gives them.

    Not when or whether they answered: no prompt is looked at. `there`: {activity: how many people took part}, None for all activities together.
    """
    seen = open_rows(without_left_out(rows))
    each = difference_at_each(seen.takeaways)
    return _said(seen, there[None], together(each.values())), {
        activity: _named(_kinds(own, there.get(activity, 0)), _difference(own, there.get(activity, 0), each.get(activity, NO_PAIRS)))
        for activity, own in replace(seen, attendances=(), reflections=(), follow_ups=(), prompts=()).by_activity().items()
    }


def _said(seen, there, between):
    figures = _kinds(seen, there), _gave(seen, there), _will_use(seen, there), _state(seen, there)
    return _named(*figures, _difference(seen, there, between), _breadth(seen, there))


def _named(*figures):
    return {figure.name: figure for figure in figures}


def _there(rows):
    """How many people took part."""
    return len({row.person for row in rows.attendances})


def _figure(name, people, there, value, **more):
    """Depends on nobody who did not agree to it: also the reason does not."""
    figure = Figure(name=name, layer="shared", value=value, n=len(people), base=there, **more)
    if len(people) >= PEOPLE:
        return figure
    return figure.without_numbers(Hidden.PROTECTED if people else Hidden.NO_DATA)


def _kinds(seen, there):
    kinds, uncoded = by_kind(seen.takeaways)
    return _figure("kinds", {row.author for row in seen.takeaways}, there, (*kinds, ("uncoded", uncoded)))


def _difference(seen, there, between):
    return _figure("M7", _authors(seen) if between.pairs else set(), there, between)


def _breadth(seen, there):
    return _figure("M7b", _authors(seen), there, breadth(seen.takeaways))


def _authors(seen):
    """Of things of which a kind was said."""
    return {row.author for row in seen.takeaways if row.kinds}


def _gave(seen, there):
    last = latest((row for row in seen.reflections if row.gave is not None), attrgetter("author"), attrgetter("submitted_at", "id"))
    gave = Counter(("little", "something", "a_lot")[max(row.gave, 0)] for row in last.values())
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
