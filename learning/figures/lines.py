"""Figures as lines to take along: exactly what the page shows."""

from django.utils.translation import gettext_lazy as _

from partners.resources import guarded

HEADINGS = (_("Figure"), _("What"), _("Which number"), _("How much"), _("Of whom"), _("Said when"), _("Why there is no number"))


def lines(figures):
    """One line a number; where there is none, one that says why. No cell is a formula in a spreadsheet program."""
    for line in _plain(figures):
        yield [guarded(cell) for cell in line]


def _plain(figures):
    for told in figures:
        if told.hidden:
            yield told.title, "", "", "", "", "", told.sentence
        elif not told.rows:
            yield told.title, told.sentence, "", "", told.basis, told.window, ""
        for row in told.rows:
            yield from _of_row(told, row)


def _of_row(told, row):
    if row.hidden:
        yield told.title, row.label, "", "", "", "", row.why
    for column, cell in zip(told.columns, row.cells, strict=False):
        if cell != "":
            yield told.title, row.label, column.label, cell, row.basis or told.basis, told.window, ""
