from datetime import timedelta

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db.models.functions import Now

from iimprove.mail import Mail
from iimprove.models import Heartbeat

KEEP_MAILS = timedelta(days=365)


class Command(BaseCommand):
    help = "Remove what has had its time: ended sessions, and mail rows older than a year."

    def handle(self, **options):
        Heartbeat.beat("nightly")
        call_command("clearsessions")
        Mail.objects.exclude(state__in=[Mail.State.QUEUED, Mail.State.LEASED]).filter(queued_at__lt=Now() - KEEP_MAILS).delete()
