"""Which prompts there should be."""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from learning import waves
from learning.defaults import DEFAULTS, Defaults
from learning.models import Prompt
from partners.models import Person

Form, Outcome = Prompt.Form, Prompt.Outcome


class Occasion(NamedTuple):
    """What is asked about: `kind` is "activity", "moment" or "project", the end of a whole project."""

    kind: str
    id: object  # the plan compares ids and never looks inside


class Key(NamedTuple):
    person: object
    occasion: Occasion
    form: str


@dataclass(frozen=True)
class Experience:
    """Somebody and an occasion: an activity that takes place, at which they were expected or seen; an everyday moment of their own;
    or a project from which they took something."""

    person: object
    occasion: Occasion
    since: datetime.datetime | None  # its end; when the moment happened; when the project ends
    calendar: waves.Calendar
    named_at: datetime.datetime | None = None  # when the first own thing that is still followed was named; None: there is none
    is_here: bool = True  # the account is open, and there is still a place in the project
    preference: str = Person.MailPreference.ALL
    is_off: bool = False  # no more questions about this occasion
    defaults: Defaults = DEFAULTS

    def is_known(self, now):
        """An end that lies ahead may still move: nothing is planned before it; a project's only shortly before it is asked about."""
        ahead = datetime.timedelta(weeks=self.defaults.waves.end_weeks_before, days=self.defaults.waves.close)
        return self.since is not None and self.since <= now + (ahead if self.occasion.kind == "project" else datetime.timedelta())


@dataclass(frozen=True)
class Wanted:
    """A prompt as it should be as long as nobody has answered it."""

    due_at: datetime.datetime
    closes_at: datetime.datetime
    outcome: str = Outcome.NONE


def wants(preference, form):
    """Does somebody with this mail preference want this form by mail? "Fewer" is after three and twelve months only."""
    later = form in (Form.MONTHS, Form.YEAR)
    return preference == Person.MailPreference.ALL or (preference == Person.MailPreference.FEWER and later)


def plan(experiences, now, put_off=(), *, known_by=None):
    """The prompts whose window is open or lies ahead: {Key: Wanted}; and those of the keys `put_off`, whose window is the person's own.

    `known_by`: as if everything that ends before this instant, instead of now, were known for sure.
    Who has left, or wants no questions when one is due, is not asked but stands in the base of every response figure (M1).
    A window that has closed prompts nobody: an old activity entered today sends no mail.
    """
    wanted = {}
    for experience in experiences:
        if not experience.is_known(known_by or now):
            continue
        for form, window in _windows(experience):
            key = Key(experience.person, experience.occasion, form)
            if window.is_open(now) or key in put_off:
                wanted[key] = Wanted(window.due_at, window.closes_at, _outcome(experience, form, window, now))
    return wanted


def _windows(experience):
    """(form, window) of each wave. Asked again is who has something to be asked about: what is named later waits for the next wave."""
    defaults = experience.defaults
    is_visit = experience.occasion.kind == "activity"
    if is_visit and (window := waves.after_activity(experience.since, experience.calendar, defaults)):
        yield Form.AFTER, window
    if experience.named_at is None:
        return
    for form, days in _days(experience.occasion.kind, defaults.waves):
        window = waves.again(experience.since, days, experience.calendar, form, defaults)
        if window and experience.named_at < window.due_at:
            yield form, window


def _days(kind, days):
    if kind == "project":
        return [(Form.MONTHS, -7 * days.end_weeks_before)]
    return [(Form.WEEKS, days.w2), (Form.MONTHS, days.m3), (Form.YEAR, days.m12)]


def _outcome(experience, form, window, now):
    """Who stops wanting questions may change their mind until one is due."""
    if not experience.is_here:
        return Outcome.LEFT
    if experience.is_off or (window.due_at <= now and not wants(experience.preference, form)):
        return Outcome.OPTED_OUT
    return Outcome.NONE
