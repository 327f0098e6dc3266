from django.core.management.base import BaseCommand
from django.utils import timezone

from iimprove.models import Heartbeat
from learning.actions.prompts import plan_all


class Command(BaseCommand):
    help = "Plan who is asked what, and write the mails that are due. Beat calls it every minute; harmless twice or late."

    def handle(self, **options):
        Heartbeat.beat("plan")
        count = plan_all(timezone.now())
        if count:
            self.stdout.write(f"{count} mails written")
