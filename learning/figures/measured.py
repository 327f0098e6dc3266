"""Measures that are no bar, in words: who answered and how soon, differences, changes, steps."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.disclosure import Hidden
from learning.figures.telling import Column, Row, Told, counted, hidden_row, no_number, percent, so_far, when
from learning.models import FollowUp, Prompt

OUTCOMES = ("silent", "left", "opted_out", "undeliverable")


def told_response(figures):
    """M1 of each wave: how the questions ended. Who left, is silent or wants none is a stream of its own."""
    shown = [figure for figure in figures if not figure.hidden]
    title = _("Who answered")
    if not shown:
        return no_number("M1", title, figures[0].hidden)
    columns = (
        Column(_("Answered"), "yes"),
        *(Column(Prompt.Outcome(outcome).label, outcome) for outcome in OUTCOMES),
        Column(_("Still open"), "open"),
    )
    rows = tuple(_response_row(figure) for figure in figures)
    said = [f"{when(figure.window)}: {_answered(figure.value)}." for figure in shown] if len(figures) > 1 else [_response(shown[0].value)]
    basis = _("Questions sent; silent and left stay in the count, so that it does not flatter.")
    return Told("M1", title, " ".join(said), basis, columns, rows, chart="parts", window=_("All questions sent so far"))


def _response_row(figure):
    if figure.hidden:
        return hidden_row(when(figure.window), figure.hidden)
    others = dict(figure.value.others)
    return Row(when(figure.window), (figure.value.answered, *(others.get(outcome, 0) for outcome in OUTCOMES), figure.value.open))


def _answered(value):
    return _("%(answered)s of %(asked)s have answered") % {"answered": value.answered, "asked": value.asked}


def _response(value):
    said, left = _answered(value), [f"{count} {Prompt.Outcome(outcome).label}" for outcome, count in value.others]
    if value.open:
        left.append(ngettext("%(count)s can still answer", "%(count)s can still answer", value.open) % {"count": value.open})
    return said + (f" ({', '.join(left)})" if left else "") + "."


def told_time(figure):
    title = _("How soon")
    if figure.hidden:
        return no_number("M2", title, figure.hidden)
    value = figure.value
    if not value.n:
        return Told("M2", title, _("No data: it is not over, or the day it ended is not known."), hidden=str(Hidden.NO_DATA))
    if value.median is None:
        said = _("Fewer than half of them noted something within three weeks.")
    else:
        hours = round(value.median)
        said = ngettext("Half of them noted something within %(count)s hour.", "Half of them noted something within %(count)s hours.", hours)
        said %= {"count": hours}
    names = (_("Within two days"), _("Within a week"), _("Within three weeks"))
    rows = tuple(Row(name, within) for name, within in zip(names, value.within, strict=True))
    columns = (Column(_("Noted something")), Column(_("Of")))
    return Told("M2", title, said, counted(figure), columns, rows, window=_("Notes of the first three weeks"))


def told_difference(figure):
    """M7, of the project or of the people who share."""
    is_whole = figure.layer == "project"
    name, title = f"M7.{figure.layer}", _("Difference between people, in the whole project") if is_whole else _("Difference between people")
    if figure.hidden:
        return no_number(name, title, figure.hidden)
    number = round(float(figure.value.value), 2)
    said = _("How different it was for each: %(number)s, where 0 is all the same kinds and 1 no kind in common.") % {"number": number}
    rows = (Row(_("Difference"), (number,)), Row(_("Pairs of people compared"), (figure.value.pairs,)))
    return Told(name, title, said, counted(figure), (Column(_("How much")),), rows, window=so_far())


def told_breadth(figure):
    """M7b, of the project or of the people who share."""
    is_whole = figure.layer == "project"
    name, title = f"M7b.{figure.layer}", _("Breadth, in the whole project") if is_whole else _("Breadth")
    if figure.hidden:
        return no_number(name, title, figure.hidden)
    number = round(float(figure.value.value), 1)
    said = _("As broad as %(number)s kinds taken equally, of six.") % {"number": number}
    return Told(name, title, said, counted(figure), (Column(_("How much")),), (Row(_("Kinds"), (number,)),), window=so_far())


def told_late(figure):
    title = _("Late value")
    if figure.hidden:
        return no_number("M5b", title, figure.hidden)
    late, of_all = figure.value
    said = _("%(late)s of %(all)s things that are in use, or that others noticed, were first named after a month.") % {"late": late, "all": of_all}
    rows = (Row(_("Named late"), (late,), of="M5b late"), Row(_("Worth something"), (of_all,), of="M5b"))
    return Told("M5b", title, said, counted(figure), (Column(_("Things")),), rows, window=_("As last known"))


def told_applied(figure):
    """M6b: the steps, each with its bounds."""
    title = _("Tried or used by then")
    if figure.hidden:
        return no_number("M6b", title, figure.hidden)
    steps = [(when(step.wave), step, *map(percent, (step.estimate, *step.bounds))) for step in figure.value]
    label, _step, estimate, low, high = steps[-1]
    said = _("%(when)s: %(estimate)s %% of the things had been tried or used, between %(low)s and %(high)s %% whatever the silent would say.")
    columns = (Column(_("Followed, not used before")), Column(_("Newly used")), Column(_("Used so far, %"), "line"), Column(_("At least, %"), "low"))
    rows = tuple(Row(label, (step.at_risk, step.applied, share, least, most)) for label, step, share, least, most in steps)
    said %= {"when": label, "estimate": estimate, "low": low, "high": high}
    columns = (*columns, Column(_("At most, %"), "high"))
    return Told("M6b", title, said, counted(figure), columns, rows, chart="steps", window=_("As said by each of these times"))


def told_change(figure):
    """M6: what was said of a thing at one wave, and at the next; staying power after the year."""
    before, after = figure.window.split("-")
    name, title = f"M6.{figure.window}", _("From “%(before)s” to “%(after)s”") % {"before": when(before), "after": when(after)}
    if figure.hidden:
        return no_number(name, title, figure.hidden)
    value, pairs = figure.value, dict(figure.value.table)
    states = [state for state in FollowUp.State if any(state in pair for pair in pairs)]
    said = _("Heard of twice: %(up)s went up, %(same)s stayed, %(down)s went down.") % {"up": value.up, "same": value.same, "down": value.down}
    kept, used = value.staying
    if used:
        said += " " + _("Of %(used)s in use at first, %(kept)s still were.") % {"used": used, "kept": kept}
    rows = tuple(Row(str(old.label), tuple(pairs.get((old, new), 0) for new in states)) for old in states)
    return Told(name, title, said, counted(figure), tuple(Column(str(new.label)) for new in states), rows, window=_("As said at both times"))
