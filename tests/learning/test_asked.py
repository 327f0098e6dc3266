"""Later, not this, fewer, stop: a link and a button, without signing in; and each of them taken back."""

import datetime
import re

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from iimprove import mail
from learning.actions.asked import later_days, snooze
from learning.models import Pause, Prompt, SwitchedOff
from tests.factories import ActivityFactory, AttendanceFactory, PromptFactory, ReflectionFactory
from tests.learning import circle

pytestmark = pytest.mark.django_db

MONDAY = "2019-08-26T10:00+02:00"


@pytest.fixture(autouse=True)
def on_a_monday_in_august():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def around():
    around = circle.build()
    around.activity.starts_on, around.activity.ends_on = datetime.date(2019, 8, 18), datetime.date(2019, 8, 22)
    around.activity.save()
    AttendanceFactory(person=around.author, activity=around.activity, partner=around.home)
    return around


@pytest.fixture
def prompt(around):
    return PromptFactory(person=around.author, activity=around.activity)


def follow(client, prompt, instead):
    """The link in the mail."""
    return client.get(reverse("learning:answer_instead", args=[prompt.token, instead]), follow=True)


def press(client, prompt, name, data=None):
    return client.post(reverse(f"learning:answer_{name}", args=[prompt.pk]), data or {})


def undo(client, prompt, answer):
    """Press the button of the page that says what was done."""
    done = re.search(r'name="done" value="([^"]+)"', answer.content.decode())[1]
    return press(client, prompt, "undo", {"done": done})


def state_of(prompt):
    row = Prompt.objects.get(pk=prompt.pk)
    return row.state, row.outcome, row.due_at, row.closes_at, row.snoozes


# Later


def test_later_is_a_link_and_a_button_and_can_be_taken_back(client, prompt):
    before = state_of(prompt)

    page = follow(client, prompt, "later")
    done = press(client, prompt, "later", {"days": "3"})

    after = Prompt.objects.get()
    assert [words in page.content.decode() for words in ("In three days", "In two weeks", "After this phase, in a month")] == [True] * 3
    assert (after.due_at.date(), after.snoozes) == (datetime.date(2019, 8, 29), 1)
    undone = undo(client, prompt, done)
    assert "Taken back" in undone.content.decode()
    assert state_of(prompt) == before


def test_taking_later_back_twice_takes_back_one(client, prompt):
    follow(client, prompt, "later")
    press(client, prompt, "later", {"days": "3"})
    second = press(client, prompt, "later", {"days": "14"})

    undo(client, prompt, second)
    undo(client, prompt, second)

    assert (Prompt.objects.get().snoozes, Prompt.objects.get().due_at.date()) == (1, datetime.date(2019, 8, 29))


def test_after_two_times_later_the_page_offers_no_third(client, prompt):
    follow(client, prompt, "later")
    press(client, prompt, "later", {"days": "3"})
    press(client, prompt, "later", {"days": "3"})

    page = follow(client, prompt, "later")
    refused = press(client, prompt, "later", {"days": "3"})

    assert 'name="days"' not in page.content.decode()
    assert "cannot be put off" in refused.content.decode()
    assert Prompt.objects.get().snoozes == 2


def test_after_this_phase_is_the_working_day_after_the_activity_one_is_at(around, prompt):
    now = timezone.now()
    running = ActivityFactory(project=around.project, starts_on=datetime.date(2019, 8, 25), ends_on=datetime.date(2019, 8, 30))
    AttendanceFactory(person=around.author, activity=running, partner=around.home)

    days = later_days(prompt, now)
    snooze(prompt, days[1], by=around.author, now=now)

    assert days == [3, 5, 14]
    assert Prompt.objects.get().due_at.date() == datetime.date(2019, 9, 2), "the 30th is a Friday"


@pytest.mark.parametrize("values", [{"state": "absent"}, {"activity__status": "cancelled"}])
def test_an_activity_one_is_not_at_is_no_phase(around, prompt, values):
    dates = {"activity__starts_on": datetime.date(2019, 8, 25), "activity__ends_on": datetime.date(2019, 8, 30)}
    AttendanceFactory(person=around.author, activity__project=around.project, partner=around.home, **dates, **values)

    assert later_days(prompt, timezone.now()) == [3, 14, 30]


def test_the_phase_is_not_offered_where_it_would_be_too_late(around, prompt):
    around.activity.starts_on, around.activity.ends_on = datetime.date(2019, 8, 1), datetime.date(2019, 8, 5)
    around.activity.save()
    prompt.refresh_from_db()

    assert later_days(prompt, timezone.now()) == [3, 14], "45 days after the end are over on 19 September"


