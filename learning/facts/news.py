"""For whom there is news: others took something from their organisation last month. VALUE_MODEL §7, S15."""

import datetime

from django.db.models import F
from django.utils import timezone

from iimprove.mail import Mail
from learning.models import Takeaway, Unsubscription
from learning.models.prompt import NOT_NOW
from learning.models.visibility import AT_LEAST_PARTNERSHIP
from partners.models import Membership, Person

LAST_DAY = 10  # of the month; what found no room by then is not told any more


def last_month(now):
    """(first instant, instant after the last) of the month before, on the site's clock."""
    first = timezone.localtime(now, timezone.get_default_timezone()).date().replace(day=1)
    before = (first - datetime.timedelta(days=1)).replace(day=1)
    return tuple(datetime.datetime.combine(day, datetime.time(), timezone.get_default_timezone()) for day in (before, first))


def taken_in(since, until):
    """(takeaway, organisation named as its source) of what others shared in that time."""
    named = Takeaway.source_partners.through.objects.filter(
        takeaway__in=Takeaway.objects.submitted(),
        takeaway__visibility__in=AT_LEAST_PARTNERSHIP,
        takeaway__reflection__submitted_at__gte=since,
        takeaway__reflection__submitted_at__lt=until,
    )
    return named.exclude(partner=F("takeaway__reflection__partner_then"))


def read_news(now):
    """The ids of those who work where something was taken from last month, want mails, and have not been told yet."""
    if timezone.localtime(now, timezone.get_default_timezone()).day > LAST_DAY:
        return set()
    since, until = last_month(now)
    members = Membership.objects.current().filter(partner__in=taken_in(since, until).values("partner"))
    people = members.filter(person__mail_preference=Person.MailPreference.ALL).values_list("person", flat=True)
    people = people.exclude(person__in=Unsubscription.objects.filter(kind=Unsubscription.Kind.NEWS).values("person"))
    told = Mail.objects.filter(message="taken", facts__month=str(since.date())).exclude(state=Mail.State.CANCELLED, error=NOT_NOW)
    return set(people.exclude(person__in=list(told.values_list("about_id", flat=True))))
