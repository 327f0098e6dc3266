"""Every mail that nobody asked for can be stopped by the mail program's own button, and that stops mails like it and no others."""

import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from iimprove import mail
from iimprove.mail import NoLongerWanted, messages
from learning import emails
from learning.facts import read_news
from learning.models import Pause, Unsubscription
from learning.models.unsubscription import unsubscribe_token
from partners.emails import NOTICES
from tests.factories import PromptFactory, ReplyFactory
from tests.learning import circle

pytestmark = pytest.mark.django_db

WITHOUT = {"invitation", "all_is_well", *(f"account/{notice}" for notice in NOTICES)}  # how one comes in, what is safe, whether the site runs
ASKED_FOR = {"answer_link", "questions_trial"}  # somebody presses a button for each of these
STOPPED_BY = {"questions": "questions", "pause": "questions", "taken": "news", "reply": "replies"}
STOPPED_BY |= {"who_goes": "attendance", "attendance_missing": "attendance"}


@pytest.fixture(autouse=True)
def on_a_morning_in_september():
    with time_machine.travel("2019-09-03T10:31+02:00", tick=False):
        yield


@pytest.fixture
def around():
    around = circle.build()
    around.activity.starts_on = around.activity.ends_on = datetime.date(2019, 9, 2)
    around.activity.save()
    return around


def questions(around):
    emails.questions(around.author, [PromptFactory(person=around.author, activity=around.activity)])


def answer_link(around):
    emails.new_link(PromptFactory(person=around.author, activity=around.activity))


def pause(around):
    Pause.objects.create(person=around.author)
    mail.queue_all([emails.pause_draft(around.author, timezone.now())])


def taken(around):
    told = timezone.now() - datetime.timedelta(days=10)
    thing = around.takeaway(visibility="partnership", told={"submitted_at": told})
    thing.source_partners.add(around.people["other"].memberships.get().partner)
    mail.queue_all([emails.taken_draft(around.people["other"], datetime.date(2019, 8, 1), timezone.now())])


def reply(around):
    emails.reply(ReplyFactory(takeaway=around.takeaway(visibility="partnership"), author=around.people["other"]), around.author)


def who_goes(around):
    emails.who_goes(around.activity, around.people["other_admin"], around.activity.starts_on)


def attendance_missing(around):
    emails.attendance_missing(around.activity, around.people["other_admin"], around.activity.ends_on)


def questions_trial(around):
    emails.trial(around.project, around.people["coordinator"])


WRITE = {function.__name__: function for function in (questions, answer_link, pause, taken, reply, who_goes, attendance_missing, questions_trial)}


def written(name, around):
    WRITE[name](around)
    return mail.Mail.objects.get()


def stop_address(letter):
    return letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")


def test_each_kind_of_mail_is_among_these_or_says_why_not():
    ours = {name for name, message in messages._messages.items() if message.context.__module__.split(".")[0] in ("learning", "partners", "iimprove")}

    assert ours == set(WRITE) | WITHOUT


@pytest.mark.parametrize("name", WRITE)
def test_it_can_be_stopped_with_one_click_without_a_cookie(around, name):
    letter = mail.compose(written(name, around))

    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert Client(enforce_csrf_checks=True).post(stop_address(letter), {"List-Unsubscribe": "One-Click"}).status_code == 200


@pytest.mark.parametrize("name", sorted(set(WRITE) - ASKED_FOR))
def test_after_it_such_a_mail_goes_no_more(client, around, name):
    row = written(name, around)
    client.post(stop_address(mail.compose(row)))

    with pytest.raises(NoLongerWanted):
        mail.compose(mail.Mail.objects.get(pk=row.pk))


@pytest.mark.parametrize("name", STOPPED_BY)
def test_the_others_still_go(around, name):
    row = written(name, around)
    others = set(Unsubscription.Kind.values) - {STOPPED_BY[name]}
    everybody = [person for person in around.people.values() if person.pk]
    Unsubscription.objects.bulk_create(Unsubscription(person=person, kind=kind) for person in everybody for kind in others)

    assert mail.compose(row).subject


def test_who_wants_no_news_has_none(around):
    taken(around)
    other, other_admin = around.people["other"], around.people["other_admin"]
    Unsubscription.objects.create(person=other, kind="news")

    mail.Mail.objects.all().delete()

    assert read_news(timezone.now()) == {other_admin.pk}


def test_whoever_follows_the_link_is_asked_first(client, around):
    address = reverse("learning:unsubscribe", args=[unsubscribe_token(around.author, "news")])

    page = client.get(address)

    assert "what others took from my organisation" in page.content.decode()
    assert (page.status_code, page["Referrer-Policy"], list(Unsubscription.objects.all())) == (200, "no-referrer", [])


@pytest.mark.parametrize("kind", ["news", "questions"])
def test_pressed_again_it_changes_nothing(client, around, kind):
    address = reverse("learning:unsubscribe", args=[unsubscribe_token(around.author, kind)])

    codes = [client.post(address).status_code for _ in range(2)]

    around.author.refresh_from_db()
    stopped = list(Unsubscription.objects.values_list("person", "kind"))
    assert codes == [200, 200]
    assert (around.author.mail_preference, stopped) == (("none", []) if kind == "questions" else ("all", [(around.author.pk, "news")]))


@pytest.mark.parametrize("mangle", [lambda token: token + "x", lambda token: token.replace("news", "replies"), lambda token: "nonsense"])
def test_a_forged_link_stops_nothing(client, around, mangle):
    address = reverse("learning:unsubscribe", args=[mangle(unsubscribe_token(around.author, "news"))])

    assert client.post(address).status_code == 404
    assert not Unsubscription.objects.exists()


def test_in_ones_settings_they_are_switched_on_and_off(client, around):
    Unsubscription.objects.create(person=around.author, kind="news")
    client.force_login(around.author)
    shown = client.get(reverse("learning:my_questions")).context["form"]["mails"].initial

    client.post(reverse("learning:my_questions"), {"mail_preference": "all", "send_at": "09:30", "mails": ["news", "attendance"]})

    assert shown == ["replies", "attendance"]
    assert list(Unsubscription.objects.values_list("person", "kind")) == [(around.author.pk, "replies")]
