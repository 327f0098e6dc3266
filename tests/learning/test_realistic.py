"""Projects as small partnerships are: most pages of activities have something to read, and the page of the project's value is full."""

import datetime
import random

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.actions.releases import release_due
from learning.models import FollowUp, Reflection
from tests.factories import (
    ActivityFactory,
    AttendanceFactory,
    MembershipFactory,
    PartnerFactory,
    ProjectFactory,
    ProjectPartnerFactory,
    PromptFactory,
    ReflectionFactory,
    TakeawayFactory,
)

pytestmark = pytest.mark.django_db
STAFF = (4, 4, 3, 3, 3, 3)  # people at each of six partners: twenty
ANSWERS = {"t0": 0.7, "w2": 0.5, "m3": 0.5, "m12": 0.4}
SHARES = 0.6
DAYS = {"w2": 16, "m3": 95, "m12": 370}
KINDS = ["what", "why", "how", "who", "place", "me"]
NOW = datetime.datetime(2022, 1, 10, 3, tzinfo=datetime.UTC)


@pytest.fixture(params=range(2))
def project(request):
    chance, project = random.Random(request.param), ProjectFactory()
    partners = [ProjectPartnerFactory(project=project, partner=PartnerFactory(), lead=not place).partner for place in range(len(STAFF))]
    staff = {partner: [MembershipFactory(partner=partner).person for _ in range(size)] for partner, size in zip(partners, STAFF, strict=True)}
    for number in range(12):
        activity = _activity(project, partners, number)
        for partner in (activity.host, *activity.guests):
            for person in chance.sample(staff[partner], 3):
                AttendanceFactory(person=person, partner=partner, activity=activity)
                _answer(chance, activity, person, partner, partners)
    release_due(NOW)
    return project


def _activity(project, partners, number):
    """Ten visits of one partner to another, and two meetings of all."""
    host, first = partners[number % 6], datetime.date(2018, 10, 1) + datetime.timedelta(days=60 * number)
    guests = [partner for partner in partners if partner != host] if number in (5, 11) else [partners[(number + 1 + number // 6) % 6]]
    return ActivityFactory(
        project=project, code=f"C{number}", host=host, guests=guests, held=True, starts_on=first, ends_on=first + datetime.timedelta(days=4)
    )


def _answer(chance, activity, person, partner, partners):
    end = timezone.make_aware(datetime.datetime.combine(activity.ends_on, datetime.time(18)))
    asked = {"person": person, "activity": activity, "due_at": end, "closes_at": end + datetime.timedelta(days=21), "state": "closed"}
    if chance.random() > ANSWERS["t0"]:
        PromptFactory(outcome="silent", **asked)
        return
    PromptFactory(outcome="answered", answered_at=end, **asked)
    level = "partnership" if chance.random() < SHARES else "only_me"
    told = ReflectionFactory(author=person, partner_then=partner, activity=activity, visibility=level, gave=chance.choice([0, 1, 1, 2, 2]))
    Reflection.objects.filter(pk=told.pk).update(submitted_at=end + datetime.timedelta(hours=chance.randrange(3, 300)))
    things = [
        TakeawayFactory(reflection=told, visibility=level, kinds=[chance.choice(KINDS)], will_use=chance.choice([0, 1, 2, 2]))
        for _ in range(chance.choice([1, 2, 2, 3]))
    ]
    for thing in things:
        thing.source_partners.add(chance.choice([other for other in partners if other != partner]))
    for wave, days in DAYS.items():
        if chance.random() < ANSWERS[wave]:
            at = end + datetime.timedelta(days=days)
            FollowUp.objects.bulk_create(
                FollowUp(takeaway=thing, wave=wave, observed_at=at, visibility=level, evidence=chance.randrange(3), **_became(chance))
                for thing in things
            )


def _became(chance):
    state = chance.choice(["none_yet", "tried", "tried", "in_use", "in_use", "stopped"])
    return {"state": state, "effect": chance.choice(["no", "self", "team", "public"]) if state != "none_yet" else ""}


def test_most_pages_of_activities_show_a_card_or_a_figure(client, project):
    client.force_login(project.partners.first().memberships.first().person)
    pages = [client.get(activity.get_absolute_url()).context for activity in project.activities.all()]
    telling = [page for page in pages if page["today"]["count"] or any(not told.hidden for told in page["figures"])]

    assert len(pages) == 12
    assert len(telling) >= 0.85 * len(pages)


def test_the_page_of_the_value_is_full(client, project):
    client.force_login(project.partners.last().memberships.first().person)
    told = client.get(reverse("learning:project_value", args=[project.slug])).context["told"]
    empty = {figure.name for figure in told.figures if not figure.has_numbers}

    assert empty <= {"M4.changed", "M4.harm", "M11"}  # nobody was asked here, or what few say is theirs
    assert told.activities
    assert sum(len(figure.stories) for figure in told.figures) > 30
