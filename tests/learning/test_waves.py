"""When something is asked: days, hours, holidays, nights in which the clocks change."""

import datetime
import zoneinfo
from datetime import date, time

import pytest

from learning.defaults import DEFAULTS
from learning.own_defaults import overlay
from learning.waves import Calendar, Window, after_activity, again, elapsed_days, ended_at, in_season, is_quiet, next_working_day

STOCKHOLM = Calendar("Europe/Stockholm", "SE")
VILNIUS = Calendar("Europe/Vilnius", "LT")
FIVE = time(17, 0)


def local(calendar, *when):
    return datetime.datetime(*when, tzinfo=zoneinfo.ZoneInfo(calendar.zone))


def test_the_founding_week_ended_on_a_thursday_and_was_asked_about_on_friday():
    end = ended_at(date(2019, 8, 22), FIVE, "Europe/Stockholm")

    window = after_activity(end, STOCKHOLM)

    assert window.due_at == local(STOCKHOLM, 2019, 8, 23, 9, 30)
    assert window.closes_at == local(STOCKHOLM, 2019, 9, 12, 17, 0)


def test_a_visit_that_ended_on_friday_is_asked_about_on_monday():
    end = ended_at(date(2025, 9, 12), FIVE, "Europe/Vilnius")

    assert after_activity(end, Calendar("Europe/Warsaw", "PL")).due_at == local(Calendar("Europe/Warsaw"), 2025, 9, 15, 9, 30)


def test_an_end_that_is_not_known_is_no_instant():
    assert ended_at(None, FIVE, "Europe/Vilnius") is None


@pytest.mark.parametrize(
    ("ended", "calendar", "due"),
    [
        (date(2019, 8, 14), VILNIUS, date(2019, 8, 16)),  # 15 August is a holiday in Lithuania
        (date(2019, 8, 14), STOCKHOLM, date(2019, 8, 15)),
        (date(2026, 12, 23), STOCKHOLM, date(2026, 12, 24)),  # a working day by law; F2 is never shifted by season
        (date(2026, 4, 2), VILNIUS, date(2026, 4, 3)),
        (date(2026, 4, 2), STOCKHOLM, date(2026, 4, 7)),  # Good Friday to Easter Monday
        (date(2019, 8, 22), Calendar("Europe/Vilnius", "XX"), date(2019, 8, 23)),  # a country nobody knows has no holidays
        (date(2019, 8, 22), Calendar("Europe/Vilnius", "LT", absences=((date(2019, 8, 23), date(2019, 8, 27)),)), date(2019, 8, 28)),
    ],
    ids=str,
)
def test_the_next_working_day_is(ended, calendar, due):
    end = ended_at(ended, FIVE, calendar.zone)

    assert next_working_day(end, calendar).date() == due


def test_who_is_away_until_it_closes_is_not_asked():
    away = Calendar("Europe/Vilnius", "LT", absences=((date(2019, 8, 23), date(2019, 9, 20)),))

    assert after_activity(ended_at(date(2019, 8, 22), FIVE, "Europe/Vilnius"), away) is None


def test_the_hour_is_the_persons_own_in_the_persons_zone():
    early_in_sydney = Calendar("Australia/Sydney", send_at=time(8, 45))

    due = next_working_day(ended_at(date(2019, 8, 22), FIVE, "Europe/Vilnius"), early_in_sydney)  # Friday has begun there

    assert due == local(early_in_sydney, 2019, 8, 26, 8, 45)


def test_an_hour_at_night_becomes_the_usual_one():
    owl = Calendar("Europe/Vilnius", send_at=time(23, 0))

    assert next_working_day(local(VILNIUS, 2019, 8, 22, 17, 0), owl).time() == time(9, 30)


