"""Whose clock, whose holidays: person, then organisation, then activity. VALUE_MODEL §7, S9, S10."""

from collections import defaultdict

from django.conf import settings

from learning import waves
from partners.models import Absence, Membership


def zone_of(activity):
    """An activity's own zone, else its host's, else the installation's."""
    return activity.time_zone or (activity.host.time_zone if activity.host else "") or settings.TIME_ZONE


def end_of(activity):
    """The instant it ends, or None if the last day is not known."""
    return waves.ended_at(activity.ends_on, activity.ends_at, zone_of(activity))


def calendar_of(person, *, partner=None, activity=None, absences=()):
    """The clock and free days of `person`. Public holidays are those of the organisation's country."""
    zone = person.time_zone or (partner.time_zone if partner else "") or (zone_of(activity) if activity else settings.TIME_ZONE)
    return waves.Calendar(zone, partner.country.code if partner and partner.country else "", person.send_at, tuple(absences))


def absences_of(people):
    """{id of a person: [(first day, last day)]}, read at once."""
    found = defaultdict(list)
    for person, *spell in Absence.objects.filter(person__in=people).values_list("person", "starts_on", "ends_on"):
        found[person].append(tuple(spell))
    return found


def calendars_of(people):
    """The calendar of each person, by the organisation they work for now; {person: Calendar}."""
    people = list(people)
    ids = [person.pk for person in people]
    memberships = Membership.objects.current().filter(person__in=ids).select_related("partner").order_by("-started_on", "-pk")
    partners, absences = {membership.person_id: membership.partner for membership in memberships}, absences_of(ids)
    return {person: calendar_of(person, partner=partners.get(person.pk), absences=absences[person.pk]) for person in people}
