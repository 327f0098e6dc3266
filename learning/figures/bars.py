"""Three-part bars in words: known yes, known no, not known (VALUE_MODEL §6.1). Counts before percentages, bounds for silence."""

from dataclasses import replace

from django.utils.translation import gettext as _

from learning.disclosure import Hidden
from learning.figures.telling import Column, Row, Told, counted, hidden_row, listed, no_number, percent, with_evidence
from learning.models import FollowUp

HOW = ("said", "example", "document", "confirmed")  # how the chart draws FollowUp.Evidence


def told_bars(name, title, parts, *, window, lead=-1):
    """`parts`: [(label, Figure)]; `lead`: which of those that know something is put into words. One reason for all is said once."""
    shown = [(label, figure) for label, figure in parts if not figure.hidden]
    if not shown:
        return no_number(name, title, most_telling(figure.hidden for _label, figure in parts))
    label, figure = ([part for part in shown if part[1].bar.known] or shown)[lead]
    said, rows = f"{label}: {in_words(figure)}", tuple(_row(*part) for part in parts)
    return Told(name, title, said, _basis(figure), _columns(), rows, chart="parts", window=window)


def told_evidence(name, title, parts, *, window):
    """How well the yes of each of `parts` is known, as far as people let that be counted; the rest they keep to themselves."""
    parts = [(label, _known_how(figure)) for label, figure in parts]
    shown = [(label, figure) for label, figure in parts if not figure.hidden]
    if not shown:
        return no_number(name, title, most_telling(figure.hidden for _label, figure in parts))
    label, figure = ([part for part in shown if part[1].bar.yes] or shown)[-1]
    columns = (*(Column(level.label, HOW[level]) for level in FollowUp.Evidence), Column(_("Kept to themselves"), "unknown"), Column(_("Yes")))
    said = f"{label}: {listed(zip([column.label for column in columns], _levels(figure), strict=False)) or _('nobody yet')}."
    rows = tuple(
        hidden_row(label, figure.hidden) if figure.hidden else Row(label, (*_levels(figure), figure.bar.yes), basis=counted(figure))
        for label, figure in parts
    )
    return Told(name, title, said, counted(figure), columns, rows, chart="parts", window=window)


def _known_how(figure):
    return figure if figure.hidden or figure.evidence else replace(figure, hidden=Hidden.PROTECTED)


def _levels(figure):
    return (*figure.evidence, figure.bar.yes - sum(figure.evidence))


def _basis(figure):
    return with_evidence(counted(figure), figure)


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
    return Row(label, (figure.bar.yes, figure.bar.no, figure.bar.unknown, figure.n, figure.base), of=figure.key, basis=_basis(figure))
