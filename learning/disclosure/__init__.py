"""The only way out for numbers (VALUE_MODEL §6): who may be counted, where, from how many on. Everything that shows a number takes Figures.

Three layers: `cards` (what this reader may read: exact), `shared` (people who let themselves be counted when they are few: live, from three),
`project` (everybody, from five, hidden people only under cover: released when a window closes, and stored).
"""

from learning.disclosure.cards import cards, practice_cards
from learning.disclosure.figure import Figure, Hidden
from learning.disclosure.project import Batch, Release, project_figures, release
from learning.disclosure.shared import shared
from learning.disclosure.stored import stored

__all__ = ["Batch", "Figure", "Hidden", "Release", "cards", "practice_cards", "project_figures", "release", "shared", "stored"]
