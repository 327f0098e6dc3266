from django.core.management.base import BaseCommand

from iimprove import retention
from iimprove.clock import today
from iimprove.emails import all_is_well
from iimprove.models import Heartbeat


class Command(BaseCommand):
    help = "Remove what has had its time: ended sessions, old rows of mails and bounces. On a month's first day also tell the platform admins how the site is."

    def handle(self, **options):
        Heartbeat.beat("nightly")
        retention.remove_sessions()
        retention.remove_counters()
        retention.remove_mails()
        all_is_well(today())
