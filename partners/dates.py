"""Days in words, in the reader's language. What is not known of an activity's dates is said, never filled in."""

import datetime
import re
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton, parse_pattern
from babel.lists import format_list
from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

LOCALES = {"en": "en-GB"}  # Europe's English: the day before the month
FULL_MONTH = re.compile(r"[ML]{3,4}")


def day(date):
    """9 March 2019"""
    return _day(date.year, date.month, date.day, get_language())  # not the moment: the same one is another day elsewhere


@lru_cache(10_000)
def _day(year, month, day, _language):
    """A page has the same few days on many lines."""
    return format_date(datetime.date(year, month, day), "long", locale=_locale())


def month(date):
    """March 2019"""
    return format_skeleton("yMMMM", date, locale=_locale())


def days(first, last):
    """9-13 March 2019, 28 March - 2 April 2019, 30 December 2019 - 2 January 2020; either end may be unknown."""
    if first is None and last is None:
        return _("Date unknown")
    if first is None:
        return _("until %(day)s, first day unknown") % {"day": day(last)}
    if last is None:
        return _("%(day)s, last day unknown") % {"day": day(first)}
    if first == last:
        return day(first)
    return _interval(first, last)


def activity_dates(activity):
    """What is known of an activity's dates, in words."""
    if activity.starts_on is None and activity.alternatives:
        return _one_of(activity.alternatives)
    if activity.starts_on is None and activity.month_on:
        return month(activity.month_on)
    return days(activity.starts_on, activity.ends_on)


def in_language_of(project):
    """For words that are kept and read by all its people: `with in_language_of(project): …`"""
    known = project.working_language in dict(settings.LANGUAGES)
    return translation.override(project.working_language if known else settings.LANGUAGE_CODE)


def in_time(activity):
    """Sort key: by the earliest day it can have been, without any date last; then codes as people count: E7, E9, E10."""
    code = [(part.isdigit(), int(part) if part.isdigit() else part.casefold()) for part in re.findall(r"\d+|\D+", activity.code)]
    return (activity.sorts_on is None, activity.sorts_on or datetime.date.min, code)


def last_possible_day(activity):
    """The latest day it can still be going on as far as anybody knows, or None."""
    if activity.ends_on or activity.starts_on:
        return activity.ends_on or activity.starts_on
    if activity.alternatives:
        return max(activity.alternatives)
    if activity.month_on:
        return (activity.month_on + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
    return None


def _one_of(dates):
    """16 February or 16 March 2019: the year once, where all share it."""
    locale, dates = _locale(), sorted(dates)
    words = [day(date) for date in dates]
    if len({date.year for date in dates}) == 1:
        short = [format_skeleton("MMMMd", date, locale=locale) for date in dates]
        year_first = locale.date_formats["long"].pattern.startswith("y")
        words = [words[0], *short[1:]] if year_first else [*short[:-1], words[-1]]
    return format_list(words, "or", locale=locale)


def _interval(first, last):
    """CLDR has intervals with the month's short name only: the same patterns with the full name."""
    locale = _locale()
    differ = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    start, end = (FULL_MONTH.sub("MMMM", pattern).replace("dd", "d") for pattern in locale.interval_formats["yMMMd"][differ])
    return parse_pattern(start).apply(first, locale) + parse_pattern(end).apply(last, locale)


def _locale():
    language = get_language() or "en"
    return Locale.parse(LOCALES.get(language, language), sep="-")
