"""The Celery app: `celery -A iimprove worker` and `celery -A iimprove beat`."""

import gc
import os

from celery import Celery
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iimprove.settings")
app = Celery("iimprove")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def spare(**_):
    """What was imported stays for good: looking through it for what may go takes a tenth of the time a mail takes."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
