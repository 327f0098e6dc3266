"""The link in the mail: read by scanners without effect, answered without signing in, useless to whoever it was not for."""

import datetime
import re

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from iimprove import mail
from iimprove.mail import Mail
from learning import emails, waves
from learning.models import NoticeAcceptance, Prompt, Reflection, Takeaway
from partners.models import Person
from tests.factories import AttendanceFactory, PromptFactory
from tests.learning import circle

pytestmark = pytest.mark.django_db


@pytest.fixture
def around():
    around = circle.build()
    AttendanceFactory(person=around.author, activity=around.activity, partner=around.home)
    return around


@pytest.fixture
def prompt(around):
    return PromptFactory(person=around.author, activity=around.activity)


def link(prompt, instead=""):
    return reverse("learning:answer_instead", args=[prompt.token, instead]) if instead else reverse("learning:answer", args=[prompt.token])


def page(prompt, name):
    return reverse(f"learning:answer_{name}", args=[prompt.pk])


def arrive(client, prompt):
    """Press the link in the mail, and the button."""
    client.get(link(prompt), follow=True)
    return client.post(page(prompt, "begin"), follow=True)


def rows():
    return [list(model.objects.order_by("pk").values()) for model in (Prompt, Reflection, Takeaway, NoticeAcceptance, Mail, Person)]


def test_taps_alone_are_an_answer_without_signing_in(client, around, prompt):
    form = arrive(client, prompt)
    answered = client.post(page(prompt, "form"), {"kind-new": ["who"], "will_use-new": "2", "gave": "2", "readers": "partnership"}, follow=True)

    takeaway = Takeaway.objects.get()
    prompt.refresh_from_db()
    assert form.status_code == 200 and "Thank you" in answered.content.decode()
    assert (takeaway.kinds, takeaway.will_use, takeaway.visibility) == (["who"], 2, "partnership")
    assert (takeaway.reflection.author, takeaway.reflection.gave, takeaway.reflection.prompt) == (around.author, 2, prompt)
    assert prompt.outcome == "answered"
    assert around.author.notice_acceptances.exists()
    assert "_auth_user_id" not in client.session


def test_reading_a_link_again_and_again_changes_nothing(client, around, prompt):
    """tests/crawl reads every link a hundred times."""
    around.takeaway(title="Neighbours hold the keys")
    before = rows()
    scanner = Client()
    for number in range(20):
        read = scanner.head if number % 2 else scanner.get
        for url in (link(prompt), link(prompt, "later"), link(prompt, "not-relevant"), link(prompt, "stop")):
            read(url, follow=number % 10 == 0)
        read(page(prompt, "form"), follow=number % 10 == 0)

    assert rows() == before
    assert arrive(client, prompt).status_code == 200


def test_a_scanner_that_presses_the_button_has_changed_nothing_either(client, prompt):
    before = rows()
    arrive(Client(), prompt)

    assert rows() == before


def test_the_token_leaves_the_address_and_goes_no_further(client, prompt):
    answer = client.get(link(prompt))

    assert answer["Location"] == page(prompt, "begin")
    assert answer["Referrer-Policy"] == "no-referrer"
    cookie = answer.cookies["answer"]
    assert cookie["path"] == f"/answer/{prompt.pk}/" and cookie["httponly"] and cookie["samesite"] == "Lax"
    assert client.get(page(prompt, "begin"))["Referrer-Policy"] == "strict-origin"


def test_own_notes_are_listed_and_ticked_and_kept_once(client, around, prompt):
    keys, walks = around.takeaway(title="Neighbours hold the keys"), around.takeaway(title="Walks before talks")
    form = arrive(client, prompt).content.decode()
    said = {"keep": [keys.pk, walks.pk], f"will_use-{keys.pk}": "2", f"kind-{walks.pk}": ["how"], f"level-{walks.pk}": "organisation"}
    client.post(page(prompt, "form"), said)

    keys.refresh_from_db(), walks.refresh_from_db()
    assert "Neighbours hold the keys" in form and "Walks before talks" in form
    assert keys.kept_at and walks.kept_at and Takeaway.objects.count() == 2
    assert (keys.will_use, walks.kinds, keys.visibility, walks.visibility) == (2, ["how"], "only_me", "organisation")


def test_a_link_shows_own_titles_and_nobody_elses_before_it_is_answered(client, around, prompt):
    around.takeaway(title="My own title", told={"text": "The story behind it"})
    around.takeaway(title="Of a colleague", visibility="partnership", told={"author": around.people["colleague"]})
    text = arrive(client, prompt).content.decode()

    assert "My own title" in text
    assert "The story behind it" not in text and "Of a colleague" not in text
    assert 'href="/mine/' not in text and 'href="/p/' not in text


