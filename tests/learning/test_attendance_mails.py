"""Who goes, who was there: asked of the admins in time, once, and not at night."""

import datetime

import pytest
import time_machine
from django.core import mail as outbox
from django.core.management import call_command
from django.utils import timezone

from iimprove import mail
from learning.actions.attendance import ask_who_goes, tell_who_is_missing
from tests.factories import ActivityFactory, AttendanceFactory, MembershipFactory, PartnerFactory, ProjectFactory, ProjectRoleFactory

pytestmark = pytest.mark.django_db

TEN_DAYS_BEFORE = "2019-08-09T09:31+02:00"  # a Friday
NIGHT = "2019-08-09T20:00+02:00"
SUNDAY = "2019-08-11T10:00+02:00"
DAY_AFTER = "2019-08-23T09:31+02:00"
LONG_AFTER = "2019-10-01T09:31+02:00"


@pytest.fixture
def week():
    host, guest = PartnerFactory(name="River//Cities", country="PL"), PartnerFactory(name="Laimikis", country="LT")
    week = ActivityFactory(
        project=ProjectFactory(),
        code="TM2",
        host=host,
        guests=[guest],
        starts_on=datetime.date(2019, 8, 18),
        ends_on=datetime.date(2019, 8, 22),
    )
    for partner in (host, guest):
        MembershipFactory(partner=partner, admin=True, person__name=f"Admin of {partner}")
        MembershipFactory(partner=partner)
    ProjectRoleFactory(project=week.project, coordinator=True, person__name="Coordinator")
    return week


def asked(command, when):
    with time_machine.travel(when, tick=False):
        command(timezone.now())
        mail.Mail.objects.filter(state="queued").update(next_attempt_at=timezone.now() - datetime.timedelta(days=9999))
        before = len(outbox.outbox)
        mail.drain()
    return sorted(email.body.split("\n")[0] for email in outbox.outbox[before:])


def test_ten_days_before_the_admins_of_both_sides_are_asked_once(week):
    first, again = asked(ask_who_goes, TEN_DAYS_BEFORE), asked(ask_who_goes, TEN_DAYS_BEFORE)

    assert (first, again) == (["Hello Admin,", "Hello Admin,"], [])
    assert "Who goes to TM2" in outbox.outbox[0].subject
    assert "/p/" in outbox.outbox[0].body and "attendance" in outbox.outbox[0].body


@pytest.mark.parametrize("when", ["2019-08-07T09:31+02:00", NIGHT, SUNDAY, "2019-08-19T09:31+02:00"])
def test_not_earlier_not_at_night_not_on_a_sunday_not_once_it_has_begun(week, when):
    assert asked(ask_who_goes, when) == []


def test_a_side_that_has_named_somebody_is_not_asked(week):
    AttendanceFactory(activity=week, partner=week.host, state="expected")

    assert len(asked(ask_who_goes, TEN_DAYS_BEFORE)) == 1


def test_the_day_after_admins_and_coordinator_are_told_who_is_missing(week):
    AttendanceFactory(activity=week, partner=week.host, state="attended")

    assert asked(tell_who_is_missing, DAY_AFTER) == ["Hello Admin,", "Hello Coordinator,"]
    assert asked(tell_who_is_missing, DAY_AFTER) == []
    assert all("Nobody is recorded for Laimikis" in email.body for email in outbox.outbox)


def test_nobody_is_told_about_what_is_long_over_or_cancelled(week):
    assert asked(tell_who_is_missing, LONG_AFTER) == []
    week.status = "cancelled"
    week.save()

    assert asked(tell_who_is_missing, DAY_AFTER) == []


def test_what_was_recorded_before_the_mail_left_is_not_asked_for(week):
    with time_machine.travel(DAY_AFTER, tick=False):
        tell_who_is_missing(timezone.now())
        for partner in (week.host, *week.guests):
            AttendanceFactory(activity=week, partner=partner)
        mail.drain()

    assert outbox.outbox == []


@pytest.mark.parametrize("change", [{"status": "cancelled"}, {"starts_on": datetime.date(2019, 8, 19)}], ids=str)
def test_what_was_cancelled_or_moved_before_the_mail_left_is_not_asked_for(week, change):
    with time_machine.travel(TEN_DAYS_BEFORE, tick=False):
        ask_who_goes(timezone.now())
        type(week).objects.filter(pk=week.pk).update(**change)
        mail.drain()

    assert outbox.outbox == []


def test_a_mail_that_was_held_up_until_the_night_is_not_sent(week):
    with time_machine.travel(TEN_DAYS_BEFORE, tick=False):
        ask_who_goes(timezone.now())
    with time_machine.travel(NIGHT, tick=False):
        mail.drain()

    assert outbox.outbox == []


def test_moved_dates_are_asked_about_anew(week):
    asked(ask_who_goes, TEN_DAYS_BEFORE)
    week.starts_on, week.ends_on = datetime.date(2019, 8, 19), datetime.date(2019, 8, 23)
    week.save()

    assert len(asked(ask_who_goes, TEN_DAYS_BEFORE)) == 2


def test_the_plan_command_writes_them(week):
    with time_machine.travel(TEN_DAYS_BEFORE, tick=False):
        call_command("plan")

    assert mail.Mail.objects.filter(message="who_goes").count() == 2
