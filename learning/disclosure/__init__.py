"""The only way out for numbers (VALUE_MODEL §6): who may be counted, where, from how many on. Everything that shows a number takes Figures.

Three layers: `cards` (what this reader may read: exact), `shared` (people who let themselves be counted when they are few: live, from three),
`project` (everybody, from five, hidden people only under cover: released when a window closes, and stored).
"""

from learning.disclosure.behind import behind
from learning.disclosure.calls import calls
from learning.disclosure.cards import between, cards, practice_cards, together
from learning.disclosure.figure import Figure, Hidden
from learning.disclosure.kept import last_release, packed, released
from learning.disclosure.project import Batch, Release, closed_windows, project_figures, release
from learning.disclosure.queue import asked_now, mails_by_day, queue
from learning.disclosure.shared import said, shared, shared_by_activity
from learning.disclosure.stages import with_stages
from learning.disclosure.stored import stored, stored_cards, stored_cards_in_parts, stored_memory, stored_open, stored_said, stored_windows

__all__ = [
    "Batch",
    "Figure",
    "Hidden",
    "Release",
    "asked_now",
    "behind",
    "between",
    "calls",
    "cards",
    "closed_windows",
    "last_release",
    "mails_by_day",
    "packed",
    "practice_cards",
    "project_figures",
    "queue",
    "release",
    "released",
    "said",
    "shared",
    "shared_by_activity",
    "stored",
    "stored_cards",
    "stored_cards_in_parts",
    "stored_memory",
    "stored_open",
    "stored_said",
    "stored_windows",
    "together",
    "with_stages",
]
