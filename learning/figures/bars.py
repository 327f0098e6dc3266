"""Three-part bars in words: known yes, known no, not known (VALUE_MODEL §6.1). Counts before percentages, bounds for silence."""

from django.utils.translation import gettext as _

from learning.disclosure import Hidden
from learning.figures.telling import Column, Row, Told, counted, hidden_row, no_number, percent


def told_bars(name, title, parts, *, lead=-1):
    """`parts`: [(label, Figure)]; `lead`: which of those that know something is put into words. One reason for all is said once."""
    shown = [(label, figure) for label, figure in parts if not figure.hidden]
    if not shown:
        return no_number(name, title, most_telling(figure.hidden for _label, figure in parts))
    label, figure = ([part for part in shown if part[1].bar.known] or shown)[lead]
    return Told(name, title, f"{label}: {in_words(figure)}", counted(figure), _columns(), tuple(_row(*part) for part in parts), chart="parts")


def most_telling(reasons):
    """Of several reasons the one that says that something was there."""
    reasons = set(reasons)
    return next((reason for reason in (Hidden.PROTECTED, Hidden.NO_DATA) if reason in reasons), Hidden.NOT_YET)


def in_words(figure):
    """ "3 of 9; of 4 it is not known, so it is between 3 and 7 of 9." """
    bar = figure.bar
    if not bar.total:
        return _("it applies to nobody.")
    said = _("%(yes)s of %(all)s") % {"yes": bar.yes, "all": bar.total}
    if figure.share is not None:
        said += " " + _("(%(percent)s %% of those known)") % {"percent": percent(figure.share)}
    if bar.unknown:
        low, high = figure.between
        numbers = {"count": bar.unknown, "low": low, "high": high, "all": bar.total}
        said += _("; of %(count)s it is not known, so it is between %(low)s and %(high)s of %(all)s") % numbers
    if figure.interval:
        low, high = map(percent, figure.interval)
        said += _("; as if typical of future groups: %(low)s to %(high)s %%") % {"low": low, "high": high}
    return said + "."


def _columns():
    return (Column(_("Yes"), "yes"), Column(_("No"), "no"), Column(_("Not known"), "unknown"), Column(_("Counted")), Column(_("Of")))


def _row(label, figure):
    if figure.hidden:
        return hidden_row(label, figure.hidden)
    return Row(label, (figure.bar.yes, figure.bar.no, figure.bar.unknown, figure.n, figure.base))
