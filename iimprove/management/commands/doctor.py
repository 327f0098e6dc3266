import smtplib
import socket
import time
import uuid
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.core.mail import EmailMessage, get_connection
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from iimprove import health
from iimprove.checks import TOO_OLD, is_half_taken
from iimprove.health import Unwell
from iimprove.mail import Mail
from iimprove.mail.doubt import who_knows

OLDEST_POSTGRESQL = 140000
MOST_DRIFT = 5  # seconds


class Command(BaseCommand):
    help = "Look the installation over: one line for each part, ok or FAIL with what to do. Exit code 1 if anything failed."

    def add_arguments(self, parser):
        parser.add_argument("--mail-to", metavar="ADDRESS", help="send a real mail there; without it the mail server is only greeted")

    def handle(self, *, mail_to, **options):
        parts = {
            "settings": deployment,
            "database": database,
            "broker": broker,
            "mail": lambda: mail(mail_to),
            "jobs": jobs,
            "clock": clock,
            "disk": health.disk,
            "backup": health.backup,
        }
        failed = [part for part, look in parts.items() if not self.report(part, look)]
        if failed:
            raise SystemExit(1)

    def report(self, part, look):
        try:
            self.stdout.write(f"ok    {part:9} {look()}")
        except Unwell as problem:
            self.stdout.write(self.style.ERROR(f"FAIL  {part:9} {problem}"))
        except Exception as error:  # a part that breaks in an unforeseen way hides no other
            self.stdout.write(self.style.ERROR(f"FAIL  {part:9} {type(error).__name__}: {error}"))
        else:
            return True
        return False


def deployment():
    found = [message for message in checks.run_checks(include_deployment_checks=not settings.LOCAL) if message.level >= checks.WARNING]
    if found:
        raise Unwell("; ".join(f"{message.id}: {message.msg}" for message in found))
    try:
        who_knows()
    except ImportError as error:
        raise Unwell(f"MAIL_RECONCILE names no function: {error}; mails in doubt wait until it does") from None
    return f"{settings.SITE_URL}, local mode" if settings.LOCAL else settings.SITE_URL


def database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int, current_setting('server_version')")
        number, version = cursor.fetchone()
        cursor.execute("SELECT string_agg(extname, ', ' ORDER BY extname) FROM pg_extension WHERE extname <> 'plpgsql'")
        extensions = cursor.fetchone()[0]
    if number < OLDEST_POSTGRESQL:
        raise Unwell(f"PostgreSQL {version} is too old: use 14 or newer")
    executor = MigrationExecutor(connection)
    if is_half_taken(executor.loader):
        raise Unwell(TOO_OLD)
    if pending := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Unwell(f"{len(pending)} migrations are pending: run manage.py migrate")
    return f"PostgreSQL {version.split()[0]}, all migrations applied, extensions: {extensions or 'none'}"


def broker():
    health.broker()
    return "answers and keeps what it is given"


def mail(address):
    """The way of a mail: to the address if one is given; in local mode until it is found in the Maildir."""
    connection = get_connection(fail_silently=False)
    if not settings.MAIL_STAYS_HERE and not address:
        try:
            connection.open()
            connection.close()
        except (OSError, smtplib.SMTPException) as error:
            raise Unwell(f"the mail server does not let us in: {error}; check EMAIL_URL") from None
        return "the mail server lets us in; with --mail-to ADDRESS a real mail is sent"
    mark = uuid.uuid4().hex
    text = f"manage.py doctor on {socket.gethostname()} sent this to see whether mail arrives. {mark}"
    try:
        EmailMessage("I_Improve: does mail arrive?", text, to=[address or "doctor@localhost"], connection=connection).send()
    except (OSError, smtplib.SMTPException) as error:
        raise Unwell(f"the mail server refused: {error}; check EMAIL_URL and DEFAULT_FROM_EMAIL") from None
    if settings.MAIL_STAYS_HERE:
        return found_in_maildir(mark)
    return f"sent to {address}; look whether it arrived, and not among the spam"


def found_in_maildir(mark):
    for _attempt in range(20):
        if any(mark.encode() in file.read_bytes() for file in Path(settings.VAR, "mail", "new").glob("*")):
            return "sent, and found in the local mailbox"
        time.sleep(0.1)
    raise Unwell("the local mail server took the mail, but it is not in the mailbox; see log/smtp.log in the data folder")


def jobs():
    health.beat()
    health.outbox()
    lately = Mail.objects.filter(state=Mail.State.FAILED, queued_at__gt=timezone.now() - timedelta(days=7)).count()
    return "worker and beat are at work, no mail is late" + (f"; {lately} failed within a week: see manage.py outbox" if lately else "")


def clock():
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        drift = abs((cursor.fetchone()[0] - timezone.now()).total_seconds())
    if drift > MOST_DRIFT:
        raise Unwell(f"this machine and the database differ by {drift:.0f} seconds: set both by NTP")
    return f"{timezone.now():%Y-%m-%d %H:%M} UTC, the same as the database's"
