from django.core.management.base import BaseCommand
from django.utils import timezone

from learning.actions.releases import release_due


class Command(BaseCommand):
    help = "Release the figures of every project of which a wave has closed since the last time. Beat calls it; harmless when run twice or late."

    def handle(self, **options):
        if released := release_due(timezone.now()):
            self.stdout.write(f"{released} projects have new figures")
