from django.core.management.base import BaseCommand
from django.utils import timezone

from learning.actions.deletion import purge
from learning.models import ReportPack


class Command(BaseCommand):
    help = "Remove for good what people deleted some days ago and did not take back, and reports made as files more than a day ago."

    def handle(self, **options):
        purge(timezone.now())
        ReportPack.objects.over().delete()
