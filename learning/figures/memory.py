"""What an organisation holds, in words: M9 and M10. The same for all its members."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.disclosure import Hidden
from learning.figures.telling import Column, Row, Told, no_number


def told_held_by_one(figure):
    """M9."""
    title, held = _("Held by one person only"), figure.value
    if not held.all:
        return no_number("M9", title, Hidden.NO_DATA)
    said = ngettext(
        "%(one)s of %(all)s thing to be kept is held by one person and written nowhere.",
        "%(one)s of %(all)s things to be kept are held by one person and written nowhere.",
        held.all,
    ) % {"one": len(held.one), "all": held.all}
    rest = held.all - len(held.one) - len(held.nobody)
    rows = [(_("One person"), len(held.one)), (_("Nobody any more"), len(held.nobody)), (_("Several people, or a document"), rest)]
    return _counted("M9", title, said, rows, _of_kept(held.all))


def told_retained(figure):
    """M10: between what somebody carries and what at least stands on paper."""
    title, stayed = _("What stayed of those who left"), figure.value
    if not stayed.all:
        return no_number("M10", title, Hidden.NO_DATA)
    said = _("Between %(least)s and %(most)s of %(all)s things stayed.") % {
        "least": stayed.kept,
        "most": stayed.kept + stayed.paper,
        "all": stayed.all,
    }
    if stayed.unknown:
        said += " " + ngettext("Of %(count)s nobody knows.", "Of %(count)s nobody knows.", stayed.unknown) % {"count": stayed.unknown}
    rows = [
        (_("Somebody here carries it"), stayed.kept),
        (_("It stands on paper"), stayed.paper),
        (_("Nobody knows"), stayed.unknown),
        (_("It is gone"), stayed.gone),
    ]
    basis = ngettext(
        "Of %(count)s thing shared here by people who left at least a month ago",
        "Of %(count)s things shared here by people who left at least a month ago",
        stayed.all,
    ) % {"count": stayed.all}
    return _counted("M10", title, said, rows, basis)


def _of_kept(count):
    return ngettext("Of %(count)s thing somebody marked as to be kept", "Of %(count)s things somebody marked as to be kept", count) % {"count": count}


def _counted(name, title, said, rows, basis):
    columns = (Column(_("Things"), "amount"),)
    return Told(name, title, said, basis, columns, tuple(Row(label, (count,)) for label, count in rows), chart="bars")