def test_a_later_wave_is_put_off_for_45_days_after_its_first_mail_at_most(around):
    prompt = PromptFactory(person=around.author, activity=around.activity, form="F4", closes_at=timezone.now() + datetime.timedelta(days=30))
    asked = mail.queue("questions", to=around.author.email, language="en")
    prompt.prompt_mails.create(mail=asked)

    with time_machine.travel("2019-09-20T10:00+02:00", tick=False):
        first = later_days(prompt, timezone.now())
    with time_machine.travel("2019-09-02T10:00+02:00", tick=False):
        snooze(prompt, 30, by=around.author, now=timezone.now())

    row = Prompt.objects.get()
    assert first == [3, 14]
    assert (row.due_at.date(), row.closes_at.date()) == (datetime.date(2019, 10, 2), datetime.date(2019, 10, 9))


# Not this one


def test_not_relevant_switches_off_every_wave_of_the_occasion_and_nothing_else(client, around, prompt):
    later_wave = PromptFactory(person=around.author, activity=around.activity, form="F4")
    elsewhere = PromptFactory(person=around.author)
    colleague = PromptFactory(person=around.people["colleague"], activity=around.activity)

    follow(client, prompt, "not-relevant")
    done = press(client, prompt, "decline")

    assert [row.outcome for row in Prompt.objects.filter(pk__in=[prompt.pk, later_wave.pk])] == ["opted_out", "opted_out"]
    assert [row.outcome for row in Prompt.objects.filter(pk__in=[elsewhere.pk, colleague.pk])] == ["", ""]
    assert SwitchedOff.objects.get().activity == around.activity
    undo(client, prompt, done)
    assert set(Prompt.objects.values_list("state", "outcome")) == {("open", "")}
    assert not SwitchedOff.objects.exists()


def test_what_was_answered_stays_answered(client, around, prompt):
    answered = PromptFactory(person=around.author, activity=around.activity, form="F3", outcome="answered", answered_at=timezone.now())

    follow(client, prompt, "not-relevant")
    press(client, prompt, "decline")

    assert Prompt.objects.get(pk=answered.pk).outcome == "answered"


def test_a_moment_is_switched_off_alone(client, around):
    first, second = (ReflectionFactory(author=around.author, happened_on=datetime.date(2019, 8, 12)) for _number in range(2))
    prompts = [PromptFactory(person=around.author, activity=None, moment=moment, form="F3") for moment in (first, second)]

    page = follow(client, prompts[0], "not-relevant")
    press(client, prompts[0], "decline")

    assert "12 August 2019" in page.content.decode()
    assert [Prompt.objects.get(pk=row.pk).outcome for row in prompts] == ["opted_out", ""]


def test_a_confirmation_is_declined_alone(client, around):
    told = around.takeaway(told={"author": around.people["colleague"]}).follow_ups.create(wave="m3", state="in_use")
    asked = PromptFactory(person=around.author, activity=None, follow_up=told, form="F7")
    other = PromptFactory(person=around.author, activity=around.activity)

    follow(client, asked, "not-relevant")
    done = press(client, asked, "decline")

    assert [Prompt.objects.get(pk=row.pk).outcome for row in (asked, other)] == ["opted_out", ""]
    assert not SwitchedOff.objects.exists()
    undo(client, asked, done)
    assert Prompt.objects.get(pk=asked.pk).outcome == ""


# Fewer, stop


@pytest.mark.parametrize(("instead", "name", "preference"), [("fewer", "fewer", "fewer"), ("stop", "stop", "none")])
def test_fewer_and_stop_are_a_link_and_a_button_and_can_be_taken_back(client, around, prompt, instead, name, preference):
    page = follow(client, prompt, instead)
    around.author.refresh_from_db()
    assert (page.status_code, around.author.mail_preference) == (200, "all"), "the link alone does nothing"

    done = press(client, prompt, name)
    around.author.refresh_from_db()
    assert around.author.mail_preference == preference

    undo(client, prompt, done)
    around.author.refresh_from_db()
    assert around.author.mail_preference == "all"


@pytest.mark.parametrize("instead", ["fewer", "stop", "settings"])
def test_an_old_mail_still_stops_the_questions(client, prompt, instead):
    Prompt.objects.update(closes_at=timezone.now() - datetime.timedelta(days=1), due_at=timezone.now() - datetime.timedelta(days=9))

    assert follow(client, prompt, instead).status_code == 200
    assert follow(client, prompt, "later").status_code == 410


def test_the_settings_behind_a_link_show_no_other_question(client, around, prompt):
    other = ActivityFactory(project=around.project, title="A walk along the Vilnia")
    PromptFactory(person=around.author, activity=other)

    page = follow(client, prompt, "settings").content.decode()

    assert "Vilnia" not in page and around.author.email not in page
    assert all(reverse(f"learning:answer_{name}", args=[prompt.pk]) in page for name in ("later", "decline", "fewer", "stop"))


