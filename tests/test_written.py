"""A query whose SQL is written once gives what Django's own gives, whoever asks."""

import datetime
import sys
import uuid
from inspect import signature

import pytest
import time_machine
from django.db import OperationalError, connection, transaction
from django.db.models import BooleanField, Func
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from iimprove import sessions
from iimprove.clock import today
from iimprove.written import Given, Written, at_once, written_once
from learning import audiences, occasions, policies
from learning.actions import notes
from learning.defaults import DEFAULTS
from learning.forms import note as note_form
from learning.models import LeftOut, NoticeAcceptance, Reflection, Takeaway
from learning.views import note as note_page
from learning.views import search
from partners.accounts import backends
from partners.models import Membership, Partner, Person, places
from tests import world as worlds
from tests.factories import MembershipFactory, PartnerFactory, ReflectionFactory, TakeawayFactory

pytestmark = pytest.mark.django_db
OURS = ("iimprove", "partners", "changemakers", "learning")


@pytest.fixture
def world(db):
    world = worlds.build()
    for person in filter(None, world.people.values()):
        NoticeAcceptance.objects.create(person=person, version=DEFAULTS.notice)
        LeftOut.objects.create(person=person, project=world.project)
        ReflectionFactory(author=person, unfinished=True, draft={"keep-new": ["x"]})
        TakeawayFactory(reflection=ReflectionFactory(author=person, text="A lighthouse"))
    return world


CASES = {
    places._memberships: lambda world, person: (person.pk, today()),
    places._parts: lambda world, person: (world.host.pk, world.guest.pk),
    places._roles: lambda world, person: (person.pk, today()),
    backends._person: lambda world, person: (person.pk,),
    policies._read_notice: lambda world, person: (person.pk, DEFAULTS.notice),
    occasions._activities: lambda world, person: (person.pk, world.project.pk, world.elsewhere.pk),
    audiences._full_partners: lambda world, person: (world.project.pk,),
    audiences._members: lambda world, person: (today(), world.host.pk, world.guest.pk),
    audiences._in_charge: lambda world, person: (world.project.pk, today()),
    note_form._left_out: lambda world, person: (person.pk, world.project.pk),
    note_page._drafts: lambda world, person: (person.pk,),
    notes._with_key: lambda world, person: (person.pk, person.reflections.drafts().first().client_key),
    search._things: lambda world, person: tuple(Takeaway.objects.filter(reflection__author=person).values_list("pk", flat=True)),
    search._notes: lambda world, person: tuple(person.reflections.submitted().values_list("pk", flat=True)),
}


@pytest.mark.parametrize("query", CASES, ids=lambda query: f"{query.__module__}.{query.__name__}")
def test_each_gives_the_rows_of_its_queryset(query, world):
    asked = [CASES[query](world, world.people[actor]) for actor in ("member", "coordinator", "outsider")]

    given, wanted = [[query(*values) for values in asked], [list(query.queryset(*values)) for values in asked]]

    assert [list(map(_facts, rows)) for rows in given] == [list(map(_facts, rows)) for rows in wanted]
    assert any(given)


@pytest.mark.parametrize("query", [*CASES, sessions._data], ids=lambda query: f"{query.__module__}.{query.__name__}")
def test_none_keeps_the_day_on_which_it_was_written(query):
    def kept():
        of = Written(query.queryset(*map(Given, range(len(signature(query).parameters)))))
        return of.sql, [repr(value) for value in of.params if not isinstance(value, Given)]

    with time_machine.travel("2031-05-04"):
        later = kept()

    assert kept() == later


def test_a_session_is_found_until_it_expires(client, world):
    client.force_login(world.people["member"])
    key, now = client.session.session_key, timezone.now()

    assert sessions._data(key, now) == list(sessions._data.queryset(key, now)) != []
    assert sessions._data(key, client.session.get_expiry_date() + datetime.timedelta(minutes=1)) == []
    assert sessions._data("another", now) == []


def test_all_of_them_are_tried_here():
    modules = [module for name, module in sys.modules.items() if name.partition(".")[0] in OURS]

    assert {value for module in modules for value in vars(module).values() if hasattr(value, "queryset") and hasattr(value, "__wrapped__")} == {
        *CASES,
        sessions._data,
    }


def test_what_it_is_related_to_comes_along():
    row = MembershipFactory()
    of_partners = written_once(lambda *partners: Membership.objects.filter(partner__pk__in=partners).select_related("partner"))

    with CaptureQueriesContext(connection) as queries:
        names = [found.partner.short_name for found in of_partners(row.partner_id)]

    assert names == [row.partner.short_name]
    assert len(queries) == 1


def test_several_are_asked_at_once(world):
    person = world.people["member"].pk
    asked = (
        (places._memberships, person, today()),
        (backends._person, person),
        (audiences._full_partners, world.project.pk),
        (backends._person, uuid.uuid4()),
    )

    with CaptureQueriesContext(connection) as queries:
        found = at_once(*asked)

    assert len(queries) == 1
    assert [list(map(_facts, rows)) for rows in found] == [list(map(_facts, query(*values))) for query, *values in asked]
    assert [len(rows) > 0 for rows in found] == [True, True, True, False]


def test_what_goes_wrong_is_told_in_the_words_of_django(world):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 50")
    slow = written_once(lambda person: Person.objects.filter(pk=person).annotate(late=Func(5, function="pg_sleep", output_field=BooleanField())))

    with pytest.raises(OperationalError, match="statement timeout"), transaction.atomic():
        at_once((backends._person, world.people["member"].pk), (slow, world.people["member"].pk))


def test_what_is_asked_again_is_planned_no_more(world):
    def used():
        with connection.cursor() as cursor:
            cursor.execute("SELECT statement, generic_plans + custom_plans FROM pg_prepared_statements")
            return set(cursor.fetchall())

    before = used()
    for person in filter(None, world.people.values()):
        at_once((backends._person, person.pk), *places.Places.asked(person.pk))

    assert len(used() - before) == 3


def test_as_many_values_as_are_given():
    some, others = PartnerFactory.create_batch(2), PartnerFactory.create_batch(1)
    of = written_once(lambda *keys: Partner.objects.filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))

    assert of(*(partner.pk for partner in some)) == sorted(partner.pk for partner in some)
    assert of(*(partner.pk for partner in others)) == [partner.pk for partner in others]
    assert of() == []


def test_its_sql_is_written_once():
    written = []

    def build(author):
        written.append(author)
        return Reflection.objects.filter(author=author)

    query, notes = written_once(build), ReflectionFactory.create_batch(3)

    assert [query(note.author_id) for note in notes] == [[note] for note in notes]
    assert len(written) == 1


def _facts(row):
    """What a row holds, and the rows it came with."""
    if not hasattr(row, "_state"):
        return row
    said = {name: value for name, value in vars(row).items() if name != "_state"}
    return said, {name: _facts(other) for name, other in row._state.fields_cache.items()}
