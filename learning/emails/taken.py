"""Once a month: what others took from one's organisation. Counts and places only; what they wrote is read on the site."""

import datetime
from collections import Counter

from django.conf import settings
from django.urls import reverse

from iimprove import mail
from learning.calendars import calendars_of
from learning.emails.hours import check_hour, written_on
from learning.emails.links import one_click
from learning.facts import last_month, taken_in
from learning.models import Takeaway, Unsubscription
from partners.models import Membership, Person

NEWS = Unsubscription.Kind.NEWS


def taken_draft(person, month, now):
    """About the month that begins on `month`; not written yet."""
    return mail.draft("taken", to=person.email, language=person.language, about=person, facts={"month": str(month)} | written_on(now))


@mail.message("taken")
def taken_now(person, facts):
    """Only what this person may read, and only while they work there."""
    if person is None or not person.is_active or person.mail_preference != Person.MailPreference.ALL:
        raise mail.NoLongerWanted("not wanted or no longer there")
    if Unsubscription.objects.stops(person, NEWS):
        raise mail.NoLongerWanted("not wanted or no longer there")
    check_hour(calendars_of([person])[person], facts)
    own = Membership.objects.current().filter(person=person).values("partner")
    named = taken_in(*_month(facts)).filter(partner__in=own).values("takeaway")
    things = (
        Takeaway.objects.visible_to(person).filter(pk__in=named).exclude(reflection__author=person).select_related("reflection__activity__project")
    )
    if not things:
        raise mail.NoLongerWanted("nothing that may be read")
    places = Counter(thing.reflection.activity for thing in things)
    return {
        "person": person,
        "count": len(things),
        "month": datetime.date.fromisoformat(facts["month"]),
        "places": [
            {"activity": place, "count": count, "url": settings.SITE_URL + place.get_absolute_url()} for place, count in places.items() if place
        ],
        "settings_url": settings.SITE_URL + reverse("learning:my_questions"),
        "headers": one_click(person, NEWS),
    }


def _month(facts):
    """The first instant of that month, and the first after it."""
    middle = datetime.date.fromisoformat(facts["month"]) + datetime.timedelta(days=45)
    return last_month(datetime.datetime.combine(middle, datetime.time(12), datetime.UTC))
