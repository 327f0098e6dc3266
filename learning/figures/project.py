"""Project figures in words: at once, and what became of it. They are the same for everybody in the project."""

from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _

from learning.disclosure import Hidden
from learning.figures.bars import most_telling, told_bars, told_evidence
from learning.figures.measured import told_applied, told_breadth, told_change, told_difference, told_late, told_response, told_time
from learning.figures.telling import Told, hidden_row, no_number, when
from learning.models import Obstacle
from partners.dates import day

LATER = ("w2", "m3", "m12", "end")


def told_at_once(since, figures):
    """What it was worth when it was over; `figures`: {(name, window): Figure} as released at `since`."""
    told = [_short_term(figures), told_time(figures["M2", ""]), told_difference(figures["M7", ""]), told_breadth(figures["M7b", ""])]
    return _released(since, told)


def told_later(since, figures):
    """What became of it, and how sure that is; what has no number comes last."""
    told = [
        _long_term(figures),
        _known_how(figures),
        told_response([figures["M1", wave] for wave in ("t0", *LATER)]),
        _over_time(figures, "M4.applied", _("Tried or used"), LATER),
        _over_time(figures, "M4.realised", _("Others noticed it"), LATER[1:]),
        _over_time(figures, "M4.changed", _("It changed a goal, plan or rule"), LATER[1:]),
        _over_time(figures, "M4.harm", _("It caused a problem"), LATER[1:]),
        _over_time(figures, "M5", _("Carried over: of the things they hoped to use"), LATER),
        told_late(figures["M5b", ""]),
        told_applied(figures["M6b", ""]),
        *(told_change(figures["M6", window]) for window in ("w2-m3", "m3-m12")),
        *_in_the_way(figures),
    ]
    return _released(since, sorted(told, key=lambda one: bool(one.hidden)))


def _released(since, told):
    """A release says nothing of what was said after it; five people are needed for a number, whoever of them shares."""
    on, few = day(timezone.localdate(since)), _("Hidden to protect people: fewer than five of them can be counted.")
    dated = [replace(one, window=_("%(window)s; released on %(day)s") % {"window": one.window, "day": on}) if one.window else one for one in told]
    return [replace(one, sentence=few) if one.hidden == Hidden.PROTECTED else one for one in dated]


def _short_term(figures):
    parts = [
        (_("Got something, and expects to use something"), figures["M3.value", "t0"]),
        (_("Got something out of it"), figures["M3.gave", "t0"]),
        (_("Expects to use something"), figures["M3.live", "t0"]),
        (_("Has a plan for it"), figures["M3.plan", "t0"]),
        (_("It cost more than it gave"), figures["M3.cost", "t0"]),
    ]
    return told_bars("M3", _("Short-term value"), parts, window=_("Said within a month of the visit"), lead=0)


def _long_term(figures):
    parts = [
        (_("At once: got something, expects to use it"), figures["M3.value", "t0"]),
        (_("After two weeks: tried or used it"), figures["M4.applied", "w2"]),
        (_("After three months: in use, or noticed"), figures["M4.value", "m3"]),
        (_("After twelve months: in use, or noticed"), figures["M4.value", "m12"]),
        (_("At the project's end: in use, or noticed"), figures["M4.value", "end"]),
    ]
    return told_bars("M4", _("From first worth to what is left"), parts, window=_said_then())


def _known_how(figures):
    parts = [
        (_("After two weeks: tried or used it"), figures["M4.applied", "w2"]),
        *((_("%(when)s: in use, or noticed") % {"when": when(wave)}, figures["M4.value", wave]) for wave in LATER[1:]),
    ]
    return told_evidence("M4.evidence", _("How well it is known"), parts, window=_said_then())


def _said_then():
    return _("As said at each of these times")


def _over_time(figures, name, title, waves):
    return told_bars(name, title, [(when(wave), figures[name, wave]) for wave in waves], window=_said_then())


def _in_the_way(figures):
    """M11, of each wave that says something; those that say nothing together."""
    found = {wave: [(str(code.label), figures[f"M11.{code}", wave]) for code in Obstacle.Code] for wave in LATER}
    reasons = {wave: most_telling(figure.hidden for _label, figure in parts) for wave, parts in found.items() if _says_nothing(parts)}
    for wave in [wave for wave in LATER if wave not in reasons]:
        ranked = sorted(found[wave], key=lambda part: -part[1].bar.yes if part[1].bar else 1)
        told = told_bars(f"M11.{wave}", _("What was in the way: %(when)s") % {"when": when(wave)}, ranked, window=_("As said then"), lead=0)
        is_said = any(figure.bar.known for _label, figure in ranked if figure.bar)
        yield told if is_said else replace(told, sentence=_("Of those who had tried or used nothing, nobody has said what was in the way."), chart="")
    if len(reasons) == len(LATER):
        yield no_number("M11", _("What was in the way"), most_telling(reasons.values()))
    elif reasons:
        rows = tuple(hidden_row(when(wave), reason) for wave, reason in reasons.items())
        yield Told("M11", _("What was in the way at other times"), " ".join(f"{row.label}: {row.why}." for row in rows), rows=rows)


def _says_nothing(parts):
    return all(figure.hidden for _label, figure in parts)
