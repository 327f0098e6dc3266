"""When something is asked: days, hours, holidays, nights in which the clocks change."""

import datetime
import zoneinfo
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning import planner
from learning.planner import Existing, Key, Visit, Wanted
from learning.waves import Calendar, after_activity, elapsed_days, ended_at, is_quiet, next_working_day

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


# The plan

END = local(VILNIUS, 2019, 8, 22, 17, 0)
F2 = Key("ana", "C4", "F2")
DUE, CLOSES = local(VILNIUS, 2019, 8, 23, 9, 30), local(VILNIUS, 2019, 9, 12, 17, 0)


def visit(**values):
    return Visit(**{"person": "ana", "activity": "C4", "end": END, "calendar": VILNIUS} | values)


def after(**elapsed):
    return END + datetime.timedelta(**elapsed)


def test_a_visit_that_ended_is_asked_about():
    assert planner.plan([visit()], after(minutes=1)) == {F2: Wanted(DUE, CLOSES)}


@pytest.mark.parametrize("now", [after(minutes=-1), after(days=22), after(days=2000)], ids=["not over", "closed", "years ago"])
def test_outside_its_window_nobody_is_asked(now):
    assert planner.plan([visit()], now) == {}


def test_a_visit_without_a_known_end_is_not_asked_about():
    assert planner.plan([visit(end=None)], after(days=1)) == {}


@pytest.mark.parametrize(
    ("values", "outcome"), [({"is_here": False}, "left"), ({"wants": False}, "opted_out"), ({"is_here": False, "wants": False}, "left")]
)
def test_who_is_not_asked_still_counts_in_the_base(values, outcome):
    assert planner.plan([visit(**values)], after(days=1)) == {F2: Wanted(DUE, CLOSES, outcome)}


@pytest.mark.parametrize(
    ("preference", "form", "wants"),
    [("all", "F2", True), ("fewer", "F2", False), ("fewer", "F3", False), ("fewer", "F4", True), ("none", "F5", False)],
)
def test_what_somebody_wants_by_mail(preference, form, wants):
    assert planner.wants(preference, form) is wants


@given(st.lists(st.sampled_from(["ana", "ben", "eva"])), st.integers(0, 30 * 24))
def test_planning_again_changes_nothing(people, hours):
    wanted = planner.plan([visit(person=person) for person in people], after(hours=hours))
    existing = {key: Existing(want.due_at, want.closes_at, want.outcome) for key, want in wanted.items()}

    assert planner.changes(wanted, existing) == planner.Changes({}, {}, [])


LATER = Wanted(DUE + datetime.timedelta(days=7), CLOSES + datetime.timedelta(days=7))


@pytest.mark.parametrize("outcome", ["answered", "silent", "opted_out", "undeliverable"])
def test_what_is_settled_stays(outcome):
    assert planner.changes({F2: LATER}, {F2: Existing(DUE, CLOSES, outcome)}) == planner.Changes({}, {}, [])
    assert planner.changes({}, {F2: Existing(DUE, CLOSES, outcome)}) == planner.Changes({}, {}, [])


def test_dates_that_moved_move_the_prompt():
    assert planner.changes({F2: LATER}, {F2: Existing(DUE, CLOSES, "")}).change == {F2: LATER}


def test_what_somebody_put_off_keeps_its_own_date():
    assert planner.changes({F2: LATER}, {F2: Existing(DUE, CLOSES, "", is_snoozed=True)}).change == {}


def test_a_visit_that_does_not_take_place_is_cancelled_and_may_come_back():
    assert planner.changes({}, {F2: Existing(DUE, CLOSES, "")}).cancel == [F2]
    assert planner.changes({F2: Wanted(DUE, CLOSES)}, {F2: Existing(DUE, CLOSES, "cancelled")}).change == {F2: Wanted(DUE, CLOSES)}
