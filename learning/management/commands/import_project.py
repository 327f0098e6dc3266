from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from learning.actions.releases import release_if_due
from learning.project_file.importing import import_text
from learning.project_file.opening import text_of
from learning.project_file.reading import Refused


class Command(BaseCommand):
    help = "Make a project from a project file (docs/project-file.md). Of a project that is here already nothing is changed: what differs is listed."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="a project file, .yaml or .zip")

    def handle(self, file, verbosity, **options):
        try:
            outcome = import_text(text_of(file))
        except Refused as refused:
            lines = "\n".join(f"  {problem}" for problem in refused.problems)
            raise CommandError(f"{file}: nothing was imported; to be mended:\n{lines}") from None
        if outcome.is_new and outcome.project.is_sample:
            release_if_due(outcome.project, timezone.now())
        if verbosity:
            self.report(outcome)

    def report(self, outcome):
        project = outcome.project
        if outcome.is_new:
            self.stdout.write(f"{project} was imported: {project.parts.count()} partners, {project.activities.count()} activities.")
        elif not outcome.notes:
            self.stdout.write(f"{project} is here already, just as in the file: nothing to do.")
        else:
            self.stdout.write(f"{project} is here already and differs from the file; nothing was changed. What differs:")
        if outcome.is_new and outcome.notes:
            self.stdout.write("What was here before stays as it is; it differs from the file:")
        for note in outcome.notes:
            self.stdout.write(f"  {note}")
