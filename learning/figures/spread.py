"""M12 in words: how far a practice has come. Not known is not no."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.disclosure import Hidden
from learning.figures.telling import Column, Row, Told
from partners.resources import guarded


def told_spread(figure, practice, partners):
    """Of one practice; `partners`: {pk: Partner}. Who chose the changemaker is where it starts, and is not counted."""
    name, title, value = f"M12.{practice.slug}", str(practice), figure.value
    if not value.reached:
        return Told(name, title, _("Not known: no other partner has said yet how far it has come there."), hidden=str(Hidden.NO_DATA))
    said = f"{_known(figure)}; {_tried(value)}."
    if len(value.chain) > 1:
        said += " " + _("The longest way it went: %(way)s.") % {"way": _way(value.chain, partners)}
    basis = _("What partners say of themselves, without those who chose the changemaker; who has not said is not known")
    columns = (Column(_("Partners")), Column(_("Of")))
    rows = (
        Row(_("Know it"), (value.reached, figure.base)),
        Row(_("Tried it, of those who know it"), value.tried),
        _share(_("Adapted it, of those who tried it"), value.adapted, _("nobody tried it")),
        _share(_("Still do it, of those who first tried it at least 180 days ago"), value.kept, _("too early to say")),
    )
    return Told(name, title, said, basis, columns, rows, window=_("As last said"))


def _known(figure):
    reached = figure.value.reached
    words = ngettext("%(reached)s of %(all)s other partners knows it", "%(reached)s of %(all)s other partners know it", reached)
    return words % {"reached": reached, "all": figure.base}


def _tried(value):
    count = value.tried[0]
    if not count:
        return _("nobody has tried it yet")
    return ngettext("%(count)s of them tried it", "%(count)s of them tried it", count) % {"count": count}


def grid_lines(lines):
    """The stage grid as lines to take along: what the page shows, without notes."""
    yield [guarded(cell) for cell in (_("Organisation"), _("Practice"), _("Stage"), _("Since when"), _("Said on"))]
    for line in lines:
        for practice, stage in line.cells:
            yield [guarded(cell) for cell in (line.partner, practice, *_said(stage))]


def _said(stage):
    if stage is None:
        return _("not known"), "", ""
    return stage.get_stage_display(), stage.on or _("day not known"), timezone.localdate(stage.recorded_at)


def _share(label, ratio, why):
    return Row(label, ratio) if ratio[1] else Row(label, hidden=str(Hidden.NO_DATA), why=why)


def _way(chain, partners):
    return " → ".join(str(partners[step]) if step in partners else _("people outside") for step in chain)
