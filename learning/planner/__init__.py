"""What is to be asked of whom, and which mails go out now: pure functions of (people, occasions, settings, now). DESIGN §7.

They say what should stand in the tables; learning/facts.py reads what they need, learning/actions/prompts.py makes it so. Planning
twice, late, or in two processes gives the same rows. Decisions: docs/adr/0009.
"""

from learning.planner.changes import SETTLED, Changes, Existing, becomes, changes
from learning.planner.mails import MANY_THINGS, Mailed, Outgoing, Question, Recipient, can_be_due, next_mail
from learning.planner.plan import Experience, Key, Occasion, Wanted, plan, wants
from learning.planner.preview import after, preview

__all__ = [
    "MANY_THINGS",
    "SETTLED",
    "Changes",
    "Existing",
    "Experience",
    "Key",
    "Mailed",
    "Occasion",
    "Outgoing",
    "Question",
    "Recipient",
    "Wanted",
    "after",
    "becomes",
    "can_be_due",
    "changes",
    "next_mail",
    "plan",
    "preview",
    "wants",
]
