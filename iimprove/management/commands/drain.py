from django.core.management.base import BaseCommand

from iimprove.mail import drain
from iimprove.models import Heartbeat


class Command(BaseCommand):
    help = "Send the mails that are due. Beat calls it every few seconds; harmless when run twice or late."

    def handle(self, **options):
        Heartbeat.beat("drain")
        sent = drain()
        if sent:
            self.stdout.write(f"{sent} mails worked on")
