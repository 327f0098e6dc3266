import json
from dataclasses import asdict, is_dataclass
from enum import Enum
from fractions import Fraction

from django.core.management.base import BaseCommand, CommandError

from learning import disclosure
from partners.models import Project


class Command(BaseCommand):
    help = "The figures of a project as everybody inside it may see them: those last released, and the shared ones of its activities."

    def add_arguments(self, parser):
        parser.add_argument("project", help="The slug of the project.")
        parser.add_argument("--json", action="store_true", help="As JSON, with n and base; else one line a figure.")

    def handle(self, *, project, **options):
        found = Project.objects.filter(slug=project).first()
        if found is None:
            raise CommandError(f"There is no project {project}.")
        since, released = disclosure.released(found)
        rows, codes = disclosure.stored_open(found.activities), dict(found.activities.order_by("code").values_list("pk", "code"))
        of_each = disclosure.shared_by_activity(rows)
        scopes = {
            "project": {" ".join(filter(None, key)): figure for key, figure in released.items()},
            "shared": disclosure.shared(rows),
            **{code: of_each[pk] for pk, code in codes.items() if pk in of_each},
        }
        if options["json"]:
            scopes = plain(scopes)
            said = {
                "released_at": since and since.isoformat(),
                "released": scopes.pop("project"),
                "shared": scopes.pop("shared"),
                "activities": scopes,
            }
            self.stdout.write(json.dumps({"project": project, **said}, indent=1))
            return
        for scope, figures in scopes.items():
            for name, figure in figures.items():
                number = figure.value if figure.bar is None else figure.bar
                self.stdout.write(f"{scope}\t{name}\t{figure.hidden or number}\tn={figure.n} of {figure.base}")


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
