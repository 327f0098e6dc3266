"""Whose occasions these are: who they are, whether they are still there, what they have switched off."""

from collections import defaultdict
from dataclasses import dataclass

from learning.calendars import absences_of
from learning.models import SwitchedOff
from learning.models.occasion import OCCASIONS
from learning.planner import Occasion
from partners.models import Membership, Partner, Person, ProjectPartner, ProjectRole


@dataclass(frozen=True)
class Standing:
    people: dict
    absences: dict  # {person: [(first day, last day)]}
    partners: dict
    works_for: dict  # {person: the organisation they work for now}
    here: set  # (person, project) of everybody who takes part today
    off: set  # (person, occasion)

    def partner(self, row):
        return self.partners.get(row.partner or self.works_for.get(row.person))

    def is_here(self, row):
        """A moment that belongs to no project is one's own."""
        return self.people[row.person].is_active and (row.project is None or (row.person, row.project) in self.here)


def only(rows, people, name="person"):
    """Of `rows` those of `people` (ids); all of them where that is None."""
    return rows if people is None else rows.filter(**{f"{name}__in": people})


def read_standing(rows):
    people = {row.person for row in rows}
    memberships = list(Membership.objects.current().filter(person__in=people).order_by("started_on", "pk").values_list("person", "partner"))
    works_for = dict(memberships)
    return Standing(
        people=Person.objects.filter(pk__in=people).only("time_zone", "send_at", "mail_preference", "is_active").in_bulk(),
        absences=absences_of(people),
        partners=Partner.objects.in_bulk({row.partner for row in rows} - {None} | set(works_for.values())),
        works_for=works_for,
        here=_here(memberships, {row.project for row in rows} - {None}),
        off={(person, occasion(*ids)) for person, *ids in SwitchedOff.objects.filter(person__in=people).values_list("person", *OCCASIONS)},
    )


def occasion(*ids):
    """What a prompt, or something switched off, is about: `ids` in the order of OCCASIONS; None if it is about none of them."""
    return next((Occasion(kind, pk) for kind, pk in zip(OCCASIONS, ids, strict=True) if pk), None)


def _here(memberships, projects):
    projects_of = defaultdict(set)
    for partner, project in ProjectPartner.objects.filter(project__in=projects).values_list("partner", "project"):
        projects_of[partner].add(project)
    here = {(person, project) for person, partner in memberships for project in projects_of[partner]}
    return here | set(ProjectRole.objects.current().filter(project__in=projects).values_list("person", "project"))
