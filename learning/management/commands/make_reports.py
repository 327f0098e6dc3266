from django.core.management.base import BaseCommand

from learning.actions.report_making import make_waiting


class Command(BaseCommand):
    help = "Make the reports that were asked for as files. Beat calls it; harmless twice or late."

    def handle(self, **options):
        count = make_waiting()
        if count:
            self.stdout.write(f"{count} reports made")
