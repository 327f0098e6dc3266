"""Who may get a mail: with what is open and due, how it was asked so far, and what else reached them lately."""

import datetime
from collections import defaultdict

from iimprove.mail import Mail
from learning.calendars import calendars_of
from learning.defaults import DEFAULTS
from learning.facts.people import occasion, only
from learning.models import Nudge, Pause, Prompt, PromptMail
from learning.models.occasion import OCCASIONS
from learning.models.prompt import NOT_NOW
from learning.own_defaults import defaults_of_projects
from learning.planner import Mailed, Question, Recipient, can_be_due, wants
from partners.models import Person

COUNTED = ("questions", "pause", "taken")  # the mails of which there are two in seven days at most
LATELY = datetime.timedelta(days=8)
NUDGED = datetime.timedelta(days=60)  # longer than a question is open


def read_recipients(now, things, *, people, news=()):
    """One Recipient for each of `people` with a question that may be asked now, to be asked how often, or among those for whom there is news."""
    paused, lately = read_paused(people), read_lately(now, people)
    read = read_questions(only(Prompt.objects.due(now), people), now, things)
    questions = {person: found for person, found in read.items() if any(can_be_due(question, now) for question in found)}
    ids = {*questions, *news, *(person for person, is_asked in paused.items() if not is_asked)}
    found = Person.objects.filter(pk__in=ids & {*people}, is_active=True)
    return [
        Recipient(
            person=person,
            calendar=calendar,
            questions=tuple(questions.get(person.pk, ())),
            mailed_at=tuple(lately[str(person.pk)]),
            is_paused=person.pk in paused,
            is_to_be_asked_how_often=paused.get(person.pk) is False,
            has_news=person.pk in news,
        )
        for person, calendar in calendars_of(found).items()
    ]


def read_questions(prompts, now, things):
    """{person: [Question]} of those `prompts` that are wanted by mail."""
    fields = ["pk", "person", "person__mail_preference", "form", "due_at", "closes_at", "snoozes", "in_project", *OCCASIONS]
    rows = list(prompts.with_project().order_by().values_list(*fields))
    own = defaultdict(lambda: DEFAULTS) | defaults_of_projects({row[7] for row in rows} - {None})
    mailed, nudged = _mailed([row[0] for row in rows]), _nudged(now)
    found = defaultdict(list)
    for pk, person, preference, form, due_at, closes_at, snoozes, project, *about in rows:
        if wants(preference, form):
            count = things.get((person, occasion(*about)), 0)
            nudge = max(filter(None, (nudged.get(about[0]), nudged.get((project,)))), default=None)
            found[person].append(Question(pk, form, due_at, closes_at, count, tuple(mailed[pk]), nudge, bool(snoozes), own[project]))
    return found


def _mailed(ids):
    """{prompt: [Mailed], oldest first}. By ids: a subquery is slow where the database does not know yet how many there are."""
    rows = PromptMail.objects.that_asked().filter(prompt__in=ids).order_by("mail__queued_at")
    found = defaultdict(list)
    for prompt, at, kind in rows.values_list("prompt", "mail__queued_at", "kind"):
        found[prompt].append(Mailed(at, kind))
    return found


def _nudged(now):
    """When somebody last asked that those be reminded who have not answered: by activity, or by (project,) about all of it."""
    rows = Nudge.objects.filter(at__gte=now - NUDGED).order_by("at").values_list("activity", "project", "at")
    return {activity or (project,): at for activity, project, at in rows}


def read_paused(people=None):
    """{person: have they been asked how often they want to be asked?}"""
    rows = only(Pause.objects.filter(ended_at=None), people).values_list("person", "mail__state", "mail__error")
    return {person: state is not None and (state, error) != (Mail.State.CANCELLED, NOT_NOW) for person, state, error in rows}


def read_lately(now, people=None):
    """{id of a person as text: [instants of the mails that count]}"""
    rows = Mail.objects.filter(message__in=COUNTED, queued_at__gt=now - LATELY).exclude(state=Mail.State.CANCELLED)
    rows = only(rows, people and [str(pk) for pk in people], "about_id")
    found = defaultdict(list)
    for person, at in rows.order_by().values_list("about_id", "queued_at"):
        found[person].append(at)
    return found
