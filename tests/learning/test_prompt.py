"""A visit ends, a question comes, an answer is kept: the planner's rows, the mails, and what happens between due and sent."""

import datetime
import threading
import uuid

import pytest
import time_machine
from django.core import mail as outbox
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from iimprove import mail
from learning.actions.asked import decline, snooze
from learning.actions.notes import Thing, answer_prompt
from learning.actions.prompts import LOCK, plan_all
from learning.emails import questions_bounced
from learning.models import Prompt, PromptMail, Takeaway
from partners.models import Attendance
from tests.factories import ActivityFactory, AttendanceFactory, MembershipFactory, PromptFactory, ReflectionFactory, TakeawayFactory
from tests.learning import circle

pytestmark = pytest.mark.django_db

EVENING = "2019-08-22T18:00+02:00"  # the founding week ended at 17:00
MORNING = "2019-08-23T09:31+02:00"
NIGHT = "2019-08-23T20:00+02:00"
MONDAY = "2019-08-26T09:31+02:00"
AFTERWARDS = "2019-09-13T09:31+02:00"


@pytest.fixture
def around():
    around = circle.build()
    around.activity.starts_on, around.activity.ends_on = datetime.date(2019, 8, 18), datetime.date(2019, 8, 22)
    around.activity.code, around.activity.time_zone = "TM2", "Europe/Stockholm"
    around.activity.save()
    AttendanceFactory(person=around.author, activity=around.activity, partner=around.home)
    type(around.author).objects.update(time_zone="Europe/Stockholm")
    around.author.refresh_from_db()
    circle.accept(around.author)
    return around


def plan_at(when):
    with time_machine.travel(when, tick=False):
        return plan_all(timezone.now())


def drain_at(when):
    """Send what the outbox holds, as if it were `when` for everything but the database's own clock."""
    with time_machine.travel(when, tick=False):
        mail.drain()
    return [email.to[0] for email in outbox.outbox]


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


# Between planned and due, and between due and sent


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


# Answered


def test_an_answer_keeps_new_things_and_ticks_old_ones():
    around = circle.build()
    circle.accept(around.author)
    prompt = PromptFactory(person=around.author, activity=around.activity)
    noted = TakeawayFactory(reflection=around.reflection(), title="The keys", kinds=[], will_use=None)

    things = [Thing(takeaway=noted, kinds=("who",), will_use=2, visibility="organisation"), Thing("The river", ("place",))]
    reflection = answer_prompt(prompt, by=around.author, client_key=uuid.uuid4(), things=things, gave=2)

    noted.refresh_from_db()
    assert (noted.kinds, noted.will_use, noted.visibility, noted.kept_at is not None) == (["who"], 2, "organisation", True)
    assert list(reflection.takeaways.values_list("title", "kinds", "visibility")) == [("The river", ["place"], "only_me")]
    assert (reflection.prompt, reflection.starter, prompt.reflections.count()) == (prompt, "questions", 1)


def test_an_answer_may_be_sent_again_until_it_closes():
    around = circle.build()
    circle.accept(around.author)
    prompt, key = PromptFactory(person=around.author, activity=around.activity), uuid.uuid4()

    for client_key in (key, key, uuid.uuid4()):
        answer_prompt(prompt, by=around.author, client_key=client_key, things=[Thing("The river")])
    first = Prompt.objects.get().answered_at
    Prompt.objects.update(due_at=first - datetime.timedelta(days=2), closes_at=first - datetime.timedelta(days=1))

    assert (prompt.reflections.count(), Takeaway.objects.count()) == (2, 2)
    with pytest.raises(PermissionDenied):
        answer_prompt(prompt, by=around.author, client_key=uuid.uuid4())


def test_nobody_answers_for_somebody_else_nor_keeps_somebody_elses_thing():
    around = circle.build()
    circle.accept(around.author, around.people["colleague"])
    prompt = PromptFactory(person=around.author, activity=around.activity)
    foreign = TakeawayFactory(reflection=ReflectionFactory())

    with pytest.raises(PermissionDenied):
        answer_prompt(prompt, by=around.people["colleague"], client_key=uuid.uuid4())
    with pytest.raises(PermissionDenied):
        answer_prompt(prompt, by=around.author, client_key=uuid.uuid4(), things=[Thing(takeaway=foreign)])

    assert Prompt.objects.get().outcome == ""


def test_a_link_names_its_prompt_and_a_forged_or_revoked_one_none():
    prompt = PromptFactory()
    token = prompt.token

    assert Prompt.objects.from_token(token).get() == prompt
    assert not Prompt.objects.from_token(token[:-1] + ("A" if token[-1] != "A" else "B")).exists()
    Prompt.objects.update(nonce="another")
    assert not Prompt.objects.from_token(token).exists()


# What the database refuses


def test_one_prompt_per_person_activity_and_form():
    prompt = PromptFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        PromptFactory(person=prompt.person, activity=prompt.activity)
    PromptFactory(person=prompt.person, activity=prompt.activity, form="F3")


def test_one_prompt_per_person_moment_and_form():
    moment = ReflectionFactory()
    PromptFactory(person=moment.author, activity=None, moment=moment)

    with pytest.raises(IntegrityError), transaction.atomic():
        PromptFactory(person=moment.author, activity=None, moment=moment)


@pytest.mark.parametrize(
    "values",
    [
        {"activity": None},
        {"form": "F9"},
        {"state": "closed"},
        {"outcome": "silent"},
        {"outcome": "answered"},
        {"closes_at": timezone.now() - datetime.timedelta(1)},
    ],
    ids=["about nothing", "form", "closed without outcome", "open and silent", "answered never", "closes before"],
)
def test_an_impossible_prompt_is_refused(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        PromptFactory(**values)


def test_a_member_of_two_partners_is_asked_once():
    around = circle.build()
    MembershipFactory(person=around.author)
    around.activity.ends_on = datetime.date(2019, 8, 22)
    around.activity.save()
    AttendanceFactory(person=around.author, activity=around.activity, partner=around.home)

    assert plan_at(MORNING) == 1
