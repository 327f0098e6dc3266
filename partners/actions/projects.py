"""A project's details, period, partners, roles, and what of it is public. Every change leaves an event."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iimprove.clock import today
from partners.actions import people
from partners.dates import days, in_language_of
from partners.models import Activity, Event, Partner, Person, PlanChange, ProjectPartner, ProjectRole
from partners.models.event import record
from partners.slugs import save_with_free_slug


@transaction.atomic
def change_project(project, *, by):
    project.save()
    record(Event.Verb.PROFILE_CHANGED, by=by, project=project)


@transaction.atomic
def change_period(project, *, before, reason, by):
    """Save a new period; `before`, the old (first, last) day, stays with the reason."""
    project.save()
    with in_language_of(project):
        planned = days(*before)
    PlanChange.objects.create(project=project, kind=PlanChange.Kind.PERIOD, planned=planned, reason=reason, by=by)
    after = (project.starts_on, project.ends_on)
    record(Event.Verb.PERIOD_CHANGED, by=by, project=project, details={"before": [*map(str, before)], "after": [*map(str, after)]})


@transaction.atomic
def add_partner(project, partner, *, part, note, by):
    """Bring an organisation into the project; one that is new here is saved first, at an address of its own."""
    if partner.pk is None:
        save_with_free_slug(partner, name=partner.short_name, among=Partner.objects, otherwise="partner")
    ProjectPartner.objects.create(project=project, partner=partner, part=part, note=note)
    record(Event.Verb.PARTNER_ADDED, by=by, project=project, partner=partner, details={"part": part})
    return partner


@transaction.atomic
def change_part(part, *, by):
    part.save()
    record(Event.Verb.PROFILE_CHANGED, by=by, project=part.project, partner=part.partner, details={"part": part.part})


@transaction.atomic
def remove_partner(part, *, by):
    """Take an organisation out of a project in which it did nothing yet. Raises ValidationError otherwise."""
    if Activity.objects.filter(project=part.project, sides__partner=part.partner).exists():
        raise ValidationError(_("%(partner)s takes part in activities of this project and stays in it."), params={"partner": part.partner})
    record(Event.Verb.PARTNER_REMOVED, by=by, project=part.project, partner=part.partner)
    part.delete()


@transaction.atomic
def give_project_role(project, *, email, role, by, name="", language="en"):
    """Give somebody with an account a role in the project from today on; invite whoever has none.

    Returns the ProjectRole, or the Invitation. Raises ValidationError if the person has the role.
    """
    person = Person.objects.filter(email=email.lower(), is_active=True).first()
    if person is None:
        return people.invite_to_project(project=project, email=email, role=role, by=by, name=name, language=language)
    given = ProjectRole(project=project, person=person, role=role, started_on=today())
    given.full_clean()
    given.save()
    record(Event.Verb.PROJECT_ROLE_GIVEN, by=by, project=project, person=person, details={"role": role})
    return given


@transaction.atomic
def end_project_role(given, *, by):
    """End a role today. A project keeps at least one coordinator."""
    coordinators = given.project.roles.current().filter(role=ProjectRole.Role.COORDINATOR).select_for_update()
    if given.role == ProjectRole.Role.COORDINATOR and not any(other.pk != given.pk for other in coordinators):
        raise ValidationError(_("This is the only coordinator: give the role to somebody else first."))
    given.ended_on = max(today(), given.started_on or today())
    given.save()
    record(Event.Verb.PROJECT_ROLE_ENDED, by=by, project=given.project, person=given.person, details={"role": given.role})


@transaction.atomic
def publish(*things, by):
    """Show projects or activities to everybody. An activity is seen once its project is public, too."""
    for thing in things:
        thing.published_at, thing.published_by = timezone.now(), by
        thing.save()
        record(Event.Verb.PUBLISHED, by=by, **_about(thing))


@transaction.atomic
def unpublish(thing, *, by):
    thing.published_at = thing.published_by = None
    thing.save()
    record(Event.Verb.UNPUBLISHED, by=by, **_about(thing))


def _about(thing):
    return {"project": thing.project, "activity": thing} if isinstance(thing, Activity) else {"project": thing}
