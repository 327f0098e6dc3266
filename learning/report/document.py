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
INKS = {  # of the columns that are amounts of one whole; light where little is known
    **dict.fromkeys(("yes", "amount", "confirmed"), "#0d5560"),
    **dict.fromkeys(("left", "document"), "#e59c26"),
    **dict.fromkeys(("opted_out", "example"), "#f6dfb5"),
    **dict.fromkeys(("unknown", "silent"), "#c9c3b4"),
    **dict.fromkeys(("no", "said", "open"), "#ffffff"),
    "undeliverable": "#77837f",
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
    inks = [INKS.get(column.drawn, "") for column in told.columns]
    rows = [
        {"label": str(row.label), "cells": [str(cell) for cell in row.cells], "why": str(row.why), "parts": _parts(row, inks)} for row in told.rows
    ]
    longest = max((sum(row["parts"]) for row in rows), default=0)
    return {
        "title": str(told.title),
        "sentence": str(told.sentence),
        "basis": str(told.ground),
        "columns": [{"label": str(column.label), "ink": ink} for column, ink in zip(told.columns, inks, strict=True)],
        "inks": [ink for ink in inks if ink],
        "rows": [row | {"parts": [part / longest for part in row["parts"]] if longest else []} for row in rows],
    }


def _parts(row, inks):
    return [float(cell) for cell, ink in zip(row.cells, inks, strict=False) if ink and isinstance(cell, (int, float))]
