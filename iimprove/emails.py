"""The one mail of the kernel: once a month, how the site is, to those who run it."""

import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Count, Q
from django.db.models.functions import Now
from django.utils import timezone

from iimprove import health, mail
from iimprove.models import Bounce, Heartbeat, Mail

ONCE = "all_is_well"  # the heartbeat that keeps it to once a month
LOOKED_AT = health.CHECKS | {"disk": health.disk, "backup": health.backup}


@transaction.atomic
def all_is_well(today):
    """Write to every platform admin about the month before `today`'s, once, and not if no mail was written in it. Returns how many mails."""
    this_month = today.replace(day=1)
    Heartbeat.objects.get_or_create(name=ONCE, defaults={"at": Now()})
    if not Heartbeat.objects.filter(name=ONCE, at__lt=_midnight(this_month)).update(at=Now()):
        return 0
    month = _month_before(this_month)
    admins = get_user_model().objects.filter(is_superuser=True, is_active=True) if _written_in(month).exists() else []
    for person in admins:
        mail.queue("all_is_well", to=person.email, language=person.language, about=person, facts={"month": month.isoformat()})
    return len(admins)


@mail.message("all_is_well")
def all_is_well_now(person, facts):
    if person is None or not (person.is_active and person.is_superuser):
        raise mail.NoLongerWanted("no platform admin any more")
    month = datetime.date.fromisoformat(facts["month"])
    counts = _written_in(month).aggregate(sent=Count("pk", filter=Q(state=Mail.State.SENT)), failed=Count("pk", filter=Q(state=Mail.State.FAILED)))
    stopped = Bounce.objects.standing().filter(at__range=_days_of(month)).values("address").distinct().count()
    dump = health.newest_dump()
    return counts | {
        "person": person,
        "month": month,
        "stopped": stopped,
        "dumped_at": dump and timezone.localtime(dump[1]),
        "free": round(health.space() / 1024**3),
        "problems": [problem for _name, problem in health.findings(LOOKED_AT) if problem],
    }


def _written_in(month):
    return Mail.objects.filter(queued_at__range=_days_of(month))


def _days_of(month):
    """From the month's first instant to the next one's."""
    return _midnight(month), _midnight((month + datetime.timedelta(days=31)).replace(day=1))


def _month_before(month):
    return (month - datetime.timedelta(days=1)).replace(day=1)


def _midnight(day):
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()), timezone.get_default_timezone())
