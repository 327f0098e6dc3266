"""The questions of a project, for those who look after them: counts, addresses, settings, one reminder more."""

import datetime

import pytest
import time_machine
from django.core import mail as outbox
from django.urls import reverse
from django.utils import timezone

from iimprove import bounces, mail
from iimprove.mail import Mail
from learning.actions.prompts import plan_all
from learning.defaults import DEFAULTS
from learning.disclosure.queue import Asked, counts, mails_by_day
from learning.emails import questions_bounced
from learning.models import Nudge, Prompt, QuestionSettings
from learning.own_defaults import defaults_of
from partners.models import Event
from tests.factories import AttendanceFactory, MembershipFactory, PromptFactory
from tests.learning import circle

pytestmark = pytest.mark.django_db

EVENING = "2019-08-22T18:00+02:00"
MORNING = "2019-08-23T09:31+02:00"
MONDAY = "2019-08-26T09:31+02:00"


@pytest.fixture
def around():
    around = circle.build()
    around.activity.starts_on, around.activity.ends_on = datetime.date(2019, 8, 18), datetime.date(2019, 8, 22)
    around.activity.code, around.activity.time_zone = "TM2", "Europe/Stockholm"
    around.activity.save()
    return around


@pytest.fixture
def coordinator(around, client):
    client.force_login(around.people["coordinator"])
    return around.people["coordinator"]


def url(around, name):
    return reverse(f"learning:question_{name}", args=[around.project.slug])


def asked(around, number, **values):
    return [PromptFactory(person=MembershipFactory(partner=around.home).person, activity=around.activity, **values) for _number in range(number)]


def bounced(around, person):
    """Asked on Friday morning; the mail came back."""
    AttendanceFactory(person=person, activity=around.activity, partner=around.home)
    type(person).objects.filter(pk=person.pk).update(time_zone="Europe/Stockholm")
    with time_machine.travel(MORNING, tick=False):
        plan_all(timezone.now())
    Mail.objects.filter(to=person.email).update(state="failed")
    questions_bounced(person)
    bounces.record(person.email, event_id=f"bounce of {person.pk}", is_permanent=True, words="550 no such person")


# Counts


def line(number, *, start=0, form="F2", outcome="", is_sent=False):
    return [Asked(start + each, 1, form, is_sent, outcome) for each in range(number)]


def test_counts_by_question_and_state():
    rows = [
        *line(2),
        *line(3, start=10, is_sent=True),
        *line(1, start=20, is_sent=True, outcome="answered"),
        *line(1, start=30, outcome="opted_out"),
    ]

    assert counts(rows)[1, "F2"].value == {"planned": 2, "sent": 4, "answered": 1, "opted_out": 1}


def test_who_is_silent_is_no_state_of_its_own():
    assert counts(line(4, is_sent=True, outcome="silent"))[1, "F2"].value == {"sent": 4}


@pytest.mark.parametrize(("people", "hidden"), [(2, "protected"), (3, None)])
def test_counts_are_shown_from_three_people(people, hidden):
    figure = counts(line(people, is_sent=True, outcome="answered"))[1, "F2"]

    assert (figure.hidden, figure.value is None, figure.n is None) == (hidden, hidden is not None, hidden is not None)


def test_two_prompts_of_one_person_are_one_person():
    assert counts([*line(2), *line(1)])[1, "F2"].hidden == "protected"


def test_days_with_fewer_than_three_mails_say_so():
    day = datetime.date(2019, 9, 5)

    assert [figure.value for _day, figure in mails_by_day([(day, 14), (day, 2)])] == [14, None]


def test_the_page_counts_and_names_nobody(client, around, coordinator):
    prompts = asked(around, 3)
    Prompt.objects.filter(pk=prompts[0].pk).update(outcome="answered", answered_at=timezone.now())
    asked(around, 2, form="F4")

    page = client.get(url(around, "queue")).content.decode()

    assert "TM2" in page and "hidden to protect people" in page
    assert 'data-label="Answered">1<' in page
    assert not any(prompt.person.name in page or prompt.person.email in page for prompt in prompts)


def test_what_colleagues_ask_each_other_is_not_counted(client, around, coordinator):
    thing = around.takeaway()
    told = thing.follow_ups.create(wave="m3", state="tried")
    for prompt in asked(around, 3):
        Prompt.objects.filter(pk=prompt.pk).update(activity=None, follow_up=told, form="F7")

    assert "No question yet" in client.get(url(around, "queue")).content.decode()


# Addresses


def test_an_address_that_came_back_is_named_to_those_who_look_after_it(client, around):
    bounced(around, around.author)

    seen = {}
    for name in ("coordinator", "admin", "other_admin"):
        client.force_login(around.people[name])
        seen[name] = around.author.email in client.get(url(around, "queue")).content.decode()

    assert seen == {"coordinator": True, "admin": True, "other_admin": False}


def test_once_the_address_is_mended_it_is_asked_anew(client, around):
    bounced(around, around.author)
    assert Prompt.objects.get().outcome == "undeliverable"
    type(around.author).objects.filter(pk=around.author.pk).update(email="mended@example.org")
    client.force_login(around.people["admin"])

    with time_machine.travel(MONDAY, tick=False):
        page = client.get(url(around, "queue")).content.decode()
        client.post(url(around, "again"), {"person": around.author.pk})
        plan_all(timezone.now())
        mail.drain()

    assert "mended@example.org" in page
    assert Prompt.objects.get().outcome == ""
    assert [letter.to for letter in outbox.outbox] == [["mended@example.org"]]


def test_send_again_lifts_the_stop_of_the_same_address(client, around, coordinator):
    bounced(around, around.author)

    with time_machine.travel(MONDAY, tick=False):
        client.post(url(around, "again"), {"person": around.author.pk})

    assert bounces.of([around.author.email]) == {}
    assert Event.objects.get(verb="mail_tried_again").person == around.author


