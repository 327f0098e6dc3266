"""What is asked, was asked and was left out, as counts: by activity and question, and by day. Never who; from three people, else hidden."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from iimprove.mail import Mail
from learning.disclosure.figure import Figure, Hidden
from learning.disclosure.shared import PEOPLE
from learning.models import Prompt, PromptMail

Outcome = Prompt.Outcome
FORMS = (Prompt.Form.AFTER, Prompt.Form.WEEKS, Prompt.Form.MONTHS, Prompt.Form.YEAR)
SKIPPED = (Outcome.OPTED_OUT, Outcome.LEFT, Outcome.CANCELLED)


@dataclass(frozen=True)
class Asked:
    """One question to one person, as far as the queue sees it. `about`: an activity's id; None: everyday moments, or the whole project."""

    person: object
    about: object
    form: str
    is_sent: bool
    outcome: str


def queue(project):
    """{(activity id or None, form): Figure}, each with {state: how many}: see `counts`."""
    return counts(_asked(project))


def counts(asked):
    """Planned, sent, answered, bounced, and skipped by reason; a question that was sent and answered counts as both.

    Fewer than three people asked the same question about the same activity: hidden.
    """
    groups = defaultdict(list)
    for each in asked:
        groups[each.about, each.form].append(each)
    return {key: _figure(each) for key, each in groups.items()}


def asked_now(project, now):
    """{activity id, or None for the whole project: Figure}: how many people are asked now, whether they have answered or not."""
    rows = _of(project).filter(due_at__lte=now, closes_at__gt=now, outcome__in=[Outcome.NONE, Outcome.ANSWERED])
    people = defaultdict(set)
    for person, activity in rows.values_list("person", "activity"):
        people[None].add(person)
        people[activity].add(person)
    return {about: _shown(Figure(name="queue.now", layer="shared", value=len(each), n=len(each))) for about, each in people.items()}


def mails_by_day(days):
    """[(day, Figure)] of [(day, how many mails)]; fewer than three mails are a number nobody sees."""
    return [(day, _shown(Figure(name="queue.day", layer="shared", unit="mails", value=count, n=count))) for day, count in days]


def _figure(asked):
    people = {each.person for each in asked}
    states = Counter(state for each in asked for state in _states(each))
    return _shown(Figure(name="queue", layer="shared", unit="prompts", value=dict(states), n=len(people), base=len(people)))


def _shown(figure):
    return figure if figure.n >= PEOPLE else figure.without_numbers(Hidden.PROTECTED)


def _states(each):
    if each.outcome == Outcome.NONE and not each.is_sent:
        yield "planned"
    if each.is_sent:
        yield "sent"
    if each.outcome in (Outcome.ANSWERED, Outcome.UNDELIVERABLE, *SKIPPED):
        yield each.outcome


def _asked(project):
    sent = PromptMail.objects.filter(prompt=OuterRef("pk"), mail__state=Mail.State.SENT)
    rows = _of(project).annotate(is_sent=Exists(sent)).values_list("person", "activity", "form", "is_sent", "outcome")
    return [Asked(*row) for row in rows]


def _of(project):
    """What the project asks; what colleagues ask each other (F7) is theirs."""
    rows = Prompt.objects.filter(form__in=FORMS)
    return rows.filter(Q(activity__project=project) | Q(moment__project=project) | Q(project=project)).order_by()
