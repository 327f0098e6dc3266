"""In local mode nobody waits for the next working morning: what waits for its hour is asked now."""

import datetime
from collections import defaultdict

from django.db import transaction
from django.db.models import Exists, OuterRef

from iimprove.mail import Mail
from learning import emails
from learning.actions.prompts import plan_all
from learning.models import Prompt, PromptMail

SOON = datetime.timedelta(days=7)  # what is asked again after weeks and months keeps its date


@transaction.atomic
def ask_at_once(now):
    """Plan, then ask everybody whose question has not been asked yet, whatever hour and day it is; returns how many mails it wrote."""
    count = plan_all(now) or 0
    waiting = Prompt.objects.open().filter(outcome=Prompt.Outcome.NONE, due_at__lte=now + SOON, closes_at__gt=now)
    waiting.filter(due_at__gt=now).update(due_at=now, snoozes=1)  # the planner leaves such dates as they are
    asked = PromptMail.objects.filter(prompt=OuterRef("pk")).exclude(mail__state=Mail.State.CANCELLED)
    by_person = defaultdict(list)
    for prompt in waiting.filter(~Exists(asked)).select_related("person"):
        by_person[prompt.person].append(prompt)
    for person, prompts in by_person.items():
        mail = emails.questions(person, prompts, at_once=True)
        PromptMail.objects.bulk_create(PromptMail(prompt=prompt, mail=mail) for prompt in prompts)
    return count + len(by_person)
