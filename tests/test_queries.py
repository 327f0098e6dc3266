"""No page takes more queries when there is more of everything on it."""

import datetime

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from changemakers.models import Practice
from iimprove import bounces
from iimprove.clock import today
from learning.models import SwitchedOff
from partners.models import Absence, Activity, Event, PlanChange
from partners.models.event import record
from tests import world as worlds
from tests.factories import (
    ActivityFactory,
    AttendanceFactory,
    BaselineFactory,
    ChangemakerFactory,
    CheckInFactory,
    ChoiceFactory,
    FollowUpFactory,
    HeadcountFactory,
    InvitationFactory,
    MembershipFactory,
    PartnerFactory,
    PracticeFactory,
    PracticeStageFactory,
    ProjectPartnerFactory,
    ProjectRoleFactory,
    PromptFactory,
    ReflectionFactory,
    ReplyFactory,
    TakeawayFactory,
    WriteUpFactory,
)
from tests.test_access import pages_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db):
    return worlds.build()


def grow(world):
    """One more of everything that some page lists."""
    project, host = world.project, world.host
    partner = PartnerFactory()
    ProjectPartnerFactory(project=project, partner=partner)
    for at in (host, partner):
        person = MembershipFactory(partner=at).person
        MembershipFactory(partner=at, ended=True)
        MembershipFactory(partner=at, admin=True, expected_end_on=today() + datetime.timedelta(days=20))
        InvitationFactory(partner=at, sent_by=world.people["admin"])
        BaselineFactory(project=project, partner=at, version=project.baselines.filter(partner=at).count() + 1)
        ChoiceFactory(project=project, partner=at)
        record(Event.Verb.JOINED, by=person, person=person, partner=at, project=project)
        for author in (world.people["admin"], world.people["coordinator"], person):
            for level in ("only_me", "partnership", "public"):
                told = ReflectionFactory(
                    author=author, partner_then=host, activity=Activity.objects.get(project=project, code="C4"), visibility=level
                )
                TakeawayFactory(reflection=told, visibility=level)
            ReflectionFactory(author=author, unfinished=True, draft={"keep-new": ["x"]})
            ReflectionFactory(author=author, deleted=True)
        for activity in (
            Activity.objects.get(project=project, code="C4"),
            ActivityFactory(project=project, host=partner, guests=[host], status="planned"),
        ):
            PlanChange.objects.create(project=project, activity=activity, kind="moved")
            AttendanceFactory(person=MembershipFactory(partner=at).person, partner=at, activity=activity)
            WriteUpFactory(activity=activity, partner=at, author=person)
            HeadcountFactory(activity=activity)
            told = ReflectionFactory(author=person, partner_then=at, activity=activity)
            card = TakeawayFactory(reflection=told, visibility="partnership")
            ReplyFactory(takeaway=card, author=person)
            FollowUpFactory(takeaway=card, visibility="partnership", activity=activity)
            TakeawayFactory(reflection=ReflectionFactory(activity=activity, partner_then=at), visibility="partnership", taken_from=card)
            for asked in (person, world.people["admin"], world.people["coordinator"]):
                _ask(asked, activity)
        ActivityFactory(project=project, unknown=True)
        ActivityFactory(project=project, host=at, starts_on=today() + datetime.timedelta(days=9), ends_on=None)
        practice = Practice.objects.get(stages=world.things["stage"])
        PracticeStageFactory(practice=practice, partner=at, by=world.people["admin"])
        for author in (world.people["admin"], person):
            told = ReflectionFactory(author=author, partner_then=at, activity=Activity.objects.get(project=project, code="C4"))
            about = TakeawayFactory(reflection=told, visibility="partnership", practice=practice)
            FollowUpFactory(takeaway=about, visibility="partnership")
            CheckInFactory(project=project, partner=host, story=about)
    changemaker = ChangemakerFactory()
    PracticeFactory(changemaker=changemaker)
    ChoiceFactory(project=project, partner=partner, changemaker=changemaker, chosen=True)
    ProjectRoleFactory(project=project, educator=True)
    for person in world.people.values():
        if person:
            Absence.objects.create(person=person, starts_on=today(), ends_on=today())


def _ask(person, activity):
    """A question open now, one that is ahead, one that is switched off; and a mail to the person came back."""
    form = "F3" if person.prompts.filter(activity=activity, form="F2").exists() else "F2"
    if not person.prompts.filter(activity=activity, form=form).exists():
        PromptFactory(person=person, activity=activity, form=form)
        PromptFactory(person=person, activity=ActivityFactory(project=activity.project), due_at=timezone.now() + datetime.timedelta(days=9))
        SwitchedOff.objects.create(person=person, activity=ActivityFactory(project=activity.project))
        bounces.record(person.email, event_id=f"{person.pk} {activity.pk} {form}", is_permanent=True, words="no such mailbox")


@pytest.mark.parametrize("actors", [("admin",), ("coordinator", "member", "stranger")])
def test_queries_do_not_grow_with_what_a_page_shows(actors, world):
    pages = {name: (client, url) for name, client, url in pages_once(world, actors)}
    for client in {client for client, _url in pages.values()}:
        client.get(reverse("learning:home"))  # what only the first page asks
    grow(world)

    before = {name: queries_of(*page) for name, page in pages.items()}
    grow(world)
    after = {name: queries_of(*page) for name, page in pages.items()}

    assert {name: (before[name], after[name]) for name in pages if before[name] < after[name]} == {}
    assert len(pages) > 60


def queries_of(client, url):
    counted = []

    def count(execute, sql, *rest):
        counted.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        client.get(url)
    return len(counted)
