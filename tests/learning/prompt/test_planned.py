"""A visit ends, a question comes: the planner's rows and the mails."""

import datetime
import threading

import pytest
import time_machine
from django.core import mail as outbox
from django.core.management import call_command
from django.db import connection, transaction

from iimprove import mail
from learning.actions.prompts import LOCK
from learning.models import Prompt, PromptMail
from tests.factories import ActivityFactory, AttendanceFactory, MembershipFactory
from tests.learning import circle
from tests.learning.prompt.times import AFTERWARDS, EVENING, MONDAY, MORNING, NIGHT, drain_at, plan_at

pytestmark = pytest.mark.django_db


def test_the_evening_a_visit_ends_it_is_planned_and_nobody_is_written_to(around):
    plan_at(EVENING)

    prompt = Prompt.objects.get()
    assert (prompt.person, prompt.activity, prompt.form, prompt.state, prompt.outcome) == (around.author, around.activity, "F2", "open", "")
    assert prompt.due_at.isoformat() == "2019-08-23T07:30:00+00:00"
    assert not mail.Mail.objects.exists()


def test_on_the_next_working_morning_one_mail_asks(around):
    counts = [plan_at(EVENING), plan_at(MORNING), plan_at(MORNING), plan_at(MONDAY)]

    assert counts == [0, 1, 0, 0]
    assert drain_at(MORNING) == [around.author.email]
    assert "TM2" in outbox.outbox[0].subject
    assert f"/answer/{Prompt.objects.get().token}/" in outbox.outbox[0].body


def test_everybody_expected_is_asked_and_nobody_who_was_absent(around):
    AttendanceFactory(person=around.people["colleague"], activity=around.activity, partner=around.home, state="expected")
    AttendanceFactory(person=around.people["admin"], activity=around.activity, partner=around.home, state="absent")

    plan_at(MORNING)

    assert set(Prompt.objects.values_list("person__pk", flat=True)) == {around.author.pk, around.people["colleague"].pk}


def test_an_educator_without_employer_is_asked(around):
    AttendanceFactory(person=around.people["educator"], activity=around.activity)

    assert plan_at(MORNING) == 2


@pytest.mark.parametrize("when", ["2019-08-22T16:59+02:00", AFTERWARDS, "2026-01-05T10:00+01:00"], ids=["not over", "closed", "years later"])
def test_outside_the_window_nothing_is_planned(around, when):
    plan_at(when)

    assert not Prompt.objects.exists()


def test_two_visits_due_together_are_one_mail(around):
    second = ActivityFactory(project=around.project, code="C9", ends_on=datetime.date(2019, 8, 22), time_zone="Europe/Stockholm")
    AttendanceFactory(person=around.author, activity=second, partner=around.home)

    assert plan_at(MORNING) == 1
    assert PromptMail.objects.count() == 2
    drain_at(MORNING)
    assert all(f"/answer/{prompt.token}/" in outbox.outbox[0].body for prompt in Prompt.objects.all())


def test_at_most_two_mails_in_seven_days(around):
    for code, day in [("C7", 20), ("C8", 21), ("C9", 22)]:
        activity = ActivityFactory(project=around.project, code=code, ends_on=datetime.date(2019, 8, day), time_zone="Europe/Stockholm")
        AttendanceFactory(person=around.author, activity=activity, partner=around.home)

    counts = [plan_at(f"2019-08-{day}T09:31+02:00") for day in (21, 22, 23, 26, 27, 28, 29)]

    assert counts == [1, 1, 0, 0, 0, 1, 1]


def test_nobody_is_written_to_at_night_nor_at_the_weekend(around):
    assert [plan_at(when) for when in (NIGHT, "2019-08-24T12:00+02:00", MONDAY)] == [0, 0, 1]


def test_a_mail_held_up_until_night_is_written_again_on_the_next_morning(around):
    plan_at(MORNING)
    held = drain_at(NIGHT)
    counts = [plan_at(NIGHT), plan_at(MONDAY)]

    assert (held, counts, drain_at(MONDAY)) == ([], [0, 1], [around.author.email])


def test_planned_in_two_processes_is_planned_once(around):
    with transaction.atomic():
        assert plan_at(MORNING) == 1
        assert _other_connection_gets_lock() is False


def _other_connection_gets_lock():
    found = []

    def try_it():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            found.append(cursor.fetchone()[0])
        connection.close()

    thread = threading.Thread(target=try_it)
    thread.start()
    thread.join()
    return found[0]


def test_the_command_plans(around):
    with time_machine.travel(MORNING, tick=False):
        call_command("plan")

    assert PromptMail.objects.count() == 1


def test_a_member_of_two_partners_is_asked_once():
    around = circle.build()
    MembershipFactory(person=around.author)
    around.activity.ends_on = datetime.date(2019, 8, 22)
    around.activity.save()
    AttendanceFactory(person=around.author, activity=around.activity, partner=around.home)

    assert plan_at(MORNING) == 1
