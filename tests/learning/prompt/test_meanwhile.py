"""What happens between planned and due, and between due and sent."""

import datetime
import uuid

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from iimprove import mail
from learning.actions.asked import decline, snooze
from learning.actions.notes import answer_prompt
from learning.emails import questions_bounced
from learning.models import Prompt
from partners.models import Attendance
from tests.learning.prompt.times import AFTERWARDS, EVENING, MONDAY, MORNING, drain_at, plan_at

pytestmark = pytest.mark.django_db


def leaves(around):
    around.author.memberships.update(ended_on=datetime.date(2019, 8, 20))


def stops(around):
    type(around.author).objects.filter(pk=around.author.pk).update(mail_preference="none")


def wants_fewer(around):
    type(around.author).objects.filter(pk=around.author.pk).update(mail_preference="fewer")


def closes_account(around):
    type(around.author).objects.filter(pk=around.author.pk).update(is_active=False)


def is_cancelled(around):
    type(around.activity).objects.update(status="cancelled")


def was_absent(around):
    Attendance.objects.update(state="absent")


def answers(around):
    with time_machine.travel(MORNING, tick=False):
        answer_prompt(Prompt.objects.get(), by=around.author, client_key=uuid.uuid4(), gave=1)


def declines(around):
    decline(Prompt.objects.get(), by=around.author)


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        (leaves, "left"),
        (closes_account, "left"),
        (stops, "opted_out"),
        (wants_fewer, "opted_out"),
        (is_cancelled, "cancelled"),
        (was_absent, "cancelled"),
        (answers, "answered"),
        (declines, "opted_out"),
    ],
)
def test_who_need_not_be_asked_any_more_is_not(around, change, outcome):
    plan_at(EVENING)
    change(around)

    assert plan_at(MORNING) == 0
    assert Prompt.objects.get().outcome == outcome


@pytest.mark.parametrize("change", [leaves, closes_account, stops, wants_fewer, is_cancelled, answers, declines])
def test_a_mail_not_wanted_any_more_is_not_sent(around, change):
    plan_at(MORNING)
    change(around)

    assert drain_at(MORNING) == []
    assert mail.Mail.objects.get().state == "cancelled"


def test_who_wants_no_mail_stands_in_the_base_and_may_answer(around):
    stops(around)
    plan_at(MORNING)
    assert Prompt.objects.get().outcome == "opted_out"

    answers(around)

    assert Prompt.objects.get().outcome == "answered"


def test_a_visit_that_is_moved_is_asked_about_when_it_ends(around):
    plan_at(EVENING)
    type(around.activity).objects.update(ends_on=datetime.date(2019, 8, 29))
    plan_at(MORNING)
    cancelled = Prompt.objects.get().outcome

    count = plan_at("2019-08-30T09:31+02:00")

    assert (cancelled, count, Prompt.objects.get().outcome) == ("cancelled", 1, "")


def test_a_question_nobody_got_a_mail_about_was_never_asked(around):
    plan_at(EVENING)
    plan_at(AFTERWARDS)

    assert Prompt.objects.values_list("state", "outcome").get() == ("closed", "cancelled")


def test_silence_is_known_when_the_window_closes(around):
    plan_at(MORNING)
    plan_at(AFTERWARDS)

    assert Prompt.objects.values_list("state", "outcome").get() == ("closed", "silent")


def test_an_answer_stays_an_answer_when_the_window_closes(around):
    plan_at(MORNING)
    answers(around)
    plan_at(AFTERWARDS)

    assert Prompt.objects.values_list("state", "outcome").get() == ("closed", "answered")


def test_an_address_that_is_refused_is_undeliverable_and_not_silent(around):
    plan_at(MORNING)
    mail.Mail.objects.update(state="failed")
    questions_bounced(around.author)
    plan_at(AFTERWARDS)

    assert Prompt.objects.get().outcome == "undeliverable"


# Later


def test_put_off_it_comes_again_on_a_working_day(around):
    plan_at(MORNING)
    with time_machine.travel(MORNING, tick=False):
        snooze(Prompt.objects.get(), 3, by=around.author, now=timezone.now())  # three days later is Monday

    assert plan_at(MORNING) == 0
    assert Prompt.objects.get().due_at.isoformat() == "2019-08-26T07:30:00+00:00"
    assert plan_at(MONDAY) == 1


def test_it_is_put_off_twice_at_most_and_not_for_ever(around):
    plan_at(MORNING)
    with time_machine.travel(MORNING, tick=False):
        with pytest.raises(PermissionDenied):
            snooze(Prompt.objects.get(), 60, by=around.author, now=timezone.now())
        for _time in range(2):
            snooze(Prompt.objects.get(), 14, by=around.author, now=timezone.now())
        with pytest.raises(PermissionDenied):
            snooze(Prompt.objects.get(), 3, by=around.author, now=timezone.now())
