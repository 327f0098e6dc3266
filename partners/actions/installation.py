"""The first day of an installation that holds no demo."""

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction

from iimprove.clock import today
from partners.models import Event, Person, Project, ProjectRole
from partners.models.event import record


@transaction.atomic
def start_installation(*, email, name, slug, short_name, project_name, starts_on, ends_on):
    """Make the first platform admin, with a confirmed address, and the first project with this person as its coordinator.

    Raises ValidationError where somebody has an account already, or where a value cannot be.
    """
    if Person.objects.exists():
        raise ValidationError("Somebody has an account here already; a platform admin adds people and projects on the site.")
    person = Person(email=email.lower(), name=name, is_staff=True, is_superuser=True)
    person.set_unusable_password()
    project = Project(slug=slug, short_name=short_name, name=project_name, starts_on=starts_on, ends_on=ends_on)
    for new in (person, project):
        new.full_clean()
        new.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    ProjectRole.objects.create(project=project, person=person, role=ProjectRole.Role.COORDINATOR, started_on=today())
    record(Event.Verb.PROJECT_ROLE_GIVEN, by=person, person=person, project=project, details={"role": ProjectRole.Role.COORDINATOR})
    return project
