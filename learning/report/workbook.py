"""The report as a spreadsheet: one sheet for what took place, one for figures, words and gaps. No cell is a formula."""

import io

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from learning import figures
from partners.funder import SUPPORT
from partners.resources import guarded

WIDTHS = (34, 44, 44, 26, 16, 60, 44, 44)
BOLD, WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")


def workbook(project, period, blocks):
    """The bytes of an XLSX file, in the language that is active."""
    book = Workbook()
    about = book.active
    about.title = _("About")[:31]
    _rows(about, (), [(_("Project"), str(project)), (_("Period"), str(period)), (_("Made on"), timezone.localdate()), *_funding(project)])
    _rows(book.create_sheet(_("Text")[:31]), (_("Heading"), _("Line")), [(block.heading, line) for block in blocks for line in block.facts])
    lines = [(block.heading, *line) for block in blocks for line in figures.lines(block.figures)]
    _rows(book.create_sheet(_("Figures")[:31]), (_("Heading"), *figures.HEADINGS), lines)
    quotes = [(block.heading, quote.words, quote.by, quote.language) for block in blocks for quote in block.quotes]
    _rows(book.create_sheet(_("Words")[:31]), (_("Heading"), _("Words"), _("By"), _("Language")), quotes)
    missing = [(block.heading, words) for block in blocks for words, _url in block.missing]
    _rows(book.create_sheet(_("Missing")[:31]), (_("Heading"), _("What is missing")), missing)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _funding(project):
    yield (_("Grant number"), project.grant_reference or _("unknown"))
    yield (_("Funder"), SUPPORT)
    if project.is_sample:
        yield (_("Sample"), _("The people of this sample project and all they say are invented."))


def _rows(sheet, headings, rows):
    if headings:
        sheet.append([str(heading) for heading in headings])
        sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append([guarded(_plain(value)) for value in row])
    for column, width in zip("ABCDEFGH", WIDTHS, strict=False):
        sheet.column_dimensions[column].width = width
    for number, cells in enumerate(sheet.iter_rows(), 1):
        for cell in cells:
            cell.alignment = WRAPPED
            if headings and number == 1:
                cell.font = BOLD


def _plain(value):
    """As a cell holds it: numbers stay numbers, lazy words become text."""
    return value if isinstance(value, (int, float)) or hasattr(value, "isoformat") else str(value)
