"""The mail that asks: one for everything that is due."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from iimprove import mail
from learning import planner
from learning.emails.entry import calendar_entry
from learning.emails.hours import calendar_now, written_on
from learning.emails.links import answer_url, closing_day, one_click
from learning.emails.words import question, reason
from learning.instrument import FORMS, minutes
from learning.models import Pause, Prompt, PromptMail, QuestionSettings, SwitchedOff, Takeaway
from partners.models import Project

Kind = PromptMail.Kind


def questions_draft(person, asks, now, *, at_once=False):
    """One mail about all of `asks`, which are (id of a prompt, kind) of this person; not written yet. `at_once`: at any hour."""
    facts = {"prompts": [str(pk) for pk, _kind in asks]} | written_on(now)
    if all(kind == Kind.REMINDER for _pk, kind in asks):
        facts["again"] = True
    if at_once:
        facts["at_once"] = True
    return mail.draft("questions", to=person.email, language=person.language, about=person, facts=facts)


def questions(person, prompts, *, at_once=False):
    """The same for `prompts` that were never asked, written into the outbox; returns it."""
    written = questions_draft(person, [(prompt.pk, Kind.FIRST) for prompt in prompts], timezone.now(), at_once=at_once)
    written.save(force_insert=True)
    return written


def questions_bounced(person):
    """The recipient's server refused the address: nobody was asked, and nobody was silent."""
    failed = Prompt.objects.filter(person=person, prompt_mails__mail__state=mail.Mail.State.FAILED, outcome=Prompt.Outcome.NONE)
    Prompt.objects.filter(pk__in=failed.values("pk")).update(state=Prompt.State.CLOSED, outcome=Prompt.Outcome.UNDELIVERABLE)


@mail.message("questions", refused=questions_bounced)
def questions_now(person, facts):
    """Asks only what is still open, of somebody who is still there and wants it, at an hour for mails."""
    prompts = _still_asked(person, facts["prompts"]) if person and person.is_active else []
    if not prompts:
        raise mail.NoLongerWanted("answered, closed, not wanted or no longer there")
    calendar = calendar_now(person, facts)
    titles = _own_titles(person, prompts)
    asked = [_asked(prompt, calendar, titles.get(prompt.pk, []), person) for prompt in prompts]
    first = prompts[0]
    own = QuestionSettings.objects.filter(project=first.in_project).select_related("sender").first()
    return {
        "person": person,
        "asked": asked,
        "first": asked[0]["question"],
        "again": facts.get("again", False),
        "greeting": own.greeting if own else "",
        "minutes": sum(minutes(FORMS[prompt.form], things=len(titles.get(prompt.pk, []))) for prompt in prompts),
        "is_own": any(prompt.form != Prompt.Form.CONFIRM for prompt in prompts),
        "instead": answer_url(first),
        "headers": one_click(first),
        "sender": own.sender.name if own and own.sender and own.sender.is_active else "",
        "attachments": [calendar_entry(asked)] if person.calendar_in_mail else [],
    }


def _asked(prompt, calendar, titles, person):
    return {
        "prompt": prompt,
        "question": question(prompt),
        "reason": reason(prompt),
        "titles": titles if person.titles_in_mail else [],
        "url": answer_url(prompt),
        "closes_at": closing_day(prompt, calendar),
    }


def _still_asked(person, ids):
    """In the order in which the planner chose them."""
    in_project = Q(in_project=None) | Q(in_project__in=Project.objects.of(person).values("pk"))
    rows = Prompt.objects.due(timezone.now()).with_project().filter(in_project, pk__in=ids, person=person)
    rows = rows.exclude(activity__status="cancelled").exclude(Exists(Pause.objects.filter(person=person, ended_at=None)))
    off = Q(activity=OuterRef("activity")) | Q(moment=OuterRef("moment")) | Q(project=OuterRef("project"))
    rows = rows.exclude(Exists(SwitchedOff.objects.filter(off, person=person)))
    rows = rows.select_related("activity", "moment", "project", "follow_up__takeaway__reflection__author")
    return sorted((prompt for prompt in rows if planner.wants(person.mail_preference, prompt.form)), key=lambda prompt: ids.index(str(prompt.pk)))


def _own_titles(person, prompts):
    """{prompt: titles of the own things it can ask about}, read at once."""
    own = Takeaway.objects.submitted().filter(reflection__author=person).select_related("reflection").latest_first()
    about = Q(reflection__activity__in={prompt.activity_id for prompt in prompts} - {None})
    about |= Q(reflection__in={prompt.moment_id for prompt in prompts} - {None})
    about |= Q(reflection__project__in={prompt.project_id for prompt in prompts} - {None})
    things = list(own.filter(about))
    return {prompt.pk: [str(thing) for thing in things if _is_asked(thing, prompt)] for prompt in prompts}


def _is_asked(thing, prompt):
    told = thing.reflection
    is_about = told.activity_id == prompt.activity_id if prompt.activity_id else told.pk == prompt.moment_id or told.project_id == prompt.project_id
    return is_about and (prompt.form == Prompt.Form.AFTER or thing.is_live)
