"""Whose clock, whose holidays: person, then organisation, then activity. VALUE_MODEL §7, S9, S10."""

from django.conf import settings
from django.db.models import prefetch_related_objects

from learning import waves
from partners.models import Membership


def zone_of(activity):
    """An activity's own zone, else its host's, else the installation's."""
    return activity.time_zone or (activity.host.time_zone if activity.host else "") or settings.TIME_ZONE


def end_of(activity):
    """The instant it ends, or None if the last day is not known."""
    return waves.ended_at(activity.ends_on, activity.ends_at, zone_of(activity))


def calendar_of(person, *, partner=None, activity=None):
    """The clock and free days of `person`. Public holidays are those of the organisation's country."""
    zone = person.time_zone or (partner.time_zone if partner else "") or (zone_of(activity) if activity else settings.TIME_ZONE)
    absences = tuple((absence.starts_on, absence.ends_on) for absence in person.absences.all())
    return waves.Calendar(zone, partner.country.code if partner and partner.country else "", person.send_at, absences)


def calendars_of(people):
    """The calendar of each person, by the organisation they work for now; {person: Calendar}."""
    people = list(people)
    prefetch_related_objects(people, "absences")
    memberships = Membership.objects.current().filter(person__in=people).select_related("partner").order_by("-started_on", "-pk")
    partners = {membership.person_id: membership.partner for membership in memberships}
    return {person: calendar_of(person, partner=partners.get(person.pk)) for person in people}
