"""The Celery app: `celery -A iimprove worker` and `celery -A iimprove beat`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iimprove.settings")
app = Celery("iimprove")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