@pytest.mark.parametrize("who", ["other_admin", "admin"])
def test_nobody_sends_again_to_who_is_not_theirs_or_has_not_bounced(client, around, who):
    if who == "other_admin":
        bounced(around, around.author)
    client.force_login(around.people[who])

    assert client.post(url(around, "again"), {"person": around.author.pk}).status_code == 404
    assert client.post(url(around, "again"), {"person": "x"}).status_code == 404


# Name, greeting, test mail


def test_a_test_mail_comes_with_the_projects_name_and_greeting(client, around, coordinator):
    educator = around.people["educator"]
    client.post(url(around, "letters"), {"sender": educator.pk, "greeting": "Warm greetings from the river."})
    for _time in range(2):
        client.post(url(around, "trial"))
    mail.drain()

    (letter,) = outbox.outbox
    assert letter.to == [coordinator.email] and letter.subject.startswith("Test: ")
    assert "Warm greetings from the river." in letter.body
    assert letter.from_email.startswith(educator.name)
    assert Event.objects.filter(verb="questions_changed", project=around.project).count() == 1


def test_only_who_has_a_role_in_the_project_gives_the_name(client, around, coordinator):
    answer = client.post(url(around, "letters"), {"sender": around.author.pk, "greeting": "Kept as typed"})

    assert answer.status_code == 200 and "Kept as typed" in answer.content.decode()
    assert not QuestionSettings.objects.exists()


# Numbers


def typed(client, around, **changes):
    """The form as it comes, with some boxes changed."""
    form = client.get(url(around, "numbers")).context["form"]
    return {name: form[name].value() for name in form.fields} | changes


def test_numbers_are_shown_before_they_are_saved(client, around, coordinator):
    data = typed(client, around, waves__m3=75)

    shown = client.post(url(around, "numbers"), data)
    assert "Not saved yet" in shown.content.decode()
    assert defaults_of(around.project) == DEFAULTS

    client.post(url(around, "numbers"), data | {"save": "1"})
    assert QuestionSettings.objects.get().values == {"waves": {"m3": 75}}
    assert defaults_of(around.project).waves.m3 == 75


def test_the_preview_follows_what_is_typed(client, around, coordinator):
    for _number in range(3):
        person = MembershipFactory(partner=around.home).person
        AttendanceFactory(person=person, activity=around.activity, partner=around.home)
        type(person).objects.filter(pk=person.pk).update(time_zone="Europe/Stockholm")
    with time_machine.travel(EVENING, tick=False):
        client.force_login(coordinator)
        without = client.post(url(around, "numbers"), typed(client, around, reminders__max=0, reminders__after_days="4, 10"))

    planned = [(day, figure.value) for day, figure in without.context["planned"]]
    usual = [(day, figure.value) for day, figure in without.context["days"]]
    assert planned == [(datetime.date(2019, 8, 23), 3)]
    assert [count for _day, count in usual] == [3, 3, 3], "one mail and two reminders"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("waves__m3", "5", "from 60 to 150"),
        ("reminders__after_days", "4, soon", "Whole numbers"),
        ("reminders__after_days", "4", "each reminder"),
        ("quiet__to", "06:00", "08:30"),
        ("load__mails_per_7d", "3", "from 1 to 2"),
    ],
)
def test_what_would_be_too_much_is_refused_at_its_field(client, around, coordinator, field, value, words):
    answer = client.post(url(around, "numbers"), typed(client, around, **{field: value}, save="1"))

    assert words in " ".join(answer.context["form"].errors[field])
    assert not QuestionSettings.objects.exists()


# Remind


def test_reminding_says_at_most_how_many_and_not_who(client, around, coordinator):
    prompts = asked(around, 4)
    Prompt.objects.filter(pk=prompts[0].pk).update(outcome="answered", answered_at=timezone.now())

    page = client.get(url(around, "remind")).content.decode()

    assert "at most 4 mails" in page, "how many have answered is not said"
    assert not any(prompt.person.name in page for prompt in prompts)


def test_reminding_is_written_down_once_a_week(client, around, coordinator):
    asked(around, 3)

    codes = [client.post(url(around, "remind"), {"about": around.activity.pk}).status_code for _time in range(2)]

    assert codes == [302, 200]
    assert Nudge.objects.get().activity == around.activity
    assert Event.objects.get(verb="reminded").activity == around.activity
    Nudge.objects.update(at=timezone.now() - datetime.timedelta(days=8))
    assert client.post(url(around, "remind"), {"about": "all"}).status_code == 302


def test_after_the_whole_project_no_activity_is_reminded_again(client, around, coordinator):
    asked(around, 3)
    client.post(url(around, "remind"), {"about": "all"})

    assert client.post(url(around, "remind"), {"about": around.activity.pk}).status_code == 200
    assert Nudge.objects.count() == 1


def test_where_nobody_is_asked_there_is_nobody_to_remind(client, around, coordinator):
    assert "Nobody is asked anything now" in client.get(url(around, "remind")).content.decode()
    client.post(url(around, "remind"), {"about": "all"})
    assert not Nudge.objects.exists()


# Mail stands still


@pytest.mark.parametrize(("who", "minutes", "is_said"), [("coordinator", 20, True), ("coordinator", 5, False), ("admin", 20, False)])
def test_coordinators_are_told_when_mail_stands_still(client, around, who, minutes, is_said):
    late = timezone.now() - datetime.timedelta(minutes=minutes)
    mail.queue("questions", to="somebody@example.org", language="en", at=late)
    client.force_login(around.people[who])

    assert ("Mail stands still" in client.get(url(around, "queue")).content.decode()) == is_said
