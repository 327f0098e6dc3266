"""What Beat calls. Each task runs a management command, so that every job can be run by hand."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def drain():
    call_command("drain")


@shared_task
def nightly():
    call_command("nightly")
