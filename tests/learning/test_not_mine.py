"""No action serves whom it is not for, by whatever page it is reached: it asks itself, and does not rely on the page."""

import uuid

import pytest
from django.core import mail as outbox
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from iimprove import mail
from iimprove.clock import today
from learning import emails
from learning.actions.asked import ask_after_all, decline, snooze
from learning.actions.cards import reply, take_too
from learning.actions.confirmations import ask_to_confirm, confirm
from learning.actions.consent import set_counts_when_few
from learning.actions.deletion import delete, delete_reply, undo_delete
from learning.actions.edits import edit_reflection, edit_takeaway, move_to
from learning.actions.follow_ups import Said, came_of_it, follow_up
from learning.actions.memory import add_link, carry, check, keep, remove
from learning.actions.notes import Thing, answer_prompt, note
from learning.actions.visibility import approve_public, decline_public, set_visibility
from learning.models import Artefact, Pause, Prompt, ReportPack
from partners.models import Person
from tests.factories import ActivityFactory, FollowUpFactory, PromptFactory, ReplyFactory
from tests.learning import circle

pytestmark = pytest.mark.django_db

PROMPTS = {
    "put off": lambda prompt, by: snooze(prompt, 3, by=by, now=timezone.now()),
    "decline": lambda prompt, by: decline(prompt, by=by),
    "ask after all": lambda prompt, by: ask_after_all(prompt, by=by),
    "answer": lambda prompt, by: answer_prompt(prompt, by=by, client_key=uuid.uuid4()),
    "follow up": lambda prompt, by: follow_up(prompt, by=by, client_key=uuid.uuid4()),
}
NOTES = {
    "edit": lambda told, by: edit_reflection(told, by=by, text="Not mine"),
    "move": lambda told, by: move_to(told, by=by),
    "count": lambda told, by: set_counts_when_few(told, True, by=by),
    "share": lambda told, by: set_visibility(told, "public", by=by),
    "delete": lambda told, by: delete(told, by=by),
}
THINGS = {
    "edit": lambda thing, by: edit_takeaway(thing, by=by, title="Not mine"),
    "share": lambda thing, by: set_visibility(thing, "public", by=by),
    "delete": lambda thing, by: delete(thing, by=by),
    "keep as one's own": lambda thing, by: note(by=by, client_key=uuid.uuid4(), things=[Thing(takeaway=thing)]),
    "follow up": lambda thing, by: came_of_it(Said(thing, "tried"), by=by, client_key=uuid.uuid4()),
}
CARDS = {
    "take": lambda thing, by: take_too(thing, by=by),
    "answer": lambda thing, by: reply(thing, by=by, text="Who?", client_key=uuid.uuid4()),
    "keep": lambda thing, by: keep(thing, by=by),
    "carry": lambda thing, by: carry(thing, by=by),
    "link": lambda thing, by: add_link(thing, "https://example.org/", by=by),
}


@pytest.fixture
def around():
    around = circle.build()
    circle.accept(*(around.people[name] for name in ("author", "colleague", "outsider")))
    return around


@pytest.mark.parametrize("act", PROMPTS.values(), ids=PROMPTS)
def test_somebody_elses_question(around, act):
    prompt = PromptFactory(person=around.author, activity=ActivityFactory(project=around.project, ends_on=today()))

    with pytest.raises(PermissionDenied):
        act(prompt, around.people["colleague"])


@pytest.mark.parametrize("act", NOTES.values(), ids=NOTES)
def test_somebody_elses_note(around, act):
    with pytest.raises(PermissionDenied):
        act(around.reflection(visibility="partnership"), around.people["colleague"])


@pytest.mark.parametrize("act", THINGS.values(), ids=THINGS)
def test_somebody_elses_thing(around, act):
    with pytest.raises(PermissionDenied):
        act(around.takeaway(visibility="partnership"), around.people["colleague"])


@pytest.mark.parametrize("act", CARDS.values(), ids=CARDS)
def test_a_card_one_cannot_read(around, act):
    with pytest.raises(PermissionDenied):
        act(around.takeaway(visibility="partnership"), around.people["outsider"])


@pytest.mark.parametrize("act", [check, remove])
def test_a_link_of_another_organisation(around, act):
    link = Artefact.objects.create(takeaway=around.takeaway(visibility="organisation"), link="https://example.org/")

    with pytest.raises(PermissionDenied):
        act(link, by=around.people["outsider"])


@pytest.mark.parametrize("act", [approve_public, decline_public])
@pytest.mark.parametrize("name", ["colleague", "other_admin", "coordinator"])
def test_the_check_of_another_organisation(around, act, name):
    with pytest.raises(PermissionDenied):
        act(around.takeaway(visibility="public"), by=around.people[name])


def test_somebody_elses_answer(around):
    answer = ReplyFactory(takeaway=around.takeaway(visibility="partnership"), author=around.author)

    with pytest.raises(PermissionDenied):
        delete_reply(answer, by=around.people["colleague"])


def test_what_somebody_else_deleted(around):
    with pytest.raises(PermissionDenied):
        undo_delete(around.reflection(deleted_at=timezone.now()), by=around.people["colleague"])


def test_a_confirmation_one_was_not_asked_for(around):
    told = FollowUpFactory(takeaway=around.takeaway())

    with pytest.raises(PermissionDenied):
        confirm(PromptFactory(person=around.author, activity=None, form="F7", follow_up=told), "saw", by=around.people["colleague"])
    with pytest.raises(PermissionDenied):
        ask_to_confirm(told, around.people["outsider"], by=around.author)


# By mail


def test_a_link_is_not_mailed_once_its_question_is_closed(around):
    prompt = PromptFactory(person=around.author, activity=around.activity)
    emails.new_link(prompt)
    Prompt.objects.update(closes_at=timezone.now())
    mail.drain()

    assert outbox.outbox == []


def test_a_test_mail_goes_to_coordinators_alone(around):
    emails.trial(around.project, around.people["former_coordinator"])
    mail.drain()

    assert outbox.outbox == []


@pytest.mark.parametrize("change", [{"mail_preference": "none"}, {"is_active": False}], ids=str)
def test_how_often_is_not_asked_of_whom_no_mail_is_for(around, change, time_machine):
    time_machine.move_to("2019-09-17T09:31+02:00", tick=False)
    Pause.objects.create(person=around.author)
    mail.queue_all([emails.pause_draft(around.author, timezone.now())])
    Person.objects.filter(pk=around.author.pk).update(**change)
    mail.drain()

    assert outbox.outbox == []


# By an address


def test_a_draft_is_kept_for_who_has_pressed_the_button_of_the_link(client, around):
    prompt = PromptFactory(person=around.author, activity=around.activity)
    client.get(reverse("learning:answer", args=[prompt.token]))

    answer = client.post(reverse("learning:answer_draft", args=[prompt.pk]), {"keep_new": "Half a thought"})

    assert (answer.status_code, around.author.reflections.exists()) == (403, False)


def test_a_report_of_an_unknown_kind_is_not_made(client, around):
    client.force_login(around.people["coordinator"])

    answer = client.post(reverse("learning:report_ask", args=[around.project.slug]), {"kind": "exe"})

    assert (answer.status_code, ReportPack.objects.exists()) == (404, False)


def test_what_cannot_be_done_with_a_card_has_no_address(client, around):
    card = around.takeaway(visibility="organisation")
    client.force_login(around.people["colleague"])

    assert client.post(reverse("learning:memory_act", args=[around.home.slug, card.pk, "burn"])).status_code == 404
