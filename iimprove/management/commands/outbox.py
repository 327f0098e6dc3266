from datetime import timedelta

from django.core.management.base import BaseCommand
from django.db.models import Count
from django.utils import timezone

from iimprove.models import Bounce, Mail


class Command(BaseCommand):
    help = "Show what is in the outbox: how many mails in each state, the oldest that is due, those that failed and why."

    def add_arguments(self, parser):
        parser.add_argument("--failed", type=int, default=20, metavar="N", help="list the newest N failed mails (20)")
        parser.add_argument("--again", action="store_true", help="send the failed mails of the last 30 days again")

    def handle(self, *, failed, again, **options):
        if again:
            count = Mail.objects.filter(queued_at__gt=timezone.now() - timedelta(days=30)).send_again()
            self.stdout.write(f"queued again: {count}")
        for state, count in Mail.objects.order_by("state").values_list("state").annotate(Count("pk")):
            self.stdout.write(f"{state:10}{count:8}")
        self.stdout.write(f"oldest due: {self.age(Mail.objects.oldest_due())}")
        self.stdout.write(f"addresses stopped: {Bounce.objects.standing().values('address').distinct().count()}")
        for mail in Mail.objects.filter(state=Mail.State.FAILED)[:failed]:
            self.stdout.write(f"{mail.queued_at:%Y-%m-%d %H:%M} {mail.pk} {mail.message} to {mail.to}, attempts {mail.attempts}: {mail.error}")

    def age(self, since):
        return f"since {since:%Y-%m-%d %H:%M} UTC" if since else "none"
