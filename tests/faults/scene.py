"""What stands in the database of an experiment, written by a process that knows Django: `python -m tests.faults.scene NAME ARGUMENTS`."""

import datetime
import os
import sys
import time
import uuid

import django

LANGUAGES = ("en", "sv", "nl", "de", "it", "pl", "lt")
IN_ONE_VISIT = 50


def visited(*counts):
    """`rcpt450=20 calm=5 …`: people of these addresses who were at visits that ended yesterday."""
    addresses = [f"{word}-{number}@partners.local" for word, count in _pairs(counts) for number in range(count)]
    for first in range(0, len(addresses), IN_ONE_VISIT):
        _visit(addresses[first : first + IN_ONE_VISIT])


def visited_often(count, visits):
    """People who were at several visits that ended yesterday: one mail is enough for each."""
    people = _visit([f"often-{number}@partners.local" for number in range(int(count))])
    for _ in range(int(visits) - 1):
        activity = _activity()
        Attendance.objects.bulk_create(
            Attendance(person=person, partner=Membership.objects.get(person=person).partner, activity=activity) for person in people
        )


def poison(word, count):
    """Mails whose message raises, hangs or kills its worker: tests/faults/poison.py."""
    for number in range(int(count)):
        mail.queue(word, to=f"{word}-{number}@partners.local", language="en")


def writers(count):
    """Prints for each of so many people the cookie with which they are signed in."""
    for person in _visit([f"writer-{number}@partners.local" for number in range(int(count))]):
        accept(person)
        client = Client()
        client.force_login(person)
        sys.stdout.write(client.cookies[settings.SESSION_COOKIE_NAME].value + "\n")


def administrator():
    MembershipFactory(admin=True, person__email="admin@example.org")


def changing(count):
    """Twice so many people are due. As soon as their mails are written, those last in the queue, one after another, want no more mail, or
    leave, or their visit is cancelled. Prints the address and when that was committed."""
    visited(f"changing={2 * int(count)}")
    while Mail.objects.filter(to__startswith="changing-").count() < 2 * int(count):
        time.sleep(0.1)
    waiting = Mail.objects.waiting().filter(to__startswith="changing-").order_by("-next_attempt_at", "-queued_at")[: int(count)]
    ways = (_wants_none, _leaves, _is_cancelled)
    for number, row in enumerate(waiting):
        for address in ways[number % len(ways)](row.about):
            sys.stdout.write(f"{address} {_now()}\n")


def _wants_none(person):
    person.mail_preference = Person.MailPreference.NONE
    person.save()
    return [person.email]


def _leaves(person):
    person.memberships.update(ended_on=today() - datetime.timedelta(days=1))
    return [person.email]


def _is_cancelled(person):
    """Where nobody has been asked yet; else only this person leaves."""
    activity = person.attendances.get().activity
    if Mail.objects.filter(prompts__activity=activity).exclude(state="queued").exists():
        return _leaves(person)
    activity.status = "cancelled"
    activity.save()
    return list(Person.objects.filter(attendances__activity=activity).values_list("email", flat=True))


def _now():
    """On the sink's clock, not the site's."""
    return time.time() - float(os.environ.get("CLOCK_AHEAD", "0"))


def _pairs(counts):
    return [(word, int(number)) for word, number in (count.split("=") for count in counts)]


def _visit(addresses):
    activity, partner = _activity(), PartnerFactory(country="", slug=f"partner-{uuid.uuid4().hex}")
    ProjectPartnerFactory(project=activity.project, partner=partner)
    people = Person.objects.bulk_create(
        Person(email=address, name=f"Ada of {address.partition('@')[0]}", language=LANGUAGES[number % len(LANGUAGES)], password="!")
        for number, address in enumerate(addresses)
    )
    Membership.objects.bulk_create(Membership(person=person, partner=partner, started_on=datetime.date(2020, 1, 1)) for person in people)
    Attendance.objects.bulk_create(Attendance(person=person, partner=partner, activity=activity, state="attended") for person in people)
    return people


def _activity():
    yesterday = today() - datetime.timedelta(days=1)
    project = Project.objects.first() or ProjectFactory()
    return ActivityFactory(project=project, code=uuid.uuid4().hex[:6], status="held", starts_on=yesterday, ends_on=yesterday)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iimprove.settings")
    django.setup()
    from django.conf import settings
    from django.test import Client

    from iimprove import mail
    from iimprove.clock import today
    from iimprove.mail import Mail
    from partners.models import Attendance, Membership, Person, Project
    from tests.factories import ActivityFactory, MembershipFactory, PartnerFactory, ProjectFactory, ProjectPartnerFactory
    from tests.learning.circle import accept

    globals()[sys.argv[1]](*sys.argv[2:])
