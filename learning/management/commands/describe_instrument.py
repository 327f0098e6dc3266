from django.core.management.base import BaseCommand

from learning.instrument import describe


class Command(BaseCommand):
    help = "Print docs/instrument.md, made from the declared forms."

    def handle(self, **options):
        self.stdout.write(describe(), ending="")
