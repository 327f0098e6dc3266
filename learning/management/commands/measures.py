import json
from dataclasses import asdict, is_dataclass
from enum import Enum
from fractions import Fraction

from django.core.management.base import BaseCommand, CommandError

from learning import disclosure
from partners.models import Project


class Command(BaseCommand):
    help = "The shared figures of a project's activities, as everybody inside it may see them."

    def add_arguments(self, parser):
        parser.add_argument("project", help="The slug of the project.")
        parser.add_argument("--json", action="store_true", help="As JSON, with n and base; else one line a figure.")

    def handle(self, *, project, **options):
        found = Project.objects.filter(slug=project).first()
        if found is None:
            raise CommandError(f"There is no project {project}.")
        activities = {}
        for activity in found.activities.order_by("code"):
            figures = disclosure.shared(disclosure.stored(found.activities.filter(pk=activity.pk)))
            activities[activity.code] = {name: plain(figure) for name, figure in figures.items()}
        if options["json"]:
            self.stdout.write(json.dumps({"project": project, "layer": "shared", "activities": activities}, indent=1))
            return
        for code, figures in activities.items():
            for name, figure in figures.items():
                self.stdout.write(f"{code}\t{name}\t{figure['hidden'] or figure['value']}\tn={figure['n']} of {figure['base']}")


def plain(value):
    """As JSON knows it: fractions as numbers, rounded only for reading."""
    if is_dataclass(value):
        return plain(asdict(value))
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Fraction):
        return round(float(value), 6)
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value
