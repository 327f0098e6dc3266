"""Counts over the cards somebody may read, in words. They are exact, and differ from reader to reader."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.disclosure import Hidden
from learning.figures.telling import Column, Row, Told, no_number, so_far


def told_only_one(figure):
    """M7c; the list is the cards themselves."""
    said = _("%(alone)s of %(all)s things nobody else took too.") % {"alone": len(figure.value), "all": figure.n}
    return Told("M7c", _("Only one noticed it"), said, _of_cards(figure))


def told_between_partners(figure, partners):
    """M8; `partners`: {pk: Partner} in order. A cell: how many things, and how many of them were ever used."""
    title = _("Who took things from whom")
    taken, applied = dict(figure.value.taken), dict(figure.value.applied)
    if not taken:
        return no_number("M8", title, Hidden.NO_DATA)
    pairs = len(partners) * (len(partners) - 1)
    said = ngettext(
        "Between %(some)s of %(all)s pair of partners something was taken and used.",
        "Between %(some)s of %(all)s pairs of partners something was taken and used.",
        pairs,
    ) % {"some": len(applied), "all": pairs}
    rows = tuple(Row(str(source), tuple(_cell(taken, applied, key, maker) for maker in partners), of=f"M8 {key}") for key, source in partners.items())
    return Told("M8", title, said, _of_cards(figure), tuple(Column(str(partner)) for partner in partners.values()), rows, window=so_far())


def _cell(taken, applied, source, maker):
    if source == maker:
        return ""
    count, used = taken.get((source, maker), 0), applied.get((source, maker), 0)
    return _("%(count)s, used %(used)s") % {"count": count, "used": used} if used else count


def _of_cards(figure):
    return ngettext("Of %(count)s thing you may read", "Of %(count)s things you may read", figure.n) % {"count": figure.n}
