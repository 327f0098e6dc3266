"""Figures in words: a sentence that states it, of whom it speaks, a table. Pages, charts and CSV are made of these and of nothing else."""

from learning.figures.cards import told_between_partners, told_only_one
from learning.figures.lines import HEADINGS, lines
from learning.figures.memory import told_held_by_one, told_retained
from learning.figures.project import told_at_once, told_later
from learning.figures.shared import told, told_kinds_of, told_plain
from learning.figures.spread import grid_lines, told_spread
from learning.figures.stories import why_much, why_nothing, with_stories
from learning.figures.telling import Row, Told

__all__ = [
    "HEADINGS",
    "Row",
    "Told",
    "grid_lines",
    "lines",
    "told",
    "told_at_once",
    "told_between_partners",
    "told_held_by_one",
    "told_kinds_of",
    "told_later",
    "told_only_one",
    "told_plain",
    "told_retained",
    "told_spread",
    "why_much",
    "why_nothing",
    "with_stories",
]
