"""The prompts as they stand."""

from django.db.models import Q

from learning.facts.experiences import LOOK_BACK
from learning.facts.people import occasion, only
from learning.models import Prompt, PromptMail
from learning.planner import Existing, Key

Form = Prompt.Form
PLANNED = [Form.AFTER, Form.WEEKS, Form.MONTHS, Form.YEAR]  # the others are made by what people do


def read_existing(now, *, project=None, people=None):
    """{Key: Existing} of those that are open, and of those whose wave can still be planned; of one `project`, of `people`, or all."""
    rows = only(Prompt.objects.filter(Q(state=Prompt.State.OPEN) | Q(due_at__gte=now - LOOK_BACK), form__in=PLANNED), people)
    if project:
        rows = rows.filter(Q(activity__project=project) | Q(moment__project=project) | Q(project=project))
    asked = only(PromptMail.objects.that_asked().filter(prompt__state=Prompt.State.OPEN), people, "prompt__person")
    asked = set(asked.values_list("prompt", flat=True))
    fields = ["pk", "person", "activity", "moment", "project", "form", "due_at", "closes_at", "outcome", "snoozes"]
    return {
        Key(person, occasion(activity, moment, about_all), form): Existing(due_at, closes_at, outcome, bool(snoozes), pk in asked, pk)
        for pk, person, activity, moment, about_all, form, due_at, closes_at, outcome, snoozes in rows.values_list(*fields)
    }
