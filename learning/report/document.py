"""The report as a tagged PDF (PDF/UA-1): the same blocks as the page, its figures with their charts, the funder's sentence at the end."""

import json
from pathlib import Path

import typst
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partners.dates import day
from partners.funder import SUPPORT

TEMPLATE = Path(__file__).with_name("document.typ")
DRAWN = {  # columns that are amounts of one whole
    *("yes", "no", "unknown", "amount"),
    *("open", "silent", "left", "opted_out", "undeliverable"),
    *("said", "example", "document", "confirmed"),
}


def document(project, period, blocks):
    """The bytes of a PDF, in the language that is active."""
    data = {
        "language": get_language(),
        "title": _("Report: %(project)s") % {"project": project},
        "lines": [str(period), _("Made on %(day)s") % {"day": day(timezone.localdate())}, *_about(project)],
        "blocks": [_block(block) for block in blocks if not block.is_empty],
        "missing": _("What is missing"),
        "support": SUPPORT,
    }
    return typst.compile(TEMPLATE, sys_inputs={"data": json.dumps(data)}, format="pdf", pdf_standards=["ua-1"], ignore_system_fonts=True)


def _about(project):
    if project.grant_reference:
        yield _("Grant agreement %(reference)s") % {"reference": project.grant_reference}
    if project.is_sample:
        yield _("The people of this sample project and all they say are invented.")


def _block(block):
    return {
        "heading": str(block.heading),
        "facts": list(map(str, block.facts)),
        "figures": [_figure(told) for told in block.figures],
        "quotes": [{"words": quote.words, "by": quote.by, "language": quote.language} for quote in block.quotes],
        "missing": [str(words) for words, _url in block.missing],
    }


def _figure(told):
    """A table with, for each row, the parts of its bar as shares of the longest row."""
    drawn = [column.drawn in DRAWN for column in told.columns]
    rows = [
        {"label": str(row.label), "cells": [str(cell) for cell in row.cells], "why": str(row.why), "parts": _parts(row, drawn)} for row in told.rows
    ]
    longest = max((sum(row["parts"]) for row in rows), default=0)
    return {
        "title": str(told.title),
        "sentence": str(told.sentence),
        "basis": str(told.ground),
        "columns": [str(column.label) for column in told.columns],
        "rows": [row | {"parts": [part / longest for part in row["parts"]] if longest else []} for row in rows],
    }


def _parts(row, drawn):
    return [float(cell) for cell, is_drawn in zip(row.cells, drawn, strict=False) if is_drawn and isinstance(cell, (int, float))]
