"""gunicorn, the same in local mode and in production; one small machine is enough for these numbers."""

import datetime
import gc
import os
from pathlib import Path

from django.conf import settings
from django.urls import get_resolver
from django.utils import translation

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or 8000}"
workers = int(os.environ.get("WEB_WORKERS") or 3)
threads = int(os.environ.get("WEB_THREADS") or 3)
worker_class = "gthread"
timeout = 60
graceful_timeout = 10
keepalive = 5  # who asks again comes to the process that has kept the figures; under full load that costs some balance
max_requests, max_requests_jitter = 5000, 500
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  heartbeats, which must not wait for a disk
control_socket_disable = True
preload_app = True


def when_ready(server):
    """Before the first worker is forked: all pages are imported, all languages loaded, once for all of them; and that stays for good.

    To look through it for what may go would take a tenth of the time of a page, and each worker a copy of what it has looked at.
    """
    from partners import dates  # not before Django is set up

    get_resolver().url_patterns  # noqa: B018  found by importing them
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            dates.day(datetime.date.min)
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 5, 5)
