"""What Beat calls in this app."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def plan():
    call_command("plan")


@shared_task
def nightly():
    call_command("purge")
    call_command("release")


@shared_task
def make_reports():
    call_command("make_reports")
