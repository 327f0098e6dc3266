"""When planning and sending happen, around the founding week."""

import time_machine
from django.core import mail as outbox
from django.utils import timezone

from iimprove import mail
from learning.actions.prompts import plan_all

EVENING = "2019-08-22T18:00+02:00"  # the founding week ended at 17:00
MORNING = "2019-08-23T09:31+02:00"
NIGHT = "2019-08-23T20:00+02:00"
MONDAY = "2019-08-26T09:31+02:00"
AFTERWARDS = "2019-09-13T09:31+02:00"


def plan_at(when):
    with time_machine.travel(when, tick=False):
        return plan_all(timezone.now())


def drain_at(when):
    """Send what the outbox holds, as if it were `when` for everything but the database's own clock."""
    with time_machine.travel(when, tick=False):
        mail.drain()
    return [email.to[0] for email in outbox.outbox]
