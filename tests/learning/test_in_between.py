"""What changes while somebody acts on it is seen: each action takes its row to itself before it reads it."""

import datetime
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from iimprove.clock import today
from learning.actions.asked import answer_pause, snooze
from learning.actions.confirmations import confirm
from learning.actions.consent import set_counts_when_few
from learning.actions.edits import edit_reflection, edit_takeaway, move_to
from learning.actions.follow_ups import Said, came_of_it, follow_up
from learning.actions.notes import Thing, answer_prompt, note
from learning.actions.prompts import make
from learning.actions.releases import release_if_due
from learning.actions.report_making import make_waiting
from learning.actions.visibility import set_visibility
from learning.models import FollowUp, Pause, Prompt, Reflection, Release, ReportPack, Visibility
from learning.planner.changes import Changes
from learning.planner.plan import Wanted
from partners.models import Person, Project
from tests.factories import ActivityFactory, FollowUpFactory, PromptFactory
from tests.learning import circle
from tests.races import in_between

pytestmark = pytest.mark.django_db(transaction=True)
MONTH = datetime.timedelta(days=30)


@pytest.fixture
def around():
    around = circle.build()
    circle.accept(around.author)
    return around


@pytest.fixture
def thing(around):
    return around.takeaway(visibility="partnership")


@pytest.fixture
def prompt(around):
    return PromptFactory(person=around.author, activity=ActivityFactory(project=around.project, ends_on=today()))


def changes(row, **values):
    return lambda: type(row).objects.filter(pk=row.pk).update(**values)


NOTES = {
    "edit": lambda note, by: edit_reflection(note, by=by, text="Something else"),
    "move": lambda note, by: move_to(note, by=by),
    "count": lambda note, by: set_counts_when_few(note, True, by=by),
    "share": lambda note, by: set_visibility(note, Visibility.PARTNERSHIP, by=by),
}
THINGS = {
    "edit": lambda thing, by: edit_takeaway(thing, by=by, title="Something else"),
    "share": lambda thing, by: set_visibility(thing, Visibility.PUBLIC, by=by),
    "keep": lambda thing, by: note(by=by, client_key=uuid.uuid4(), things=[Thing(takeaway=thing, will_use=2)]),
    "follow up": lambda thing, by: came_of_it(Said(thing, "tried"), by=by, client_key=uuid.uuid4()),
}
PROMPTS = {
    "answer": lambda prompt, by: answer_prompt(prompt, by=by, client_key=uuid.uuid4(), gave=1),
    "follow up": lambda prompt, by: follow_up(prompt, by=by, client_key=uuid.uuid4()),
    "put off": lambda prompt, by: snooze(prompt, 3, by=by, now=timezone.now()),
}


@pytest.mark.parametrize("act", NOTES.values(), ids=NOTES)
def test_a_note_deleted_meanwhile_is_left_alone(around, act):
    told = around.reflection()

    answer = in_between(changes(told, deleted_at=timezone.now()), lambda: act(told, around.author))

    assert isinstance(answer, PermissionDenied)


@pytest.mark.parametrize("act", THINGS.values(), ids=THINGS)
def test_a_thing_deleted_meanwhile_is_left_alone(around, thing, act):
    answer = in_between(changes(thing, deleted_at=timezone.now()), lambda: act(thing, around.author))

    assert isinstance(answer, PermissionDenied)


@pytest.mark.parametrize("act", PROMPTS.values(), ids=PROMPTS)
def test_a_question_cancelled_meanwhile_is_not_answered(around, prompt, act):
    answer = in_between(changes(prompt, outcome="cancelled", state="closed"), lambda: act(prompt, around.author))

    assert isinstance(answer, PermissionDenied)


def test_what_is_cancelled_meanwhile_is_not_confirmed(around, thing):
    colleague = around.people["colleague"]
    prompt = PromptFactory(person=colleague, activity=None, form="F7", follow_up=FollowUpFactory(takeaway=thing))

    answer = in_between(changes(prompt, outcome="cancelled", state="closed"), lambda: confirm(prompt, "saw", by=colleague))

    assert isinstance(answer, PermissionDenied)


def test_a_note_sent_meanwhile_stays_what_it_was(around):
    draft = around.reflection(submitted_at=None, text="")

    in_between(
        changes(draft, submitted_at=timezone.now(), text="The first"),
        lambda: note(by=around.author, client_key=draft.client_key, text="The second"),
        hold=lambda: Reflection.objects.select_for_update().get(pk=draft.pk),
    )

    draft.refresh_from_db()
    assert draft.text == "The first"


def test_what_became_of_a_thing_and_is_widened_meanwhile_is_narrowed_with_it(around, thing):
    row = FollowUpFactory(takeaway=thing)

    in_between(changes(row, visibility="partnership"), lambda: set_visibility(thing, Visibility.ONLY_ME, by=around.author))

    assert FollowUp.objects.get().visibility == Visibility.ONLY_ME


def test_the_last_word_about_how_often_counts(around):
    pause = Pause.objects.create(person=around.author)
    Person.objects.filter(pk=around.author.pk).update(mail_preference="none")

    in_between(changes(pause, said="stop"), lambda: answer_pause(pause, Pause.Said.MORE, now=timezone.now()))

    around.author.refresh_from_db()
    assert around.author.mail_preference == Person.MailPreference.ALL


def test_a_question_answered_meanwhile_is_not_moved_by_a_plan(prompt):
    later = Wanted(prompt.due_at + MONTH, prompt.closes_at + MONTH)
    plan = Changes(insert={}, change={prompt.pk: later}, cancel=[])

    failed = in_between(changes(prompt, outcome="answered", answered_at=timezone.now()), lambda: transaction.atomic(make)(plan))

    assert failed is None
    assert Prompt.objects.values_list("outcome", "due_at").get() == ("answered", prompt.due_at)


def test_a_project_is_released_once_however_many_workers_come(around):
    now = timezone.now()

    def other():
        project = Project.objects.select_for_update().get(pk=around.project.pk)
        Release.objects.create(project=project, at=now, figures={}, batches={}, windows=[])

    assert in_between(other, lambda: release_if_due(around.project, now + datetime.timedelta(hours=1))) is False
    assert Release.objects.count() == 1


def test_a_report_another_worker_makes_is_not_made_again(around):
    pack = ReportPack.objects.create(project=around.project, kind="xlsx", language="en", asked_by=around.people["coordinator"])

    assert in_between(lambda: ReportPack.objects.select_for_update().get(pk=pack.pk), make_waiting) == 0
