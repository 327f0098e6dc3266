"""How long the kernel keeps what it keeps; docs/operations.md has it as a table."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models.functions import Now

from iimprove.bounces import Bounce
from iimprove.mail import Mail

KEEP_MAILS = KEEP_BOUNCES = timedelta(days=365)
KEEP_FACTS = timedelta(days=30)
SETTLED = timedelta(hours=1)  # a sign-in of a moment ago may not have its session yet


def remove_sessions():
    """Those that have run out, and what stands beside them for "my sessions": address and browser."""
    Session.objects.filter(expire_date__lt=Now()).delete()
    UserSession.objects.filter(created_at__lt=Now() - SETTLED).exclude(session_key__in=Session.objects.values("session_key")).delete()


def remove_counters():
    """What counted attempts to sign in, by network address: the cache itself does not look until it is full."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {settings.CACHES['default']['LOCATION']} WHERE expires < now()")  # noqa: S608  (no value from outside)


def remove_mails():
    ended = Mail.objects.ended()
    ended.filter(queued_at__lt=Now() - KEEP_MAILS).delete()
    ended.filter(queued_at__lt=Now() - KEEP_FACTS).exclude(state=Mail.State.FAILED).exclude(facts={}).update(facts={})
    Bounce.objects.over().filter(at__lt=Now() - KEEP_BOUNCES).delete()
