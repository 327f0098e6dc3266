"""Is the site well? One answer for load balancers and for the people who run it.

Strangers learn only "ok" or "failing"; which check failed stands in the log and, for platform admins, in the answer.
"""

import logging
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.db import connection
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from iimprove.models import Heartbeat, Mail

LATE_MAIL = timedelta(minutes=5)  # a due mail that has not left by then is an alarm
LATE_BEAT = timedelta(minutes=2)

logger = logging.getLogger(__name__)


class Unwell(Exception):
    """A check failed; the text says what to do."""


def database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def broker():
    caches["fast"].set("health", "ok", timeout=10)
    if caches["fast"].get("health") != "ok":
        raise Unwell("the broker does not keep what it is given")


def outbox():
    oldest = Mail.objects.due().order_by("next_attempt_at").values_list("next_attempt_at", flat=True).first()
    if oldest and timezone.now() - oldest > LATE_MAIL:
        raise Unwell(f"a mail has been due since {oldest:%Y-%m-%d %H:%M} UTC; is the worker running, does the mail server answer?")


def beat():
    last = Heartbeat.objects.filter(name="drain").values_list("at", flat=True).first()
    if last is None or timezone.now() - last > LATE_BEAT:
        raise Unwell("the periodic jobs have not run for two minutes; are worker and beat running?")


CHECKS = {"database": database, "broker": broker, "outbox": outbox, "beat": beat}


def findings(checks=CHECKS):
    """(name, None or what is wrong) of each check; one that fails never hides another."""
    for name, check in checks.items():
        try:
            check()
        except Unwell as problem:
            yield name, str(problem)
        except Exception as error:
            yield name, f"{type(error).__name__}: {error}"
        else:
            yield name, None


@never_cache
@login_not_required
@require_safe
def healthz(request):
    found = dict(findings())
    problems = {name: problem for name, problem in found.items() if problem}
    for name, problem in problems.items():
        logger.error("health: %s: %s", name, problem)
    answer = {"status": "failing" if problems else "ok"}
    if not problems.get("database") and request.user.is_active and request.user.is_superuser:
        answer["checks"] = {name: problem or "ok" for name, problem in found.items()}
    return JsonResponse(answer, status=503 if problems else 200)
