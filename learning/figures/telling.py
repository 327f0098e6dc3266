"""What every figure is told with. Three ways of having no number are three different sentences (VALUE_MODEL §6.4)."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.disclosure import Hidden
from learning.models import FollowUp, Wave

NO_NUMBER = {
    Hidden.PROTECTED: lambda: _("Hidden to protect people"),
    Hidden.NO_DATA: lambda: _("No data"),
    Hidden.NOT_YET: lambda: _("Not asked yet"),
}
HIDDEN = {
    Hidden.PROTECTED: lambda: _("Hidden to protect people: too few of them let it be counted."),
    Hidden.NO_DATA: lambda: _("No data: nobody has shared anything of this."),
    Hidden.NOT_YET: lambda: _("Not asked yet."),
}


@dataclass(frozen=True)
class Row:
    """One line of a table. `hidden`: why it has no numbers, as a key, and in `why` as words; then there are no cells.

    `of`: the number it states, as `manage.py measures --json` names it: by that the things behind it are found. `basis`: of whom it speaks, where
    not all rows speak of the same.
    """

    label: str
    cells: tuple = ()
    hidden: str = ""
    why: str = ""
    of: str = ""
    basis: str = ""


@dataclass(frozen=True)
class Column:
    """`drawn`: how the chart draws it (a name in static/scss/_chart.scss); nothing where it only stands in the table."""

    label: str
    drawn: str = ""


@dataclass(frozen=True)
class Story:
    """The way from a number to the things behind it that somebody may read, and how many these are."""

    label: str
    url: str
    count: int


@dataclass(frozen=True)
class Told:
    """One figure, or several of one kind, as a page, a table and a CSV show them. `chart`: how static/js/charts.js draws the table.

    `basis`: of whom it speaks; `window`: said when. `stories`: for the reader of a page only; all else is the same for everybody.
    """

    name: str
    title: str
    sentence: str
    basis: str = ""
    columns: tuple = ()
    rows: tuple = ()
    hidden: str = ""
    chart: str = ""
    window: str = ""
    stories: tuple[Story, ...] = ()

    @property
    def has_numbers(self):
        return any(row.cells for row in self.rows)

    @property
    def ground(self):
        """What one must know to believe it: of whom it speaks, and when that was said."""
        return self.ground_of(self)

    def ground_of(self, row):
        return ". ".join(part.rstrip(".") for part in (row.basis or self.basis, self.window) if part)


def no_number(name, title, reason):
    return Told(name, title, HIDDEN[reason](), hidden=str(reason))


def hidden_row(label, reason):
    return Row(label, hidden=str(reason), why=NO_NUMBER[reason]())


def counted(figure):
    """How many are counted, how many are not and why, and that it is what people say of themselves."""
    n = ngettext("%(count)s person", "%(count)s people", figure.n) % {"count": figure.n}
    said = _("%(n)s counted, of %(base)s; what they say of themselves") % {"n": n, "base": figure.base}
    if figure.partly:
        said += "; " + ngettext(
            "of %(count)s only what is shared, the rest is not known", "of %(count)s only what they share, the rest is not known", figure.partly
        ) % {"count": figure.partly}
    if figure.left_out:
        said += "; " + ngettext(
            "%(count)s who keeps it to themselves is not counted", "%(count)s who keep it to themselves are not counted", figure.left_out
        ) % {"count": figure.left_out}
    return said


def with_evidence(basis, figure):
    """And how well the yes is known, best last; nothing more where nothing is known of it."""
    mix = listed((FollowUp.Evidence(level).label, count) for level, count in enumerate(figure.evidence))
    return f"{basis}. " + _("How it is known: %(mix)s") % {"mix": mix} if mix else basis


def listed(counts):
    """ "Tried it 3, I use it 2": what there is of (label, how many)."""
    return ", ".join(f"{label} {count}" for label, count in counts if count)


def so_far():
    return _("All that is shared so far")


def percent(share):
    return round(100 * float(share))


WHEN = {
    "t0": lambda: _("At once"),
    Wave.WEEKS: lambda: capfirst(Wave.WEEKS.label),
    Wave.MONTHS: lambda: capfirst(Wave.MONTHS.label),
    Wave.YEAR: lambda: capfirst(Wave.YEAR.label),
    Wave.END: lambda: capfirst(Wave.END.label),
}


def when(window):
    return WHEN[window]()
