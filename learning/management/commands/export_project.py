from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from learning.project_file.exporting import export
from partners.models import Event, Project
from partners.models.event import record


class Command(BaseCommand):
    help = "Write a project as a project file (docs/project-file.md): what all its partners may read; the rest is counted."

    def add_arguments(self, parser):
        parser.add_argument("slug", metavar="SLUG", help="the project's short address")
        parser.add_argument("-o", "--output", metavar="FILE", help="write to FILE instead of the screen")

    def handle(self, slug, output, **options):
        project = Project.objects.filter(slug=slug).first()
        if project is None:
            raise CommandError(f"There is no project “{slug}”. Projects here: {', '.join(Project.objects.values_list('slug', flat=True)) or 'none'}.")
        text = export(project)
        if output:
            Path(output).write_text(text, encoding="utf-8", newline="\n")
        else:
            self.stdout.write(text, ending="")
        record(Event.Verb.EXPORTED, by=None, project=project)
