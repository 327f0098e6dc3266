"""Invented projects before anybody has noted anything: partners, people, activities, who was there."""

import datetime
import random
from dataclasses import dataclass, field
from functools import cached_property

from iimprove.clock import today
from learning.defaults import DEFAULTS
from learning.filling.copying import Copying
from learning.models import NoticeAcceptance
from partners.models import Activity, ActivityPartner, Attendance, Membership, Partner, Person, Project, ProjectPartner, ProjectRole

SLUG = "filled"
COUNTRIES = {"SE": "sv", "BE": "nl", "DE": "de", "IT": "it", "PL": "pl", "LT": "lt", "AT": "de"}
STAFF = (2, 10)  # people of one partner
NOTES_PER_VISIT = 2.3  # of one person about one activity, over all waves
THERE = 9  # people at an activity of a small project
ACTIVITIES = (3, 16)
AGE = (400, 1400)  # days since a project began
PERIOD = 730


@dataclass
class Place:
    """One project: `people` by partner, `visits` with who was there, for whom: [(activity, host, [(person, partner)])]."""

    project: Project
    partners: list
    people: dict = field(default_factory=dict)
    visits: list = field(default_factory=list)

    @cached_property
    def everybody(self):
        return [(person, partner) for partner, people in self.people.items() for person in people]


def places(numbers, reflections, rng: random.Random):
    """The projects of these `numbers`, each with room for so many reflections: a larger project has more people, not more of everything."""
    visits = max(THERE, round(reflections * 0.9 / NOTES_PER_VISIT))
    activities = min(max(round(visits / THERE), ACTIVITIES[0]), ACTIVITIES[1])
    made = [_place(project, partners) for project, partners in _projects(numbers, rng)]
    _people(made, -(-visits // activities), rng)
    _activities(made, activities, -(-visits // activities), rng)
    return made


def _place(project, partners):
    return Place(project, partners)


def _projects(numbers, rng):
    projects = Project.objects.bulk_create(_project(number, rng) for number in numbers)
    partners = [[_partner(project, index) for index in range(rng.randint(4, 8))] for project in projects]
    Partner.objects.bulk_create([partner for own in partners for partner in own])
    parts = [
        ProjectPartner(project=project, partner=partner, part="full" if index else "lead")
        for project, own in zip(projects, partners, strict=True)
        for index, partner in enumerate(own)
    ]
    ProjectPartner.objects.bulk_create(parts)
    return zip(projects, partners, strict=True)


def _project(number, rng):
    begun = today() - datetime.timedelta(days=rng.randint(*AGE))
    name = f"Invented project {number}"
    return Project(
        slug=f"{SLUG}-{number}", short_name=name, name=name, is_sample=True, starts_on=begun, ends_on=begun + datetime.timedelta(days=PERIOD)
    )


def _partner(project, index):
    country = [*COUNTRIES][(project.pk + index) % len(COUNTRIES)]
    name = f"Invented partner {project.slug.removeprefix(f'{SLUG}-')}.{index + 1}"
    return Partner(slug=f"{project.slug}-{index + 1}", name=name, short_name=name, country=country, languages=[COUNTRIES[country]])


def _people(made, there, rng):
    people, memberships, roles = [], [], []
    for place in made:
        for index, partner in enumerate(place.partners):
            count = max(rng.randint(*STAFF), -(-there // 2) if there > 2 * THERE else 0)
            own = place.people[partner] = [_person(partner, number) for number in range(count)]
            people += own
            memberships += [_membership(person, partner, place.project, number, rng) for number, person in enumerate(own)]
            if not index:
                roles.append(ProjectRole(project=place.project, person=own[0], role="coordinator", started_on=place.project.starts_on))
    Person.objects.bulk_create(people)
    Membership.objects.bulk_create(memberships)
    ProjectRole.objects.bulk_create(roles)
    NoticeAcceptance.objects.bulk_create(NoticeAcceptance(person=person, version=DEFAULTS.notice) for person in people)


def _person(partner, number):
    name = f"Colleague {number + 1}, {partner.short_name}"
    return Person(email=f"{partner.slug}-{number + 1}@sample.invalid", name=name, language=partner.languages[0], password="!", is_sample=True)  # noqa: S106


def _membership(person, partner, project, number, rng):
    """The first is the admin and stays; of the others one in seven has left."""
    left = project.starts_on + datetime.timedelta(days=rng.randint(120, PERIOD)) if number > 1 and rng.random() < 1 / 7 else None
    role = Membership.Role.MEMBER if number else Membership.Role.ADMIN
    ended = left if left and left <= today() else None
    return Membership(person=person, partner=partner, role=role, started_on=project.starts_on, ended_on=ended)


def _activities(made, count, there, rng):
    activities, sides = [], []
    for place in made:
        step = PERIOD // (count + 1)
        for index in range(count):
            host, *guests = rng.sample(place.partners, len(place.partners) if index % 5 == 0 else rng.randint(2, 3))
            activity = _activity(place.project, host, index, place.project.starts_on + datetime.timedelta(days=step * (index + 1)))
            activities.append(activity)
            sides += [ActivityPartner(activity=activity, partner=partner, side="guest") for partner in guests]
            sides.append(ActivityPartner(activity=activity, partner=host, side="host"))
            own = [(person, partner) for partner in (host, *guests) for person in place.people[partner]]
            place.visits.append((activity, host, rng.sample(own, min(there, len(own)))))
    Activity.objects.bulk_create(activities)
    ActivityPartner.objects.bulk_create(sides)
    _attendances(made)


def _attendances(made):
    rows = Copying(Attendance, "person_id activity_id partner_id state")
    for place in made:
        for activity, _host, present in place.visits:
            state = "attended" if activity.ends_on < today() else "expected"
            for person, partner in present:
                rows.add(person.pk, activity.pk, partner.pk, state)
    rows.flush()


def _activity(project, host, index, first):
    kind = Activity.Kind.BILATERAL_MEETING if index % 5 else Activity.Kind.TRANSNATIONAL_MEETING
    last = first + datetime.timedelta(days=3)
    return Activity(
        project=project,
        code=f"A{index + 1}",
        kind=kind,
        title="Invented visit",
        country=host.country,
        starts_on=first,
        ends_on=last,
        status=Activity.Status.HELD if last < today() else Activity.Status.PLANNED,
    )
