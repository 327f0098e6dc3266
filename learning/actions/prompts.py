"""The planner's hands: makes the prompts table what the plan says, writes the mails that ask, closes what is over. docs/adr/0009."""

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from iimprove.mail import queue_all
from learning import emails, planner
from learning.actions.pauses import end_pauses, pause_the_silent
from learning.facts import last_month, read_existing, read_facts, read_news, read_recipients
from learning.models import Pause, Prompt, PromptMail
from partners.models import Person

LOCK = 0x1E_A2_41  # any number of our own: one planner at a time
AT_ONCE = 2000  # people planned for at once, so that a process stays small however many there are
BATCH = 500


@transaction.atomic
def plan_all(now):
    """One run of the planner; returns how many mails it wrote, or None if another one is running. Harmless twice or late."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return None
    end_pauses(now)
    pause_the_silent(close_over(now), now)
    news, people = read_news(now), list(Person.objects.order_by("pk").values_list("pk", flat=True))
    return sum(_plan(people[first : first + AT_ONCE], news, now) for first in range(0, len(people), AT_ONCE))


def _plan(people, news, now):
    """For some people (ids): nobody's questions depend on anybody else's. Returns how many mails it wrote."""
    facts, existing = read_facts(now, people=people), read_existing(now, people=people)
    put_off = {key for key, row in existing.items() if row.keeps_own_window(now)}
    make(planner.changes(planner.plan(facts.experiences, now, put_off), existing))
    return ask(read_recipients(now, facts.things, people=people, news=news), now)


def close_over(now):
    """Whose time is up: what was asked and not answered was silence; what nobody got a mail about was never asked. Returns who was silent.

    Who is paused was silent three times already, and stays so: they must not vanish from the base of M1.
    """
    over = Prompt.objects.over(now)
    over.filter(outcome=Prompt.Outcome.ANSWERED).update(state=Prompt.State.CLOSED)
    asked = Exists(PromptMail.objects.that_asked().filter(prompt=OuterRef("pk")))
    paused = Exists(Pause.objects.filter(person=OuterRef("person"), ended_at=None))
    silent = over.filter(asked | paused, outcome=Prompt.Outcome.NONE)
    people = set(silent.order_by().values_list("person", flat=True))
    silent.update(state=Prompt.State.CLOSED, outcome=Prompt.Outcome.SILENT)
    over.update(state=Prompt.State.CLOSED, outcome=Prompt.Outcome.CANCELLED)
    return people


def make(changes):
    """Insert, change and cancel, so that the table holds what is wanted. Answers that arrive meanwhile win."""
    Prompt.objects.bulk_create(
        [
            Prompt(person_id=key.person, form=key.form, **{f"{key.occasion.kind}_id": key.occasion.id}, **_stands(want))
            for key, want in changes.insert.items()
        ],
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    rows = Prompt.objects.exclude(outcome__in=planner.SETTLED).select_for_update()
    becomes = {pk: _stands(want) for pk, want in changes.change.items()}
    rows = list(rows.filter(pk__in=becomes))
    for row in rows:
        for name, value in becomes[row.pk].items():
            setattr(row, name, value)
    Prompt.objects.bulk_update(rows, ["due_at", "closes_at", "outcome", "state"], batch_size=BATCH)
    unsettled = Prompt.objects.filter(pk__in=changes.cancel).exclude(outcome__in=planner.SETTLED)
    unsettled.update(outcome=Prompt.Outcome.CANCELLED, state=Prompt.State.CLOSED)


def ask(recipients, now):
    """At most one mail to each, about all that is due; returns how many."""
    outgoing = [mail for recipient in recipients if (mail := planner.next_mail(recipient, now))]
    by_message = {"questions": _ask_questions, "pause": _ask_how_often, "taken": _tell_news}
    for message, write in by_message.items():
        write([mail for mail in outgoing if mail.message == message], now)
    return len(outgoing)


def _ask_questions(outgoing, now):
    mails = queue_all([emails.questions_draft(mail.person, mail.asks, now) for mail in outgoing])
    asked = [(written, prompt, kind) for written, mail in zip(mails, outgoing, strict=True) for prompt, kind in mail.asks]
    PromptMail.objects.bulk_create([PromptMail(mail=written, prompt_id=prompt, kind=kind) for written, prompt, kind in asked], batch_size=BATCH)


def _ask_how_often(outgoing, now):
    mails = queue_all([emails.pause_draft(mail.person, now) for mail in outgoing])
    for written, mail in zip(mails, outgoing, strict=True):
        Pause.objects.filter(person=mail.person, ended_at=None).update(mail=written)


def _tell_news(outgoing, now):
    since, _until = last_month(now)
    queue_all([emails.taken_draft(mail.person, since.date(), now) for mail in outgoing])


def _stands(want):
    return {"due_at": want.due_at, "closes_at": want.closes_at, "outcome": want.outcome, "state": _state(want.outcome)}


def _state(outcome):
    return Prompt.State.CLOSED if outcome else Prompt.State.OPEN
