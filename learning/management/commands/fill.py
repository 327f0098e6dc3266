import random

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from learning.filling.copying import foreign_keys_at_the_end
from learning.filling.places import SLUG, places
from learning.filling.told import TABLES, Telling
from partners.models import Attendance, Partner, Project

AT_ONCE = 50  # projects held in memory


class Command(BaseCommand):
    help = "Local mode only: invented projects in any number, to see how the site does with much in it. Only into a database without other projects."

    def add_arguments(self, parser):
        parser.add_argument("--projects", type=int, default=1, help="how many (1)")
        parser.add_argument("--reflections", type=int, default=250, help="how many in all (250)")
        parser.add_argument("--seed", type=int, default=2019, help="another number, other people saying other things (2019)")

    def handle(self, projects, reflections, seed, verbosity, **options):
        if not settings.LOCAL:
            raise CommandError("All of it would be invented; it is made in local mode only.")
        if Project.objects.exclude(slug__startswith=f"{SLUG}-").exists() or Partner.objects.exclude(slug__startswith=f"{SLUG}-").exists():
            raise CommandError("There are projects here that were not made by this command: take an empty data folder (VAR).")
        if not 0 < projects <= reflections:
            raise CommandError("At least one project, and at least one reflection in each.")
        before = Project.objects.count()
        rng = random.Random(f"{seed} {before}")  # noqa: S311
        with transaction.atomic(), foreign_keys_at_the_end([Attendance, *TABLES]):
            for first in range(0, projects, AT_ONCE):
                numbers = range(first, min(first + AT_ONCE, projects))
                self.fill(before, numbers, lambda number: _share(reflections, projects, number), rng)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        if verbosity:
            self.stdout.write(f"{projects} invented projects with {reflections} reflections.")

    def fill(self, before, numbers, share, rng):
        telling = Telling(rng)
        made = places([before + number + 1 for number in numbers], share(numbers[0]), rng)
        for number, place in zip(numbers, made, strict=True):
            telling.tell(place, share(number))
        telling.write()


def _share(whole, parts, number):
    """Of `whole` in `parts` as equal as they can be, the one with this number."""
    return whole * (number + 1) // parts - whole * number // parts
