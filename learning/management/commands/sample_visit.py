import datetime
import uuid

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from iimprove.clock import today
from learning.actions.consent import accept_notice
from learning.actions.notes import Thing, note
from learning.defaults import DEFAULTS
from learning.models import Visibility
from partners.models import Activity, Attendance, Membership, Project, ProjectPartner

SIDES, DAYS = 3, 3
CODE = "SAMPLE"
SHARED = [  # invented, and said to be
    ("who", "The librarian knows everybody on the quay: ask her first"),
    ("how", "Walk the river with neighbours before any meeting indoors"),
    ("why", "People stay when they are given something to carry"),
]


class Command(BaseCommand):
    help = "Local mode only: an invented visit in the sample project that ended yesterday, so that its question is due on the next working morning."

    @transaction.atomic
    def handle(self, **options):
        if not settings.LOCAL:
            raise CommandError("A sample visit is invented; it is made in local mode only.")
        project = Project.objects.filter(is_sample=True).first()
        if project is None:
            raise CommandError("There is no sample project to make a visit in.")
        yesterday = today() - datetime.timedelta(days=1)
        if project.activities.filter(code__startswith=CODE, ends_on=yesterday).exists():
            return
        activity = self.visit(project, yesterday)
        people = self.attend(activity)
        self.share(activity, people)
        self.stdout.write(
            f"{activity}: {len(people)} sample people were there. Their question waits for the next working morning, or the mailbox page."
        )

    def visit(self, project, yesterday):
        number = project.activities.filter(code__startswith=CODE).count() + 1
        parts = project.parts.exclude(part=ProjectPartner.Part.ASSOCIATED).select_related("partner").order_by("-part", "pk")[:SIDES]
        host, *guests = [part.partner for part in parts]
        activity = Activity.objects.create(
            project=project,
            code=f"{CODE}{number}",
            kind=Activity.Kind.BILATERAL_MEETING,
            title="Sample visit (invented)",
            place=host.city,
            starts_on=yesterday - datetime.timedelta(days=DAYS - 1),
            ends_on=yesterday,
            theme="Invented, to try what happens after a visit.",
            status=Activity.Status.HELD,
        )
        activity.sides.create(partner=host, side="host")
        for guest in guests:
            activity.sides.create(partner=guest, side="guest")
        return activity

    def attend(self, activity):
        """All sample people who work for one of the sides today; [(person, partner)]."""
        found = {}
        memberships = Membership.objects.current().filter(partner__in=activity.partners.all(), person__is_sample=True, person__is_active=True)
        for membership in memberships.select_related("person", "partner"):
            found.setdefault(membership.person, membership.partner)
        for person, partner in found.items():
            Attendance.objects.create(activity=activity, person=person, partner=partner, state=Attendance.State.ATTENDED)
        return list(found.items())

    def share(self, activity, people):
        """A few of them have shared a thing already, so that whoever answers sees something."""
        for (person, partner), (kind, title) in zip(reversed(people), SHARED, strict=False):
            accept_notice(by=person, version=DEFAULTS.notice, partner=partner)
            thing = Thing(title=f"{title} (invented)", kinds=(kind,), will_use=1)
            note(
                by=person,
                client_key=uuid.uuid5(person.pk, activity.code),
                things=[thing],
                gave=1,
                activity=activity,
                visibility=Visibility.PARTNERSHIP,
            )