@pytest.mark.parametrize(
    ("ended", "zone"), [(date(2026, 3, 28), "Europe/London"), (date(2026, 10, 24), "Europe/London"), (date(2026, 4, 4), "Australia/Lord_Howe")]
)
def test_the_local_hour_stays_when_the_clocks_change(ended, zone):
    due = next_working_day(ended_at(ended, FIVE, zone), Calendar(zone))

    assert due.astimezone(datetime.UTC).astimezone(zoneinfo.ZoneInfo(zone)).time() == time(9, 30)


@pytest.mark.parametrize(
    ("now", "quiet"),
    [
        ((2019, 8, 23, 8, 29), True),
        ((2019, 8, 23, 8, 30), False),
        ((2019, 8, 23, 17, 59), False),
        ((2019, 8, 23, 18, 0), True),
        ((2019, 8, 24, 12, 0), True),  # Saturday
        ((2019, 8, 15, 12, 0), True),  # a holiday
    ],
)
def test_mails_go_by_day_on_working_days(now, quiet):
    assert is_quiet(local(VILNIUS, *now), VILNIUS) is quiet


def test_elapsed_days_are_counted_on_the_calendar():
    end = local(VILNIUS, 2025, 9, 12, 17, 0)

    assert elapsed_days(end, local(VILNIUS, 2025, 9, 12, 23, 59), "Europe/Vilnius") == 0
    assert elapsed_days(end, local(VILNIUS, 2025, 9, 26, 0, 1), "Europe/Vilnius") == 14
    assert elapsed_days(end, local(VILNIUS, 2025, 12, 11, 9, 30), "Europe/Vilnius") == 90


# Asked again


@pytest.mark.parametrize(
    ("since", "days", "form", "due", "closes"),
    [
        ((2025, 9, 12), 14, "F3", (2025, 9, 26), (2025, 10, 26)),
        ((2025, 9, 12), 90, "F4", (2025, 12, 11), (2026, 1, 28)),  # 18 of the days lie between 20 December and 6 January
        ((2025, 9, 12), 365, "F5", (2026, 9, 14), (2026, 10, 14)),  # the day itself is a Saturday
        ((2019, 7, 24), 14, "F3", (2019, 9, 2), (2019, 10, 2)),  # August is no time, 1 September a Sunday
        ((2019, 7, 10), 14, "F3", (2019, 7, 24), (2019, 9, 23)),
        ((2025, 12, 10), 14, "F3", (2026, 1, 7), (2026, 2, 6)),
    ],
    ids=str,
)
def test_it_is_asked_again(since, days, form, due, closes):
    window = again(local(VILNIUS, *since, 17, 0), days, VILNIUS, form)

    assert window == Window(local(VILNIUS, *due, 9, 30), local(VILNIUS, *closes, 9, 30))


def test_an_own_absence_delays_the_question_and_not_its_end():
    end = local(VILNIUS, 2025, 9, 12, 17, 0)
    away = Calendar("Europe/Vilnius", "LT", absences=((date(2025, 9, 20), date(2025, 10, 12)),))
    long_away = Calendar("Europe/Vilnius", "LT", absences=((date(2025, 9, 20), date(2025, 10, 26)),))

    assert again(end, 14, away, "F3") == Window(local(VILNIUS, 2025, 10, 13, 9, 30), local(VILNIUS, 2025, 10, 26, 9, 30))
    assert again(end, 14, long_away, "F3") is None


def test_a_project_may_ask_in_august():
    own = overlay(DEFAULTS, {"quiet": {"season_shift": []}})

    assert again(local(VILNIUS, 2019, 7, 24, 17, 0), 14, VILNIUS, "F3", own).due_at == local(VILNIUS, 2019, 8, 7, 9, 30)


@pytest.mark.parametrize(
    ("day", "is_one"),
    [((7, 31), False), ((8, 1), True), ((8, 31), True), ((9, 1), False), ((12, 19), False), ((12, 20), True), ((1, 6), True), ((1, 7), False)],
)
def test_a_season_in_which_nobody_is_asked_again(day, is_one):
    assert in_season(date(2026, *day)) is is_one
