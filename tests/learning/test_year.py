"""One takeaway through a year, date by date and mail by mail: VALUE_MODEL §5, with the real tables and a moving clock."""

import datetime
import uuid
import zoneinfo
from datetime import date

import pytest
import time_machine
from django.core import mail as outbox
from django.utils import timezone

from iimprove import mail
from learning.actions.confirmations import confirm
from learning.actions.follow_ups import Said, follow_up
from learning.actions.notes import Thing, answer_prompt, note
from learning.actions.prompts import plan_all
from learning.models import FollowUp, Obstacle, Prompt, Takeaway
from partners.models import Membership
from tests.factories import ActivityFactory, AttendanceFactory, MembershipFactory, PartnerFactory, PersonFactory, ProjectFactory
from tests.learning import circle

pytestmark = pytest.mark.django_db

KEYS = "Neighbours hold the keys, not the office"
AGAIN = "What became of what you took from C4?"


class Year:
    """Ana from Gdańsk visits Vilnius; Piotr works with her. Everything happens in the real tables, by the real actions."""

    def __init__(self):
        host = PartnerFactory(name="Laimikis", country="LT", time_zone="Europe/Vilnius")
        self.home = PartnerFactory(name="Miasto", city="Gdańsk", country="PL", time_zone="Europe/Warsaw")
        project = ProjectFactory(starts_on=date(2025, 1, 1), ends_on=date(2027, 12, 31))
        self.visit = ActivityFactory(
            project=project, host=host, guests=[self.home], code="C4", starts_on=date(2025, 9, 8), ends_on=date(2025, 9, 12), country="LT"
        )
        self.ana, self.piotr = (PersonFactory(name=name, email=f"{name.lower()}@gdansk.example.org") for name in ("Ana", "Piotr"))
        for person in (self.ana, self.piotr):
            MembershipFactory(person=person, partner=self.home)
            circle.accept(person)
        AttendanceFactory(person=self.ana, activity=self.visit, partner=self.home)
        self.mails = []

    def prompt(self, form, person=None):
        return Prompt.objects.get(form=form, person=person or self.ana)

    def thing(self):
        return Takeaway.objects.get()

    def until(self, *days):
        """Plan and send at 09:31 in Warsaw on each of these days."""
        for day in days:
            with time_machine.travel(datetime.datetime.combine(day, datetime.time(9, 31), zoneinfo.ZoneInfo("Europe/Warsaw")), tick=False):
                plan_all(timezone.now())
                mail.drain()
            self.mails += [(day, letter.to[0].partition("@")[0], letter.subject) for letter in outbox.outbox]
            outbox.outbox.clear()

    def on(self, day, action, *args, **values):
        """Something Ana or Piotr does at ten o'clock."""
        with time_machine.travel(f"{day}T10:00+01:00", tick=False):
            return action(*args, client_key=uuid.uuid4(), **values) if action is not confirm else action(*args, **values)


def test_one_takeaway_through_a_year():
    year = Year()
    year.on(date(2025, 9, 10), note, by=year.ana, activity=year.visit, gave=2, things=[Thing(KEYS, kinds=("why", "how"), will_use=1)])

    year.until(*days("2025-09-12", "2025-09-15"))  # the next working day is Monday
    kept = Thing(takeaway=year.thing(), will_use=2, plan_when="When we open the yard", plan_then="I give two neighbours a key")
    year.on(date(2025, 9, 15), answer_prompt, year.prompt("F2"), by=year.ana, things=[kept])

    year.until(date(2025, 9, 19), *days("2025-09-25", "2025-09-26"))  # day 14
    nothing = Said(year.thing(), state="none_yet")
    year.on(date(2025, 9, 26), follow_up, year.prompt("F3"), by=year.ana, said=[nothing], obstacles=["not_mine"], handovers={year.thing(): "write"})

    year.until(date(2025, 9, 30), *days("2025-12-10", "2025-12-11"))  # day 90
    tried = Said(
        year.thing(), state="tried", effect="team", without="later", story="Two keys, one yard", witness=year.piotr, sentence="Keys went out"
    )
    year.on(date(2025, 12, 11), follow_up, year.prompt("F4"), by=year.ana, said=[tried])

    year.until(date(2025, 12, 12))
    year.on(date(2025, 12, 12), confirm, year.prompt("F7", year.piotr), "too", by=year.piotr)

    year.until(date(2025, 12, 16), date(2026, 4, 30))
    Membership.objects.filter(person=year.ana).update(ended_on=date(2026, 5, 1))
    year.until(date(2026, 5, 4), *days("2026-09-11", "2026-09-15"))  # day 365 is a Saturday: Monday the 14th

    assert year.mails == [
        (date(2025, 9, 15), "ana", "What do you take with you from C4?"),
        (date(2025, 9, 26), "ana", AGAIN),
        (date(2025, 12, 11), "ana", AGAIN),
        (date(2025, 12, 12), "piotr", "Ana asks: can you confirm what became of something?"),
    ]
    assert list(Prompt.objects.filter(person=year.ana).order_by("form").values_list("form", "outcome", "due_at__date")) == [
        ("F2", "answered", date(2025, 9, 15)),
        ("F3", "answered", date(2025, 9, 26)),
        ("F4", "answered", date(2025, 12, 11)),
        ("F5", "left", date(2026, 9, 14)),
    ]
    assert list(FollowUp.objects.values_list("wave", "state", "effect")) == [("w2", "none_yet", ""), ("m3", "tried", "team")]
    assert Obstacle.objects.get().codes == ["not_mine"]
    assert [carrier.person for carrier in year.thing().carriers.filter(confirmed_at__isnull=False)] == [year.piotr]


def test_who_never_answers_is_reminded_twice_a_question_and_then_left_in_peace():
    year = Year()
    year.on(date(2025, 9, 10), note, by=year.ana, activity=year.visit, things=[Thing(KEYS, will_use=1)])

    year.until(*(date(2025, 9, day) for day in (15, 18, 19, 24, 25, 26)), *(date(2025, 10, day) for day in (1, 2, 3, 6, 8)))
    year.until(*(date(2025, 12, day) for day in (10, 11, 14, 15, 19, 22)), *(date(2026, 1, day) for day in (5, 7, 20, 28, 29)))
    year.until(date(2026, 9, 14), date(2026, 9, 18), date(2026, 10, 16))

    assert year.mails == [
        (date(2025, 9, 15), "ana", "What do you take with you from C4?"),
        (date(2025, 9, 19), "ana", "What do you take with you from C4?"),
        (date(2025, 9, 25), "ana", "What do you take with you from C4?"),
        (date(2025, 9, 26), "ana", AGAIN),
        (date(2025, 10, 2), "ana", AGAIN),  # the fourth day after has no room: two mails in seven days
        (date(2025, 10, 6), "ana", AGAIN),
        (date(2025, 12, 11), "ana", AGAIN),
        (date(2025, 12, 15), "ana", AGAIN),
        (date(2026, 1, 7), "ana", AGAIN),  # not between 20 December and 6 January
        (date(2026, 1, 28), "ana", "How often do you want to be asked?"),
    ]
    assert set(Prompt.objects.values_list("form", "outcome")) == {(form, "silent") for form in ("F2", "F3", "F4", "F5")}


def days(first, last):
    first, last = date.fromisoformat(first), date.fromisoformat(last)
    return [first + datetime.timedelta(days=ahead) for ahead in range((last - first).days + 1)]
