"""The mail that asks: one for everything that is due."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from iimprove import mail
from learning import planner
from learning.calendars import calendars_of
from learning.defaults import DEFAULTS
from learning.emails.entry import calendar_entry
from learning.emails.hours import check_hour, written_on
from learning.emails.links import answer_url, closing_day, one_click
from learning.emails.words import question, reason
from learning.instrument import FORMS, minutes
from learning.models import FollowUp, Pause, Prompt, PromptMail, QuestionSettings, SwitchedOff, Takeaway
from learning.own_defaults import defaults_of_projects
from learning.waves import Calendar
from partners.models import Membership, ProjectRole

Kind = PromptMail.Kind
THERE = ("activity", "moment", "project", "follow_up__takeaway__reflection__author")


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


@dataclass(frozen=True)
class Known:
    """What is read for one mail: what is still asked, on whose calendar, about which own things, and how the project asks."""

    prompts: list
    calendar: Calendar
    things: dict
    own: QuestionSettings | None
    numbers: dict


def read_questions(mails):
    """For each (person, facts) a Known, or None where nothing is asked any more: read for all of them at once."""
    people = {person for person, _facts in mails if person and person.is_active}
    asked = _still_asked(people, {pk for _person, facts in mails for pk in facts["prompts"]})
    prompts = [prompt for of_person in asked.values() for prompt in of_person]
    calendars, things = calendars_of(person for person in people if person.pk in asked), _own_things(prompts)
    projects = {prompt.in_project for prompt in prompts} - {None}
    by_project = {row.project_id: row for row in QuestionSettings.objects.filter(project__in=projects).select_related("sender")}
    numbers = {None: DEFAULTS} | defaults_of_projects(projects)
    return [_known(person, facts["prompts"], asked, calendars, things, by_project, numbers) for person, facts in mails]


def _known(person, ids, asked, calendars, things, own, numbers):
    """As the plan chose and ordered them."""
    prompts = [prompt for prompt in asked.get(person and person.pk, ()) if str(prompt.pk) in ids]
    prompts.sort(key=lambda prompt: ids.index(str(prompt.pk)))
    return Known(prompts, calendars[person], things, own.get(prompts[0].in_project), numbers) if prompts else None


@mail.message("questions", refused=questions_bounced, read=read_questions)
def questions_now(person, facts, known):
    """Asks only what is still open, of somebody who is still there and wants it, at an hour for mails."""
    if known is None:
        raise mail.NoLongerWanted("answered, closed, not wanted or no longer there")
    check_hour(known.calendar, facts)
    first, own = known.prompts[0], known.own
    asked = [_asked(prompt, known, person) for prompt in known.prompts]
    return {
        "person": person,
        "asked": asked,
        "first": asked[0]["question"],
        "again": facts.get("again", False),
        "greeting": own.greeting if own else "",
        "minutes": sum(minutes(FORMS[prompt.form], things=len(_things(prompt, known))) for prompt in known.prompts),
        "is_own": any(prompt.form != Prompt.Form.CONFIRM for prompt in known.prompts),
        "instead": answer_url(first),
        "headers": one_click(person),
        "sender": own.sender.name if own and own.sender and own.sender.is_active else "",
        "attachments": [calendar_entry(asked)] if person.calendar_in_mail else [],
    }


def _asked(prompt, known, person):
    return {
        "prompt": prompt,
        "question": question(prompt),
        "reason": reason(prompt),
        "titles": [str(thing) for thing in _things(prompt, known)] if person.titles_in_mail else [],
        "url": answer_url(prompt),
        "closes_at": closing_day(prompt, known.calendar),
    }


def _things(prompt, known):
    """As many as the project wants asked about at once."""
    most = getattr(known.numbers[prompt.in_project].load, planner.MANY_THINGS.get(prompt.form, "things_f2"))
    return known.things[prompt.pk][:most]


def _still_asked(people, ids):
    """{id of a person: [Prompt]}"""
    member = Membership.objects.current().filter(person=OuterRef("person"), partner__parts__project=OuterRef("in_project"))
    role = ProjectRole.objects.current().filter(person=OuterRef("person"), project=OuterRef("in_project"))
    is_there = Q(in_project=None) | Exists(member) | Exists(role)
    off = Q(activity=OuterRef("activity")) | Q(moment=OuterRef("moment")) | Q(project=OuterRef("project"))
    rows = Prompt.objects.due(timezone.now()).with_project().filter(is_there, pk__in=ids, person__in=people).exclude(activity__status="cancelled")
    rows = rows.exclude(Exists(SwitchedOff.objects.filter(off, person=OuterRef("person"))))
    rows = rows.exclude(Exists(Pause.objects.filter(person=OuterRef("person"), ended_at=None)))
    preferences, asked = {person.pk: person.mail_preference for person in people}, defaultdict(list)
    for prompt in rows.select_related(*THERE):
        if planner.wants(preferences[prompt.person_id], prompt.form):
            asked[prompt.person_id].append(prompt)
    return asked


def _own_things(prompts):
    """{id of a prompt: the own things it asks about}"""
    about = Q(reflection__activity__in={prompt.activity_id for prompt in prompts} - {None})
    about |= Q(reflection__in={prompt.moment_id for prompt in prompts} - {None})
    about |= Q(reflection__project__in={prompt.project_id for prompt in prompts} - {None})
    last = FollowUp.objects.filter(takeaway=OuterRef("pk"), deleted_at=None).latest_first().values("state")[:1]
    own = Takeaway.objects.submitted().filter(about, reflection__author__in={prompt.person_id for prompt in prompts})
    things = list(own.annotate(last_state=Subquery(last)).select_related("reflection").latest_first())
    return {prompt.pk: [thing for thing in things if _is_asked(thing, prompt)] for prompt in prompts}


def _is_asked(thing, prompt):
    told = thing.reflection
    if told.author_id != prompt.person_id:
        return False
    if prompt.project_id:
        return told.project_id == prompt.project_id and thing.last_state != FollowUp.State.STOPPED
    if prompt.moment_id:
        return told.pk == prompt.moment_id and thing.is_live
    return prompt.activity_id is not None and told.activity_id == prompt.activity_id and (thing.is_live or prompt.form == Prompt.Form.AFTER)
