"""The tests' own PostgreSQL, Valkey and SMTP server, started before the settings are read.

Each run takes the first data folder that no other run holds (VAR/test, VAR/test-2, ...), so that a running site and a second
run of the tests are not disturbed. With xdist the first process starts them and its workers inherit the addresses.
"""

import os
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import django
from django.conf import settings

from iimprove import embedded

STARTED = "IIMPROVE_TEST_SERVICES"
running = ExitStack()


def start():
    """Make this process ready for Django, with services of its own; `running.close()` stops them."""
    if STARTED not in os.environ:
        _start_first_free(Path(os.environ.get("VAR") or "var").resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "iimprove.settings"
    django.setup()
    settings.WHITENOISE_AUTOREFRESH = True  # each test client starts the middleware, which else walks all static files


def _start_first_free(var):
    os.environ["LOCAL"] = os.environ[STARTED] = "1"
    os.environ.setdefault("SECRET_KEY", "for the tests alone, and long enough that nothing complains about it")
    for number in count(1):
        folder = var / ("test" if number == 1 else f"test-{number}")
        try:
            running.enter_context(embedded.services(folder, durable=False))
        except embedded.InUse:
            continue
        os.environ["VAR"] = str(folder)
        return
