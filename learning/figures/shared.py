"""Shared figures in words: of an activity, or of several. `figures`: {name: Figure} as disclosure gives them."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.figures.measured import told_breadth, told_difference, told_response, told_time
from learning.figures.telling import Column, Row, Told, listed, no_number, so_far, with_evidence
from learning.models import FollowUp, Kind, Takeaway


def told(figures):
    """All of one activity."""
    return [told_response([figures["M1.t0"]]), told_time(figures["M2"]), *told_plain(figures)]


def told_plain(figures):
    """What people said, and how different that was."""
    return [
        told_kinds("kinds", _("Kinds of things"), figures["kinds"]),
        _gave(figures["gave"]),
        _will_use(figures["will_use"]),
        _state(figures["state"]),
        told_difference(figures["M7"]),
        told_breadth(figures["M7b"]),
    ]


def told_kinds_of(activities, figures):
    """Small multiples: the kinds of each of `activities` that has a number, with the difference between its people; and how many have none.

    `figures`: {pk: {name: Figure}}.
    """
    shown = [activity for activity in activities if not figures[activity.pk]["kinds"].hidden]
    return [_kinds_of(activity, figures[activity.pk]) for activity in shown], len(figures) - len(shown)


def _kinds_of(activity, figures):
    told_here = told_kinds(f"kinds.{activity.code}", str(activity), figures["kinds"])
    difference = figures["M7"]
    if difference.hidden:
        return told_here
    number = round(float(difference.value.value), 2)
    said = _("Difference between people: %(number)s.") % {"number": number}
    return replace(told_here, sentence=f"{told_here.sentence} {said}")


def of_those_there(figure):
    n = ngettext("%(count)s person", "%(count)s people", figure.n) % {"count": figure.n}
    said = _("%(n)s of %(base)s who were there; what they say of themselves") % {"n": n, "base": figure.base}
    return with_evidence(said, figure)


def told_kinds(name, title, figure):
    if figure.hidden:
        return no_number(name, title, figure.hidden)
    counts = {kind: float(weight) for kind, weight in figure.value}
    uncoded = int(counts.pop("uncoded", 0))
    most = max(counts, key=counts.get)
    said = _("Most often: %(kind)s.") % {"kind": Kind(most).label} if counts[most] else _("No kind was said.")
    rows = [*((kind, Kind(kind).label, round(weight, 1)) for kind, weight in counts.items()), ("uncoded", _("No kind said"), uncoded)]
    return _amounts(name, title, said, figure, rows)


def _gave(figure):
    title = _("What it gave")
    if figure.hidden:
        return no_number("gave", title, figure.hidden)
    counts = dict(figure.value)
    names = (("a_lot", _("A lot")), ("something", _("Something")), ("little", _("Little that was new, or less")))
    rows = [(code, name, counts.get(code, 0)) for code, name in names]
    return _amounts("gave", title, _("What it gave: %(rows)s.") % {"rows": _in_words(rows)}, figure, rows)


def _will_use(figure):
    title = _("Will it be used")
    if figure.hidden:
        return no_number("will_use", title, figure.hidden)
    rows = [(code, Takeaway.WillUse(code).label, count) for code, count in reversed(figure.value)]
    return _amounts("will_use", title, _("Will they use it? %(rows)s.") % {"rows": _in_words(rows)}, figure, rows)


def _state(figure):
    title = _("What became of it")
    if figure.hidden:
        return no_number("state", title, figure.hidden)
    counts = dict(figure.value)
    rows = [(state.value, state.label, counts[state]) for state in FollowUp.State if state in counts]
    return _amounts("state", title, _("As last known: %(rows)s.") % {"rows": _in_words(rows)}, figure, rows)


def _amounts(name, title, said, figure, amounts):
    """`amounts`: [(code, label, how much)]."""
    columns, rows = (Column(_("How much"), "amount"),), tuple(Row(str(label), (count,), of=f"{figure.name} {code}") for code, label, count in amounts)
    return Told(name, title, said, of_those_there(figure), columns, rows, chart="bars", window=so_far())


def _in_words(amounts):
    return listed((label, count) for _code, label, count in amounts)
