"""Is the site well? One answer for load balancers and for the people who run it.

Strangers learn only "ok" or "failing"; which check failed stands in the log and, for platform admins and whoever gives METRICS_TOKEN, in
the answer.
"""

import logging
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.db import connection
from django.http import JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from iimprove.models import Heartbeat, Mail

LATE_MAIL = timedelta(minutes=5)  # a due mail that has not left by then is an alarm
LATE_BEAT = timedelta(minutes=2)
LEAST_SPACE = 2 * 1024**3
OLDEST_BACKUP = timedelta(hours=26)

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
    oldest = Mail.objects.oldest_due()
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


def oldest_due_seconds():
    """For how long the mail that has waited longest should have left; 0 if none waits."""
    oldest = Mail.objects.oldest_due()
    return (timezone.now() - oldest).total_seconds() if oldest else 0


def space():
    """Bytes free where uploaded files are kept."""
    folder = next(path for path in (Path(settings.MEDIA_ROOT), *Path(settings.MEDIA_ROOT).parents) if path.exists())
    return shutil.disk_usage(folder).free


def disk():
    free = space()
    if free < LEAST_SPACE:
        raise Unwell(f"only {free / 1024**3:.1f} GB are free on the disk of {settings.MEDIA_ROOT}: make room")
    return f"{free / 1024**3:.0f} GB free"


def newest_dump():
    """(file, when it was made) of the newest dump in BACKUP_DIR, or None."""
    dumps = sorted(Path(settings.BACKUP_DIR).glob("*.dump"), key=lambda file: file.stat().st_mtime) if settings.BACKUP_DIR else []
    return (dumps[-1], datetime.fromtimestamp(dumps[-1].stat().st_mtime, UTC)) if dumps else None


def backup():
    if not settings.BACKUP_DIR:
        if settings.LOCAL:
            return "none in local mode (set BACKUP_DIR to have it looked at)"
        raise Unwell("BACKUP_DIR is not set: name the folder of the nightly dumps, so that their age is looked at")
    found = newest_dump()
    if not found:
        raise Unwell(f"there is no dump in {settings.BACKUP_DIR}: does the nightly backup run?")
    newest, made_at = found
    age = timezone.now() - made_at
    if age > OLDEST_BACKUP:
        raise Unwell(f"the newest dump, {newest.name}, is {age.total_seconds() / 3600:.0f} hours old: does the nightly backup run?")
    if newest.stat().st_size == 0:
        raise Unwell(f"the newest dump, {newest.name}, is empty: see the log of the backup")
    return f"{newest.name}, {age.total_seconds() / 3600:.0f} hours old"


def gives_token(request):
    """Whether a monitoring programme shows METRICS_TOKEN (`Authorization: Bearer …`)."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(settings.METRICS_TOKEN) and constant_time_compare(given, settings.METRICS_TOKEN)


def _may_see_details(request):
    return gives_token(request) or (request.user.is_active and request.user.is_superuser)


@never_cache
@login_not_required
@require_safe
def healthz(request):
    found = dict(findings())
    problems = {name: problem for name, problem in found.items() if problem}
    for name, problem in problems.items():
        logger.error("health: %s: %s", name, problem)
    answer = {"status": "failing" if problems else "ok"}
    if not problems.get("database") and _may_see_details(request):
        answer["checks"] = {name: problem or "ok" for name, problem in found.items()}
        answer["oldest_due_seconds"] = round(oldest_due_seconds())
    return JsonResponse(answer, status=503 if problems else 200)
