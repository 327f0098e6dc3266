"""When something is asked: pure functions of dates, clocks and calendars. VALUE_MODEL §7, S0-S10.

Instants are aware; a "day" is a day on somebody's own calendar. Local wall time is turned into an instant as late as possible, so
that a night in which the clocks change moves nothing.
"""

import datetime
import zoneinfo
from dataclasses import dataclass
from functools import lru_cache

from learning.defaults import DEFAULTS

MOST_DAYS_AHEAD = 400  # somebody absent for longer is not asked


@dataclass(frozen=True)
class Calendar:
    """One person's clock and free days."""

    zone: str
    country: str = ""
    send_at: datetime.time = DEFAULTS.quiet.send
    absences: tuple = ()  # (first day, last day), both included

    @property
    def zone_info(self):
        return zoneinfo.ZoneInfo(self.zone)

    def is_absent(self, day):
        return any(first <= day <= last for first, last in self.absences)


@dataclass(frozen=True)
class Window:
    """One form may be answered about one occasion: asked from `due_at` on, until `closes_at`."""

    due_at: datetime.datetime
    closes_at: datetime.datetime

    def is_open(self, now):
        return now < self.closes_at


def ended_at(ends_on, ends_at, zone):
    """The instant an activity ends; None where its last day is not known: then somebody has to say that it has ended."""
    return datetime.datetime.combine(ends_on, ends_at, zoneinfo.ZoneInfo(zone)) if ends_on else None


def elapsed_days(since, at, zone):
    """Whole days on the calendar of `zone` from one instant to another: the day it ended is day 0."""
    there = zoneinfo.ZoneInfo(zone)
    return (at.astimezone(there).date() - since.astimezone(there).date()).days


def is_holiday(day, country):
    """A public holiday everywhere in `country` (ISO code). A country that is not known has none."""
    return bool(country) and day in _holidays(country, day.year)


@lru_cache(maxsize=256)
def _holidays(country, year):
    import holidays  # only where mails are planned: a web process does without it

    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:
        return frozenset()


def is_sending_day(day, calendar, defaults=DEFAULTS):
    """A working day of the person: no weekend, public holiday or own absence."""
    return _is_working_day(day, calendar.country, defaults.quiet) and not calendar.is_absent(day)


def _is_working_day(day, country, quiet):
    return day.weekday() in quiet.weekdays and not is_holiday(day, country)


def is_quiet(now, calendar, defaults=DEFAULTS):
    """May no mail go to this person now?"""
    local = now.astimezone(calendar.zone_info)
    return not (defaults.quiet.to <= local.time() < defaults.quiet.from_) or not is_sending_day(local.date(), calendar, defaults)


def is_time_for_mail(now, calendar, defaults=DEFAULTS):
    """Is it the hour that the person chose, or later on that day, and not quiet yet?"""
    return not is_quiet(now, calendar, defaults) and now.astimezone(calendar.zone_info).time() >= send_hour(calendar, defaults)


def in_season(day):
    """August, and 20 December to 6 January: when hardly anybody is there, nobody is asked again."""
    return day.month == 8 or (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 6)


def send_hour(calendar, defaults=DEFAULTS):
    """The hour the person chose; one within the quiet hours becomes the usual one."""
    return calendar.send_at if defaults.quiet.to <= calendar.send_at < defaults.quiet.from_ else defaults.quiet.send


def next_working_day(after, calendar, defaults=DEFAULTS):
    """The send hour of the first working day after the local day of the instant `after`; None if there is none in sight."""
    tomorrow = after.astimezone(calendar.zone_info).date() + datetime.timedelta(days=1)
    day = _first(tomorrow, lambda day: is_sending_day(day, calendar, defaults))
    return day and datetime.datetime.combine(day, send_hour(calendar, defaults), calendar.zone_info)


def again(since, days, calendar, form, defaults=DEFAULTS):
    """The window of F3, F4, F5: due `days` after `since`, open for 30 days; moved along where that is no season for questions.

    Own absences delay the question, not its end. None if nobody could answer in it, because the person is away until it closes.
    """
    shifts = form in defaults.quiet.season_shift
    nominal = since.astimezone(calendar.zone_info).date() + datetime.timedelta(days=days)
    first = _first(nominal, lambda day: _is_asking_day(day, calendar.country, shifts, defaults.quiet))
    due = first and _first(first, lambda day: _is_asking_day(day, calendar.country, shifts, defaults.quiet) and not calendar.is_absent(day))
    if due is None:
        return None
    closes = _after(first, defaults.waves.close, shifts)
    hour = send_hour(calendar, defaults)
    return Window(*(datetime.datetime.combine(day, hour, calendar.zone_info) for day in (due, closes))) if due < closes else None


def _is_asking_day(day, country, shifts, quiet):
    return _is_working_day(day, country, quiet) and not (shifts and in_season(day))


def _first(day, fits):
    """The first day from `day` on that fits; None if there is none in sight."""
    days = (day + datetime.timedelta(days=ahead) for ahead in range(MOST_DAYS_AHEAD))
    return next(filter(fits, days), None)


@lru_cache(maxsize=4096)
def _after(day, count, shifts):
    """The day that comes `count` days after `day`; where the window `shifts`, days of the season are not counted."""
    while count:
        day += datetime.timedelta(days=1)
        count -= not (shifts and in_season(day))
    return day


def after_activity(end, calendar, defaults=DEFAULTS):
    """The window of F2: due on the next working day, closed 21 days after the end on the clock of the person; never moved by season.

    None if nobody could answer in it, because the person is away until it closes.
    """
    due = next_working_day(end, calendar, defaults)
    closes = end.astimezone(calendar.zone_info) + datetime.timedelta(days=defaults.waves.f2_close)
    return Window(due, closes) if due and due < closes else None
