"""Reading what people save from a spreadsheet, whatever their program calls CSV."""

import codecs
import csv

from django.utils.translation import gettext as _

MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def decoded(content):
    """The text of a file in UTF-8, UTF-16 or the Western code page that old programs write."""
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    for encoding in ("utf-16-le", "utf-16-be") if b"\0" in content[:200] else ("utf-8",):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "," in text or ";" in text or "@" in text:
            return text
    return content.decode("cp1252", errors="replace")


def rows_of(text, *, fields):
    """[(line number, {field: cell})] of the lines below a header that names some of `fields`; empty lines are passed over.

    Raises ValueError with a sentence where the header, or the quoting of a cell, cannot be read.
    """
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    reader = csv.reader([f"{line}\n" for line in lines], delimiter=delimiter_of(lines), strict=True)
    try:
        header = _header(next((row for row in reader if any(row)), []), fields)
        return [(reader.line_num, _named(header, row, reader.line_num)) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise ValueError(_("Line %(line)s cannot be read: a quotation mark is open or in the wrong place.") % {"line": reader.line_num}) from error


def delimiter_of(lines):
    """The sign that parts the cells of the first line."""
    header = next((line for line in lines if line.strip()), "")
    return max(";\t,", key=header.count)


def _header(cells, fields):
    names = [cell.strip().lower().replace(" ", "_").replace("-", "_") for cell in cells]
    if unknown := [name for name in names if name and name not in fields]:
        raise ValueError(_("The first line names a column that is not known: %(names)s. Known are: %(fields)s.") % _lists(unknown, fields))
    if fields[0] not in names:
        raise ValueError(_("The first line must name the columns, among them: %(fields)s.") % {"fields": fields[0]})
    if doubled := sorted({name for name in names if name and names.count(name) > 1}):
        raise ValueError(_("The first line names a column twice: %(names)s.") % _lists(doubled, fields))
    return names


def _named(header, row, number):
    if any(cell.strip() for cell in row[len(header) :]):
        raise ValueError(_("Line %(line)s has more cells than the first line has columns.") % {"line": number})
    return {name: cell.strip() for name, cell in zip(header, row, strict=False) if name}


def _lists(names, fields):
    return {"names": ", ".join(names), "fields": ", ".join(fields)}
