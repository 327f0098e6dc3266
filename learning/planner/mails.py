"""Which mail somebody gets now: at most one, about everything that is due. VALUE_MODEL §7, S3, S4, S8, S9, S13, S15."""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from learning import waves
from learning.defaults import DEFAULTS, Defaults
from learning.models import Prompt, PromptMail

Form, Kind = Prompt.Form, PromptMail.Kind
MANY_THINGS = {Form.WEEKS: "things_f3", Form.MONTHS: "things_f4", Form.YEAR: "things_f4"}


class Mailed(NamedTuple):
    """A mail about a question; one that was cancelled is none."""

    at: datetime.datetime
    kind: str = Kind.FIRST


@dataclass(frozen=True)
class Question:
    """An open prompt, and how it was asked so far."""

    id: object
    form: str
    due_at: datetime.datetime
    closes_at: datetime.datetime
    things: int = 0  # own things it asks about
    mailed: tuple = ()  # Mailed, oldest first
    nudged_at: datetime.datetime | None = None  # when a coordinator last asked to remind those who have not answered
    is_put_off: bool = False
    defaults: Defaults = DEFAULTS


@dataclass(frozen=True)
class Recipient:
    """Somebody who may get a mail."""

    person: object
    calendar: waves.Calendar
    questions: tuple = ()
    mailed_at: tuple = ()  # instants of all mails that count, of the last week at least
    is_paused: bool = False  # three waves unanswered: no questions
    is_to_be_asked_how_often: bool = False  # and "more, less, stop?" has not been asked yet
    has_news: bool = False  # others took something from their organisation last month


@dataclass(frozen=True)
class Outgoing:
    """A mail to be written: `message` is its name in the outbox, `asks` are (question id, kind)."""

    person: object
    message: str
    asks: tuple = ()


def next_mail(recipient, now):
    """What goes to `recipient` now, or None. What has no place in it waits for the next one."""
    if recipient.is_paused:
        asks = recipient.is_to_be_asked_how_often and _may_write(recipient, now, DEFAULTS)
        return Outgoing(recipient.person, "pause") if asks else None
    if asks := _asks(recipient, now):
        return Outgoing(recipient.person, "questions", asks)
    if recipient.has_news and _may_write(recipient, now, DEFAULTS):
        return Outgoing(recipient.person, "taken")
    return None


def _asks(recipient, now):
    """Fresh questions before old ones, reminders last."""
    kinds = [(question, kind_now(question, recipient.calendar, now)) for question in recipient.questions]
    due = [(question, kind) for question, kind in kinds if kind and _may_write(recipient, now, question.defaults)]
    chosen = []
    for question, kind in sorted(due, key=lambda pair: (pair[1] == Kind.REMINDER, pair[0].form, pair[0].due_at, str(pair[0].id))):
        if _fits(question, [other for other, _kind in chosen]):
            chosen.append((question, kind))
    return tuple((question.id, kind) for question, kind in chosen)


def can_be_due(question, now):
    """False where nothing is due in any zone: it was asked lately, and its next reminder lies ahead, or there is none."""
    asked, reminders, rules = _asked(question), _reminders(question), question.defaults.reminders
    if not asked:
        return True
    if reminders >= rules.max or question.form == Form.CONFIRM:
        return False
    return _is_nudged(question, asked) or now >= asked[0] + datetime.timedelta(days=rules.after_days[reminders] - 1)


def kind_now(question, calendar, now):
    """FIRST or REMINDER, if the question is to be asked at `now`; else None. A nudge brings the next reminder forward.

    Who is asked to confirm what a colleague did is not reminded.
    """
    if not question.due_at <= now < question.closes_at or _is_out_of_season(question, calendar, now):
        return None
    asked = _asked(question)
    if not asked:
        return Kind.FIRST
    if not can_be_due(question, now):
        return None
    is_time = waves.elapsed_days(asked[0], now, calendar.zone) >= question.defaults.reminders.after_days[_reminders(question)]
    return Kind.REMINDER if is_time or _is_nudged(question, asked) else None


def _asked(question):
    """When it was asked since it was due, or put off."""
    return [mailed.at for mailed in question.mailed if mailed.at >= question.due_at]


def _reminders(question):
    return sum(mailed.kind == Kind.REMINDER for mailed in question.mailed)


def _is_nudged(question, asked):
    return question.nudged_at is not None and question.nudged_at > asked[-1]


def _is_out_of_season(question, calendar, now):
    """Who puts a question off until August wants it in August."""
    shifts = question.form in question.defaults.quiet.season_shift and not question.is_put_off
    return shifts and waves.in_season(now.astimezone(calendar.zone_info).date())


def _may_write(recipient, now, defaults):
    """At a decent hour, and not more than one mail a day and two in any seven days, on the person's own calendar."""
    if not waves.is_time_for_mail(now, recipient.calendar, defaults):
        return False
    ago = [waves.elapsed_days(at, now, recipient.calendar.zone) for at in recipient.mailed_at]
    return ago.count(0) < defaults.load.mails_per_day and sum(days < 7 for days in ago) < defaults.load.mails_per_7d


def _fits(question, chosen):
    """Few questions in one mail, and few things in all the questions of one form."""
    load = question.defaults.load
    if len(chosen) >= load.open_prompts:
        return False
    limit = MANY_THINGS.get(question.form)
    same = [other.things for other in chosen if limit and MANY_THINGS.get(other.form) == limit]
    return not same or sum(same) + question.things <= getattr(load, limit)
