"""A visit people answered about, with what became of what they took, up to a release: tests/learning/circle.py with something to measure."""

import datetime

from learning.actions.releases import release_due
from learning.models import FollowUp
from tests.factories import AttendanceFactory, PersonFactory, PromptFactory

NOW = datetime.datetime(2026, 11, 22, 3, tzinfo=datetime.UTC)
AT_THE_END = datetime.datetime(2019, 3, 24, 18, tzinfo=datetime.UTC)


def people(around, number):
    return [AttendanceFactory(person=PersonFactory(), activity=around.activity, partner=around.home).person for _ in range(number)]


def say(around, person, kinds=("who",), *, visibility="partnership", gave=2, will_use=2, activity=None):
    told = {"author": person, "visibility": visibility, "gave": gave, "activity": activity or around.activity}
    thing = around.takeaway(kinds=list(kinds), visibility=visibility, will_use=will_use, told=told)
    type(thing.reflection).objects.filter(pk=thing.reflection_id).update(submitted_at=AT_THE_END)
    return thing


def full(around, number=12):
    """So many who shared what they took, and what became of it."""
    other = around.project.partners.exclude(pk=around.home.pk).first()
    for place, person in enumerate(people(around, number)):
        thing = say(around, person, ["who" if place % 2 else "how"])
        thing.source_partners.add(other)
        for wave, days in (("w2", 15), ("m3", 92), ("m12", 370)):
            at = AT_THE_END + datetime.timedelta(days=days)
            FollowUp.objects.create(
                takeaway=thing, wave=wave, state="in_use", effect="team", observed_at=at, visibility="partnership", evidence=place % 2
            )
        for form, outcome in (("F2", "answered"), ("F3", ("silent", "left", "answered")[place % 3])):
            asked(around, person, outcome, form=form)
    release_due(NOW)


def asked(around, person, outcome, form="F2"):
    at = {"due_at": AT_THE_END, "closes_at": AT_THE_END + datetime.timedelta(days=21)}
    answered = {"answered_at": AT_THE_END} if outcome == "answered" else {}
    PromptFactory(person=person, activity=around.activity, form=form, state="closed", outcome=outcome, **at, **answered)