def test_after_answering_one_sees_what_one_may_read_of_that_visit(client, around, prompt):
    for title, level in [("For all partners", "partnership"), ("For me alone", "only_me")]:
        around.takeaway(title=title, visibility=level, told={"author": around.people["other"], "partner_then": around.activity.host})
    arrive(client, prompt)
    text = client.post(page(prompt, "form"), {"gave": "1"}, follow=True).content.decode()

    assert "For all partners" in text and "For me alone" not in text


def test_sent_twice_it_is_one_and_answered_again_it_is_another(client, prompt):
    arrive(client, prompt)
    client.post(page(prompt, "form"), {"keep_new": "Walks before talks"})
    client.post(page(prompt, "form"), {"keep_new": "Walks before talks"})
    assert Reflection.objects.count() == 1

    arrive(client, prompt)
    client.post(page(prompt, "form"), {"keep_new": "Ask the librarian"})
    assert Takeaway.objects.filter(title="Ask the librarian").count() == 1 and Reflection.objects.count() == 2


def test_what_is_wrong_keeps_what_was_typed(client, prompt):
    arrive(client, prompt)
    answer = client.post(page(prompt, "form"), {"keep_new": "Walks before talks", "readers": "person"})

    assert "Walks before talks" in answer.content.decode() and "Say who may read it" in answer.content.decode()
    assert not Reflection.objects.exists()


def test_nothing_at_all_is_no_answer(client, prompt):
    arrive(client, prompt)

    assert "either is enough" in client.post(page(prompt, "form"), {"readers": "only_me"}).content.decode()


def test_a_draft_is_there_again_in_the_same_browser_only_or_after_signing_in(client, around, prompt):
    arrive(client, prompt)
    client.post(page(prompt, "draft"), {"keep_new": "Half a thought", "kind-new": ["who", "why"]})
    elsewhere, signed_in = Client(), Client()
    signed_in.force_login(around.author)

    assert "Half a thought" in arrive(client, prompt).content.decode()
    assert "Half a thought" not in arrive(elsewhere, prompt).content.decode()
    assert "Half a thought" in arrive(signed_in, prompt).content.decode()


@pytest.mark.parametrize("mangled", ["nonsense", "{token}x", "00000000-0000-4000-8000-000000000000.abc:def"])
def test_a_mangled_link_says_so(client, prompt, mangled):
    answer = client.get(reverse("learning:answer", args=[mangled.format(token=prompt.token)]))

    assert answer.status_code == 404 and "does not open anything" in answer.content.decode()


def test_a_revoked_link_mails_a_new_one_to_the_same_address_once(client, prompt):
    old = link(prompt)
    prompt.nonce = "another"
    prompt.save()
    assert page(prompt, "again") in client.get(old).content.decode()
    client.post(page(prompt, "again"))
    client.post(page(prompt, "again"))
    mail.drain()

    assert [email.to for email in outbox.outbox] == [[prompt.person.email]]
    path = re.search(r"/answer/\S+", outbox.outbox[0].body)[0]
    assert client.get(path)["Location"] == page(prompt, "begin")


def test_somebody_elses_cookie_opens_nothing(client, around, prompt):
    other = PromptFactory(person=around.people["other"], activity=around.activity)
    arrive(client, prompt)

    assert client.get(page(other, "begin")).status_code == 404
    assert client.get(page(other, "form")).status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"closes_at": timezone.now() - datetime.timedelta(minutes=1), "due_at": timezone.now() - datetime.timedelta(days=9)},
        {"state": "closed", "outcome": "cancelled"},
    ],
)
def test_a_closed_question_says_so(client, prompt, change):
    Prompt.objects.filter(pk=prompt.pk).update(**change)
    answer = client.get(link(prompt), follow=True)

    assert answer.status_code == 410 and "closed" in answer.content.decode()


def test_later_not_relevant_and_stop_take_a_button(client, around, prompt):
    for instead in ("later", "not-relevant", "stop"):
        assert client.get(link(prompt, instead), follow=True).status_code == 200
    client.post(page(prompt, "decline"))
    prompt.refresh_from_db()
    assert prompt.outcome == "opted_out"
    client.post(page(prompt, "stop"))
    around.author.refresh_from_db()
    assert around.author.mail_preference == "none"


def test_the_mail_has_the_headers_and_links_of_a_letter_one_can_stop(around, prompt, monkeypatch):
    monkeypatch.setattr(waves, "is_quiet", lambda *args: False)
    emails.questions(around.author, [prompt])
    mail.drain()

    letter = outbox.outbox[0]
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/unsubscribe/" in letter.extra_headers["List-Unsubscribe"]
    assert all(f"{link(prompt)}{instead}/" in letter.body for instead in ("later", "not-relevant", "fewer", "stop", "settings"))
    assert letter.subject.startswith("What do you take with you")
