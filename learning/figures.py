"""Figures in words: a sentence that states it, n and base, a table. Three ways of having no number are three different sentences."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.disclosure import Hidden
from learning.models import Kind, Prompt, Takeaway


@dataclass(frozen=True)
class Told:
    """One figure as a page, a table and a CSV show it. `rows`: (what, how much); none where it is hidden."""

    name: str
    title: str
    sentence: str
    basis: str = ""
    rows: tuple = ()
    hidden: str = ""


def told(figures):
    """The figures that have words here, in order; `figures`: {name: Figure} as disclosure gives them."""
    return [_told(name, title(), words, figures[name]) for name, title, words in WORDS if name in figures]


def _told(name, title, words, figure):
    if figure.hidden:
        return Told(name, title, HIDDEN[figure.hidden](), hidden=str(figure.hidden))
    sentence, rows = words(figure.value)
    return Told(name, title, sentence, _basis(figure), tuple(rows))


def _basis(figure):
    if figure.unit == "prompts":
        return ""
    n = ngettext("%(count)s person", "%(count)s people", figure.n) % {"count": figure.n}
    return _("%(n)s of %(base)s who were there; what they say of themselves") % {"n": n, "base": figure.base}


HIDDEN = {
    Hidden.PROTECTED: lambda: _("Hidden to protect people: too few of them let it be counted."),
    Hidden.NO_DATA: lambda: _("No data: nobody has shared anything of this."),
    Hidden.NOT_YET: lambda: _("Not asked yet."),
}


def _response(value):
    left = [f"{count} {Prompt.Outcome(outcome).label}" for outcome, count in value.others]
    said = _("%(answered)s of %(asked)s have answered") % {"answered": value.answered, "asked": value.asked}
    if value.open:
        left.append(ngettext("%(count)s can still answer", "%(count)s can still answer", value.open) % {"count": value.open})
    rows = [
        (_("Answered"), value.answered),
        *((Prompt.Outcome(outcome).label, count) for outcome, count in value.others),
        (_("Still open"), value.open),
    ]
    return said + (f" ({', '.join(left)})" if left else "") + ".", rows


def _time(value):
    if value.median is None:
        said = _("Fewer than half of them noted something within three weeks.")
    else:
        hours = round(value.median)
        said = ngettext("Half of them noted something within %(count)s hour.", "Half of them noted something within %(count)s hours.", hours) % {
            "count": hours
        }
    names = (_("within two days"), _("within a week"), _("within three weeks"))
    rows = [(name, _("%(some)s of %(all)s") % {"some": some, "all": of}) for name, (some, of) in zip(names, value.within, strict=True)]
    return said, rows


def _kinds(value):
    counts = {kind: float(weight) for kind, weight in value}
    uncoded = int(counts.pop("uncoded", 0))
    most = max(counts, key=counts.get)
    rows = [(Kind(kind).label, round(weight, 1)) for kind, weight in counts.items()] + [(_("No kind said"), uncoded)]
    return _("Most often: %(kind)s.") % {"kind": Kind(most).label} if counts[most] else _("No kind was said."), rows


def _gave(value):
    counts = dict(value)
    names = (("a_lot", _("A lot")), ("something", _("Something")), ("little", _("Little that was new, or less")))
    rows = [(name, counts.get(code, 0)) for code, name in names]
    return _("What it gave: %(rows)s.") % {"rows": ", ".join(f"{name} {count}" for name, count in rows if count)}, rows


def _will_use(value):
    rows = [(Takeaway.WillUse(code).label, count) for code, count in reversed(value)]
    return _("Will they use it? %(rows)s.") % {"rows": ", ".join(f"{name} {count}" for name, count in rows)}, rows


def _difference(value):
    number = round(float(value.value), 2)
    said = _("How different it was for each: %(number)s, where 0 is all the same kinds and 1 no kind in common.") % {"number": number}
    return said, [(_("Difference"), number), (_("Pairs of people compared"), value.pairs)]


def _breadth(value):
    number = round(float(value.value), 1)
    return _("As broad as %(number)s kinds taken equally, of six.") % {"number": number}, [(_("Kinds"), number)]


WORDS = (
    ("M1.t0", lambda: _("Who answered"), _response),
    ("M2", lambda: _("How soon"), _time),
    ("kinds", lambda: _("Kinds of things"), _kinds),
    ("gave", lambda: _("What it gave"), _gave),
    ("will_use", lambda: _("Will it be used"), _will_use),
    ("M7", lambda: _("Difference between people"), _difference),
    ("M7b", lambda: _("Breadth"), _breadth),
)