def test_what_one_link_did_is_not_taken_back_by_another(client, around, prompt):
    follow(client, prompt, "stop")
    done = press(client, prompt, "stop")
    other = PromptFactory(person=around.people["colleague"], activity=around.activity)
    follow(client, other, "settings")

    assert undo(client, other, done).status_code == 403
    assert press(client, other, "undo", {"done": "rubbish"}).status_code == 403


# More, less, stop?


@pytest.mark.parametrize(("said", "preference"), [("more", "all"), ("less", "fewer"), ("stop", "none")])
def test_more_less_stop(client, around, said, preference):
    pause = Pause.objects.create(person=around.author)

    page = client.get(reverse("learning:pause", args=[pause.token]), follow=True)
    client.post(reverse("learning:pause_answer"), {"said": said})

    pause.refresh_from_db()
    around.author.refresh_from_db()
    assert page.redirect_chain == [("/pause/", 302)], "the token leaves the address"
    assert (pause.said, pause.ended_at is not None, around.author.mail_preference) == (said, True, preference)


def test_the_last_word_about_a_pause_counts(client, around):
    pause = Pause.objects.create(person=around.author)
    client.get(reverse("learning:pause", args=[pause.token]))

    for said in ("stop", "more"):
        client.post(reverse("learning:pause_answer"), {"said": said})

    around.author.refresh_from_db()
    assert around.author.mail_preference == "all"


@pytest.mark.parametrize("mangled", ["x", "1.abc:def"])
def test_a_mangled_link_of_a_pause_opens_nothing(client, around, mangled):
    Pause.objects.create(person=around.author)

    assert client.get(reverse("learning:pause", args=[mangled]), follow=True).status_code == 404


def test_somebody_elses_pause_is_not_answered_with_ones_own(client, around):
    """On a shared computer: whose link was followed last, and not who is signed in."""
    own, other = (Pause.objects.create(person=around.people[name]) for name in ("author", "colleague"))
    client.force_login(around.author)
    client.get(reverse("learning:pause", args=[other.token]))

    settings = client.get(reverse("learning:my_questions")).content.decode()
    answer = client.get(re.search(r'href="(/pause/[^"]+)"', settings)[1], follow=True)
    client.post(reverse("learning:pause_answer"), {"said": "stop"})

    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.said, other.said) == ("stop", "")
    assert answer["Cache-Control"] == "no-store"


# Signed in


def test_my_questions_are_listed_with_their_days_and_nobody_elses(client, around, prompt):
    coming = ActivityFactory(project=around.project, title="Coming up")
    PromptFactory(person=around.author, activity=coming, form="F4", due_at=timezone.now() + datetime.timedelta(days=9))
    PromptFactory(person=around.people["colleague"], activity=ActivityFactory(project=around.project, title="Of a colleague"))
    client.force_login(around.author)

    page = client.get(reverse("learning:my_questions")).content.decode()

    assert page.index("Open now") < page.index(f"{around.activity.code} ") < page.index("Coming<") < page.index("Coming up")
    assert "4 September 2019" in page
    assert "Of a colleague" not in page


def test_one_that_was_switched_off_is_switched_on_again(client, around, prompt):
    client.force_login(around.author)
    press(client, prompt, "decline")
    off = SwitchedOff.objects.get()
    stranger = SwitchedOff.objects.create(person=around.people["colleague"], activity=around.activity)

    codes = [client.post(reverse("learning:my_questions_again"), {"off": pk}).status_code for pk in (off.pk, stranger.pk, "x")]

    assert codes == [302, 404, 404]
    assert Prompt.objects.get().outcome == ""
    assert SwitchedOff.objects.get() == stranger


def test_hour_preference_and_what_a_mail_holds_are_saved(client, around):
    client.force_login(around.author)

    client.post(reverse("learning:my_questions"), {"mail_preference": "fewer", "send_at": "18:45", "titles_in_mail": "on"})

    around.author.refresh_from_db()
    saved = (around.author.mail_preference, around.author.send_at, around.author.titles_in_mail, around.author.calendar_in_mail)
    assert saved == ("fewer", datetime.time(18, 45), True, False)


def test_switching_questions_on_again_opens_what_was_closed_only_for_that(client, around, prompt):
    switched_off = PromptFactory(person=around.author, state="closed", outcome="opted_out")
    SwitchedOff.objects.create(person=around.author, activity=switched_off.activity)
    over = PromptFactory(
        person=around.author,
        state="closed",
        outcome="opted_out",
        due_at=timezone.now() - datetime.timedelta(days=9),
        closes_at=timezone.now() - datetime.timedelta(days=1),
    )
    Prompt.objects.filter(pk=prompt.pk).update(state="closed", outcome="opted_out")
    client.force_login(around.author)

    client.post(reverse("learning:my_questions"), {"mail_preference": "all", "send_at": "09:30"})

    assert [Prompt.objects.get(pk=row.pk).outcome for row in (prompt, switched_off, over)] == ["", "opted_out", "opted_out"]
