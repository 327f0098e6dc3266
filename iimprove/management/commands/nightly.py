from datetime import timedelta

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db.models.functions import Now

from iimprove.bounces import Bounce
from iimprove.clock import today
from iimprove.emails import all_is_well
from iimprove.mail import Mail
from iimprove.models import Heartbeat

KEEP_MAILS = KEEP_BOUNCES = timedelta(days=365)
KEEP_FACTS = timedelta(days=30)


class Command(BaseCommand):
    help = "Remove what has had its time: ended sessions, old rows of mails and bounces. On a month's first day also tell the platform admins how the site is."

    def handle(self, **options):
        Heartbeat.beat("nightly")
        call_command("clearsessions")
        ended = Mail.objects.ended()
        ended.filter(queued_at__lt=Now() - KEEP_MAILS).delete()
        ended.filter(queued_at__lt=Now() - KEEP_FACTS).exclude(state=Mail.State.FAILED).exclude(facts={}).update(facts={})
        Bounce.objects.over().filter(at__lt=Now() - KEEP_BOUNCES).delete()
        all_is_well(today())
