from django.core.management.base import BaseCommand
from django.utils import timezone

from learning.actions.deletion import purge


class Command(BaseCommand):
    help = "Remove for good what people deleted some days ago and did not take back."

    def handle(self, **options):
        purge(timezone.now())
