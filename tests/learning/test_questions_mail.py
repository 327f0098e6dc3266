"""The mails that ask: what stands in them, for whom, in whose name; and the two that ask nothing about things."""

import datetime
import email
import uuid
from datetime import date
from email.utils import parseaddr

import icalendar
import pytest
import time_machine
from django.core import mail as outbox
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from iimprove import mail
from learning.actions import prompts
from learning.actions.notes import answer_prompt
from learning.actions.preview import preview
from learning.actions.prompts import plan_all
from learning.emails.questions import read_questions
from learning.models import Nudge, Pause, Prompt, PromptMail, QuestionSettings, SwitchedOff
from partners.models import Person
from tests.factories import ActivityFactory, AttendanceFactory, FollowUpFactory, MembershipFactory, PromptFactory, TakeawayFactory
from tests.learning import circle

pytestmark = pytest.mark.django_db

MORNING = "2019-09-17T09:31+03:00"  # a Tuesday in Vilnius
DUE = datetime.datetime.fromisoformat("2019-09-17T09:30+03:00")
MONTH = datetime.timedelta(days=30)
SECRET = "The key of the chapel hangs behind the door"


@pytest.fixture
def around():
    around = circle.build()
    circle.accept(*(person for person in around.people.values() if isinstance(person, Person)))
    Person.objects.update(time_zone="Europe/Vilnius")
    around.author.refresh_from_db()
    return around


def was_there(around, *, person=None, activity=None, ended=date(2019, 9, 16)):
    """Asked about it on the next working day; that is MORNING, unless it ended earlier."""
    activity = activity or around.activity
    type(activity).objects.filter(pk=activity.pk).update(ends_on=ended, time_zone="Europe/Vilnius")
    AttendanceFactory(person=person or around.author, activity=activity, partner=around.home)


def named(around, when="2019-09-02T12:00+03:00", **values):
    """A thing that its author expects to use."""
    told = {"submitted_at": datetime.datetime.fromisoformat(when)} | values.pop("told", {})
    return around.takeaway(told=told, will_use=1, **values)


def send(when=MORNING):
    """Plan, send, and read what went out."""
    with time_machine.travel(when, tick=False):
        plan_all(timezone.now())
        mail.drain()
    sent, outbox.outbox[:] = list(outbox.outbox), []
    return sent


def test_one_mail_asks_everything_and_says_why_how_long_until_when_and_who_reads_it(around):
    was_there(around)
    was_there(around, activity=ActivityFactory(project=around.project, code="C9"))

    (letter,) = send()

    assert letter.subject.endswith("And more")
    for prompt in Prompt.objects.all():
        assert f"What do you take with you from {prompt.activity.code}?" in letter.body
        assert f"/answer/{prompt.token}/" in letter.body
    for words in (
        "It takes about",
        "Open until 7 October 2019",
        "You are on the list of who was there",
        "Only you read your answer",
        "never used for appraisal",
    ):
        assert words in letter.body
    assert list(PromptMail.objects.values_list("kind", flat=True)) == ["first", "first"]


def test_a_mail_names_and_promises_as_few_things_as_its_project_wants(around):
    for title in ("Walks first", "Ask the neighbours", "A map on the wall"):
        named(around, title=title)
    was_there(around, ended=date(2019, 9, 3))
    Person.objects.filter(pk=around.author.pk).update(titles_in_mail=True)
    QuestionSettings.objects.create(project=around.project, values={"load": {"things_f3": 1}})

    (letter,) = send()

    after_the_visit, after_two_weeks = 3, 1
    assert letter.body.count("\n– ") == after_the_visit + after_two_weeks


def test_a_mail_shows_no_own_words_unless_the_person_wants_them(around):
    named(around, title=SECRET)
    foreign = named(around, title="Somebody else's", visibility="partnership", told={"author": around.people["colleague"]})
    was_there(around, ended=date(2019, 9, 3))

    (without,) = send()
    assert set(Prompt.objects.filter(mails__isnull=False).values_list("form", flat=True)) == {"F2", "F3"}
    PromptMail.objects.all().delete()
    mail.Mail.objects.all().delete()
    Person.objects.filter(pk=around.author.pk).update(titles_in_mail=True)
    (with_titles,) = send()

    assert SECRET not in str(without.message())
    assert SECRET in with_titles.body
    assert foreign.title not in with_titles.body


