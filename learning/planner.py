"""What is to be asked of whom: a pure function of (people, attendance, activities, settings, now). DESIGN §7.

It says what should stand in the prompts table; learning/actions/prompts.py makes it so. Planning twice, late, or in two processes
gives the same rows.
"""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from learning import waves
from learning.defaults import DEFAULTS
from learning.models import Prompt
from partners.models import Person


@dataclass(frozen=True)
class Visit:
    """Somebody expected at, or seen at, an activity that takes place; absent people and cancelled activities are no visits."""

    person: object  # ids; the plan compares them and never looks inside
    activity: object
    end: datetime.datetime | None
    calendar: waves.Calendar
    is_here: bool = True  # the account is open, and there is still a place in the project
    wants: bool = True  # questions by mail, now and not only after months


def wants(preference, form):
    """Does somebody with this mail preference want this form by mail? "Fewer" is after three and twelve months only."""
    later = form in (Prompt.Form.MONTHS, Prompt.Form.YEAR)
    return preference == Person.MailPreference.ALL or (preference == Person.MailPreference.FEWER and later)


class Key(NamedTuple):
    person: object
    activity: object
    form: str


@dataclass(frozen=True)
class Wanted:
    """A prompt as it should be as long as nobody has answered it."""

    due_at: datetime.datetime
    closes_at: datetime.datetime
    outcome: str = Prompt.Outcome.NONE


def plan(visits, now, defaults=DEFAULTS):
    """The prompts of the forms whose window is open: {Key: Wanted}.

    Who has left or wants no questions is not asked, but stands in the base of every response figure (M1).
    A window that has closed prompts nobody: an old activity entered today sends no mail.
    """
    wanted = {}
    for visit in visits:
        if visit.end is None or visit.end > now:
            continue
        window = waves.after_activity(visit.end, visit.calendar, defaults)
        if window and window.is_open(now):
            wanted[Key(visit.person, visit.activity, Prompt.Form.AFTER)] = Wanted(window.due_at, window.closes_at, _outcome(visit))
    return wanted


def _outcome(visit):
    if not visit.is_here:
        return Prompt.Outcome.LEFT
    return Prompt.Outcome.NONE if visit.wants else Prompt.Outcome.OPTED_OUT


class Existing(NamedTuple):
    """A prompt as it stands."""

    due_at: datetime.datetime
    closes_at: datetime.datetime
    outcome: str
    is_snoozed: bool = False


SETTLED = {Prompt.Outcome.ANSWERED, Prompt.Outcome.SILENT, Prompt.Outcome.OPTED_OUT, Prompt.Outcome.UNDELIVERABLE}


@dataclass(frozen=True)
class Changes:
    insert: dict
    change: dict
    cancel: list


def changes(wanted, existing):
    """What to do so that `existing` ({Key: Existing}) becomes `wanted`.

    What was answered, declined or ended in silence stays as it is; what the person put off keeps its own dates.

    `existing` must hold the prompts of every wanted key, and those that may have to be cancelled.
    """
    open_ones = {key: row for key, row in existing.items() if row.outcome not in SETTLED}
    return Changes(
        insert={key: want for key, want in wanted.items() if key not in existing},
        change={key: wanted[key] for key, row in open_ones.items() if key in wanted and _differs(row, wanted[key])},
        cancel=[key for key, row in open_ones.items() if key not in wanted and row.outcome == Prompt.Outcome.NONE],
    )


def _differs(row, want):
    dates_differ = (row.due_at, row.closes_at) != (want.due_at, want.closes_at)
    return row.outcome != want.outcome or (dates_differ and not row.is_snoozed)
