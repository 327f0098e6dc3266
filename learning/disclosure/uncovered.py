"""Project figures that need no cover: what compares things or times, of open people only; and whether and when people answered, of all."""

from dataclasses import replace

from learning.disclosure.figure import Figure, Hidden
from learning.disclosure.standing import open_rows
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


def why_few(rows):
    """Only by what everybody knows: who was there."""
    return Hidden.PROTECTED if rows.attendances else Hidden.NO_DATA


def of_things(rows):
    """Figures that compare things or times: hidden people are always left out of them, there is no side that could give cover."""
    seen = open_rows(rows)
    everybody = {row.author for row in rows.takeaways}
    people = {row.author for row in seen.takeaways}
    coded = {row.author for row in seen.takeaways if row.kinds}
    heard_of = {said.takeaway for said in seen.follow_ups}
    followed = {row.author for row in seen.takeaways if row.id in heard_of}
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
            figure = figure.without_numbers(why_few(rows))
        elif _is_empty(value):
            figure = figure.without_numbers(Hidden.NO_DATA)
        yield figure


def _is_empty(value):
    """Nothing was compared, or nothing is due."""
    match value:
        case None | (0, 0) | Difference(value=None) | Breadth(value=None) | Bar(yes=0, no=0, unknown=0) | Change(table=()):
            return True
    return False


def of_answering(rows):
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
