from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from partners.dates import activity_dates, day, days, in_time, last_possible_day
from partners.models import Activity


def undated(**known):
    return Activity(code="C1", **known)


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({}, "Date unknown"),
        ({"starts_on": date(2020, 2, 12), "ends_on": date(2020, 2, 12)}, "12 February 2020"),
        ({"starts_on": date(2019, 3, 9), "ends_on": date(2019, 3, 13)}, "9–13 March 2019"),
        ({"starts_on": date(2019, 3, 28), "ends_on": date(2019, 4, 2)}, "28 March – 2 April 2019"),
        ({"starts_on": date(2019, 12, 30), "ends_on": date(2020, 1, 2)}, "30 December 2019 – 2 January 2020"),
        ({"starts_on": date(2019, 3, 19)}, "19 March 2019, last day unknown"),
        ({"ends_on": date(2019, 3, 22)}, "until 22 March 2019, first day unknown"),
        ({"alternatives": [date(2019, 2, 16), date(2019, 3, 16)]}, "16 February or 16 March 2019"),
        ({"alternatives": [date(2019, 12, 31), date(2020, 1, 1)]}, "31 December 2019 or 1 January 2020"),
        ({"month_on": date(2020, 10, 1)}, "October 2020"),
    ],
)
def test_activity_dates_say_what_is_known_and_no_more(known, words):
    assert activity_dates(undated(**known)).replace("\u2009", " ") == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", "16 februari eller 16 mars 2019"),
        ("nl", "16 februari of 16 maart 2019"),
        ("de", "16. Februar oder 16. März 2019"),
        ("it", "16 febbraio o 16 marzo 2019"),
        ("pl", "16 lutego lub 16 marca 2019"),
        ("lt", "2019 m. vasario 16 d. ar kovo 16 d."),
    ],
)
def test_activity_dates_of_alternatives_in_the_readers_language(language, words):
    with translation.override(language):
        assert activity_dates(undated(alternatives=[date(2019, 2, 16), date(2019, 3, 16)])) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", "9–13 mars 2019"),
        ("nl", "9–13 maart 2019"),
        ("de", "9.–13. März 2019"),
        ("it", "9–13 marzo 2019"),
        ("pl", "9–13 marca 2019"),
        ("lt", "2019 kovo 9–13"),
    ],
)
def test_days_of_one_month_in_the_readers_language(language, words):
    with translation.override(language):
        assert days(date(2019, 3, 9), date(2019, 3, 13)) == words


@pytest.mark.parametrize(
    ("known", "last"),
    [
        ({}, None),
        ({"starts_on": date(2019, 3, 19)}, date(2019, 3, 19)),
        ({"alternatives": [date(2019, 2, 16), date(2019, 3, 16)]}, date(2019, 3, 16)),
        ({"month_on": date(2020, 2, 1)}, date(2020, 2, 29)),
        ({"month_on": date(2020, 12, 1)}, date(2020, 12, 31)),
    ],
)
def test_last_possible_day_is_the_latest_that_what_is_known_allows(known, last):
    assert last_possible_day(undated(**known)) == last


def test_in_time_puts_what_has_no_date_last_and_counts_codes_as_people_do():
    codes = ["TM4", "E10", "C6", "E9", "E7", "C1"]
    activities = [Activity(code=code, sorts_on=None) for code in codes] + [Activity(code="TM5", sorts_on=date(2021, 7, 7))]

    assert [activity.code for activity in sorted(activities, key=in_time)] == ["TM5", "C1", "C6", "E7", "E9", "E10", "TM4"]


def test_the_same_moment_is_another_day_elsewhere_and_in_other_words():
    moment = datetime(2019, 3, 9, 23, 30, tzinfo=UTC)

    assert [day(moment.astimezone(ZoneInfo(zone))) for zone in ("Europe/Lisbon", "Europe/Vilnius")] == ["9 March 2019", "10 March 2019"]
    with translation.override("de"):
        assert day(moment) == "9. März 2019"