def test_the_mail_is_in_the_persons_language_also_in_its_subject(around):
    was_there(around)
    Person.objects.filter(pk=around.author.pk).update(language="de")
    with translation.override("de"):
        question, hello = gettext("What do you take with you from %(activity)s?") % {"activity": around.activity}, gettext("Hello %(name)s,")

    (letter,) = send()

    assert (letter.subject, 'lang="de"' in letter.alternatives[0][0]) == (question, True)
    assert hello % {"name": around.author.get_short_name()} in letter.body
    assert not letter.body.startswith("Hello")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Iwona Zając", "Iwona Zając"),
        ('Ana"\r\nBcc: all@example.org', "Ana Bcc all example.org"),
        ("<boss@example.org>", "boss example.org"),
        ("", "I_Improve"),
    ],
)
def test_a_colleagues_name_stands_before_the_sites_address_and_nothing_else_gets_in(around, settings, name, shown):
    around.people["coordinator"].name = name
    around.people["coordinator"].save()
    QuestionSettings.objects.create(project=around.project, sender=around.people["coordinator"], greeting="Greetings from the river")
    was_there(around)

    (letter,) = send()

    head = email.message_from_bytes(letter.message().as_bytes(), policy=email.policy.default)
    assert (head["From"].addresses[0].display_name, head["From"].addresses[0].addr_spec) == (shown, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
    assert head["Bcc"] is None
    assert "Greetings from the river" in letter.body


def test_a_calendar_entry_holds_the_last_day_and_no_link_that_answers(around):
    was_there(around)
    Person.objects.filter(pk=around.author.pk).update(calendar_in_mail=True)

    (letter,) = send()

    ((_name, content, kind),) = letter.attachments
    (entry,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert (kind, entry.decoded("dtstart"), entry["class"]) == ("text/calendar", date(2019, 10, 7), "PRIVATE")
    assert Prompt.objects.get().nonce not in content


@pytest.mark.parametrize("who", ["pauses", "switches it off"])
def test_who_wants_nothing_meanwhile_gets_no_mail_that_waits(around, who):
    was_there(around)
    with time_machine.travel(MORNING, tick=False):
        plan_all(timezone.now())
    if who == "pauses":
        Pause.objects.create(person=around.author)
    else:
        SwitchedOff.objects.create(person=around.author, activity=around.activity)

    with time_machine.travel(MORNING, tick=False):
        mail.drain()

    assert (outbox.outbox, mail.Mail.objects.get().state) == ([], "cancelled")


def test_a_mail_that_was_held_up_for_a_day_is_written_again(around):
    was_there(around)
    with time_machine.travel("2019-09-17T17:50+03:00", tick=False):
        plan_all(timezone.now())

    held_back = send("2019-09-18T08:40+03:00")
    (letter,) = send("2019-09-18T09:31+03:00")

    assert held_back == []
    assert letter.to == [around.author.email]
    assert sorted(mail.Mail.objects.values_list("state", flat=True)) == ["cancelled", "sent"]


def test_after_four_days_it_is_a_reminder(around):
    was_there(around)
    send()

    (letter,) = send("2019-09-23T09:31+03:00")

    assert "A reminder: this is still open." in letter.body
    assert list(PromptMail.objects.order_by("mail__queued_at").values_list("kind", flat=True)) == ["first", "reminder"]


def test_a_coordinator_brings_the_reminder_forward_for_those_who_have_not_answered(around):
    was_there(around)
    was_there(around, person=around.people["colleague"])
    assert len(send()) == 2
    answered = Prompt.objects.get(person=around.people["colleague"])
    with time_machine.travel("2019-09-17T12:00+03:00", tick=False):
        answer_prompt(answered, by=around.people["colleague"], client_key=uuid.uuid4(), gave=1)
        Nudge.objects.create(project=around.project, activity=around.activity, by=around.people["coordinator"])

    assert [letter.to for letter in send("2019-09-18T09:31+03:00")] == [[around.author.email]]
    assert send("2019-09-19T09:31+03:00") == []


def test_who_is_asked_to_confirm_learns_who_asks_and_not_what(around):
    told = FollowUpFactory(takeaway=TakeawayFactory(reflection=around.reflection(), title=SECRET), texts={"sentence": SECRET})
    PromptFactory(form="F7", person=around.people["colleague"], activity=None, follow_up=told, due_at=DUE, closes_at=DUE + MONTH)

    (letter,) = send()

    assert letter.subject == f"{around.author.name} asks: can you confirm what became of something?"
    assert SECRET not in str(letter.message())
    assert send("2019-09-27T09:31+03:00") == []  # no reminder


def test_three_times_silent_is_asked_how_often_once_and_nothing_else(around):
    gone = {"due_at": DUE - 2 * MONTH, "closes_at": DUE - MONTH, "person": around.author}
    for _time in range(2):
        PromptFactory(activity=ActivityFactory(project=around.project), state="closed", outcome="silent", **gone)
    third = PromptFactory(activity=ActivityFactory(project=around.project), **gone)
    PromptMail.objects.create(prompt=third, mail=mail.Mail.objects.create(message="questions", to="a@example.org", language="en", state="sent"))
    was_there(around)

    (letter,) = send()
    later = send("2019-09-24T09:31+03:00")

    pause = Pause.objects.get()
    assert (letter.subject, later) == ("How often do you want to be asked?", [])
    assert reverse("learning:pause", args=[pause.token]) in letter.body
    with time_machine.travel("2019-09-24T12:00+03:00", tick=False):
        answer_prompt(Prompt.objects.get(activity=around.activity), by=around.author, client_key=uuid.uuid4(), gave=1)
    send("2019-09-25T09:31+03:00")
    pause.refresh_from_db()
    assert pause.ended_at is not None


def test_once_a_month_people_learn_that_something_was_taken_from_them_and_read_it_on_the_site(around):
    with time_machine.travel("2019-08-20T12:00+03:00", tick=False):
        shared = around.takeaway(title=SECRET, visibility="partnership", told={"submitted_at": timezone.now()})
        private = around.takeaway(title="Mine alone", told={"submitted_at": timezone.now()})
    host = around.people["other"].memberships.get().partner
    for thing in (shared, private):
        thing.source_partners.add(host)

    letters = send("2019-09-03T09:31+03:00")
    again = send("2019-09-04T09:31+03:00")

    assert {letter.to[0] for letter in letters} == {around.people["other"].email, around.people["other_admin"].email}
    assert (letters[0].subject, again) == ("Somebody took something from you", [])
    assert around.activity.get_absolute_url() in letters[0].body
    assert SECRET not in letters[0].body


def test_what_others_keep_to_themselves_is_no_news(around):
    with time_machine.travel("2019-08-20T12:00+03:00", tick=False):
        private = around.takeaway(told={"submitted_at": timezone.now()})
    private.source_partners.add(around.people["other"].memberships.get().partner)

    assert send("2019-09-03T09:31+03:00") == []


def test_who_may_not_read_what_was_taken_is_not_told_of_it(around):
    with time_machine.travel("2019-08-20T12:00+03:00", tick=False):
        shared = around.takeaway(visibility="partnership", told={"submitted_at": timezone.now()})
    shared.source_partners.add(around.people["associate"].memberships.get().partner)

    assert send("2019-09-03T09:31+03:00") == []


def test_who_wants_less_mail_meanwhile_is_not_told_what_was_taken(around):
    with time_machine.travel("2019-08-20T12:00+03:00", tick=False):
        shared = around.takeaway(visibility="partnership", told={"submitted_at": timezone.now()})
    shared.source_partners.add(around.people["other"].memberships.get().partner)
    with time_machine.travel("2019-09-03T09:31+03:00", tick=False):
        assert plan_all(timezone.now()) == 2
        Person.objects.filter(pk=around.people["other"].pk).update(mail_preference="none")
        mail.drain()

    assert [letter.to for letter in outbox.outbox] == [[around.people["other_admin"].email]]


# Many people


def crowd(around, count):
    for number in range(count):
        person = MembershipFactory(
            partner=around.home, person__time_zone="Europe/Vilnius", person__email=f"crowd{number}.{uuid.uuid4().hex}@example.org"
        ).person
        AttendanceFactory(person=person, activity=around.activity, partner=around.home)
        named(around, told={"author": person})


def test_planning_and_writing_takes_as_many_queries_for_many_as_for_few(around, django_assert_max_num_queries):
    type(around.activity).objects.update(ends_on=date(2019, 9, 16))
    crowd(around, 2)
    with time_machine.travel(MORNING, tick=False):
        with django_assert_max_num_queries(100) as few:
            assert plan_all(timezone.now()) == 2
        Prompt.objects.all().delete()
        mail.Mail.objects.all().delete()
        crowd(around, 6)
        with django_assert_max_num_queries(len(few)):
            assert plan_all(timezone.now()) == 8


def test_planned_a_few_at_a_time_everybody_gets_the_same(around, monkeypatch):
    """Also who was silent and who has left: in groups of two or all at once."""
    type(around.activity).objects.update(ends_on=date(2019, 9, 16))
    crowd(around, 5)
    leaver, ready = list(around.activity.attendances.order_by("person"))[:2]
    leaver.person.memberships.update(ended_on=date(2019, 9, 1))
    PromptFactory(person=ready.person, activity=around.activity, state="closed", outcome="silent")

    def planned():
        with time_machine.travel(MORNING, tick=False), transaction.atomic():
            count = plan_all(timezone.now())
            rows = Prompt.objects.order_by("person", "form").values_list("person", "activity", "moment", "form", "due_at", "closes_at", "outcome")
            found = count, list(rows), list(mail.Mail.objects.order_by("about_id").values_list("about_id", "to", "message"))
            transaction.set_rollback(True)
        return found

    at_once = planned()
    monkeypatch.setattr(prompts, "AT_ONCE", 2)

    assert planned() == at_once
    assert at_once[0] == 3


def test_a_batch_of_mails_is_read_in_few_queries(around, django_assert_max_num_queries):
    type(around.activity).objects.update(ends_on=date(2019, 9, 16))
    crowd(around, 5)
    with time_machine.travel(MORNING, tick=False):
        plan_all(timezone.now())
        mails = [(row.about, row.facts) for row in mail.Mail.objects.all()]
        with django_assert_max_num_queries(6):
            known = read_questions(mails)

    assert [len(one.prompts) for one in known] == [1] * 5


# A project's own numbers


def test_a_preview_says_what_goes_out_on_which_day_under_other_numbers(around):
    type(around.activity).objects.update(ends_on=date(2019, 9, 16), time_zone="Europe/Vilnius")
    crowd(around, 3)
    with time_machine.travel("2019-09-16T12:00+03:00", tick=False):
        usual = preview(around.project, {}, timezone.now())
        fewer = preview(around.project, {"reminders": {"max": 0, "after_days": []}, "waves": {"w2": 21}}, timezone.now())

    assert usual[:3] == [(date(2019, 9, 17), 3), (date(2019, 9, 23), 3), (date(2019, 9, 27), 3)]
    assert fewer[:2] == [(date(2019, 9, 17), 3), (date(2019, 10, 7), 3)]
    assert not Prompt.objects.exists()


def test_a_project_asks_by_its_own_numbers(around):
    type(around.activity).objects.update(ends_on=date(2019, 9, 2), time_zone="Europe/Vilnius")
    crowd(around, 1)
    QuestionSettings.objects.create(project=around.project, values={"waves": {"w2": 21}})

    with time_machine.travel("2019-09-03T06:00+03:00", tick=False):
        plan_all(timezone.now())

    assert Prompt.objects.get(form="F3").due_at == datetime.datetime.fromisoformat("2019-09-23T09:30+03:00")
