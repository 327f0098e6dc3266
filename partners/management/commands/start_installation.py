import datetime
import sys

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify

from partners.actions.installation import start_installation


def day(text):
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise CommandError(f"“{text}” is not a day; write it as 2026-09-01.") from None


class Command(BaseCommand):
    help = "Make the first platform admin and the first project of an empty installation. What no option says is asked for."

    QUESTIONS = {  # option: (question, help, may be left out)
        "email": ("Your e-mail address", "of the platform admin, who signs in with it", False),
        "name": ("Your name", "of the platform admin, as colleagues know it", False),
        "project": ("The project's short name", "as I_Improve", False),
        "title": ("The project's full name (or nothing)", "full name of the project", True),
        "start": ("First day of the project, as 2026-09-01 (or nothing)", "first day, YYYY-MM-DD", True),
        "end": ("Last day of the project, as 2028-08-31 (or nothing)", "last day, YYYY-MM-DD", True),
    }

    def add_arguments(self, parser):
        for option, (_question, text, _optional) in self.QUESTIONS.items():
            parser.add_argument(f"--{option}", help=text)
        parser.add_argument("--slug", help="the project's place in addresses; made from its short name otherwise")

    def handle(self, **options):
        answers = {option: self.answer(option, options[option]) for option in self.QUESTIONS}
        try:
            project = start_installation(
                email=answers["email"],
                name=answers["name"],
                slug=options["slug"] or slugify(answers["project"].replace("_", "-")),
                short_name=answers["project"],
                project_name=answers["title"],
                starts_on=day(answers["start"]),
                ends_on=day(answers["end"]),
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(f"{project} is made. Sign in at {settings.SITE_URL}/account/login/ with {answers['email']}.")

    def answer(self, option, given):
        """The option; without it the person's answer; where nobody can be asked, nothing if nothing may stand there."""
        question, _text, is_optional = self.QUESTIONS[option]
        if given is not None or (is_optional and not sys.stdin.isatty()):
            return given or ""
        if not sys.stdin.isatty():
            raise CommandError(f"--{option} is missing: {self.QUESTIONS[option][1]}.")
        while not (answer := input(f"{question}: ").strip()) and not is_optional:
            pass
        return answer
