from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from iimprove.mail import Mail
from iimprove.models import Heartbeat
from learning.actions.at_once import ask_at_once
from learning.actions.attendance import ask_who_goes, tell_who_is_missing
from learning.actions.prompts import plan_all
from learning.models import Prompt, PromptMail

MANY = 1000  # mails at once


class Command(BaseCommand):
    help = "Plan who is asked what, and write the mails that are due. Beat calls it every minute; harmless twice or late."

    def add_arguments(self, parser):
        parser.add_argument("--at-once", action="store_true", help="Local mode only: ask what waits for its hour now.")

    def handle(self, *, at_once=False, **options):
        if at_once and not settings.LOCAL:
            raise CommandError("Only local mode asks at any hour.")
        Heartbeat.beat("plan")
        count = ask_at_once(timezone.now()) if at_once else self.plan(timezone.now())
        if count:
            self.stdout.write(f"{count} mails written")
        if count and count >= MANY:
            self.count_anew()

    def count_anew(self):
        """PostgreSQL learns at once how much waits. By itself it looks once a minute, and until then searches as if little did."""
        tables = ", ".join(model._meta.db_table for model in (Mail, Prompt, PromptMail))
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {tables}")

    @transaction.atomic
    def plan(self, now):
        """None if another process is planning: its lock is held until this transaction ends."""
        count = plan_all(now)
        return None if count is None else count + ask_who_goes(now) + tell_who_is_missing(now)
