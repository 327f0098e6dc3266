"""Who reads what: levels × states × people, for notes, things, what became of them, and answers."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from learning.models import FollowUp, Reflection, Reply, Takeaway, Visibility
from tests.factories import FollowUpFactory, MembershipFactory, PartnerFactory, ReplyFactory
from tests.learning import circle

pytestmark = pytest.mark.django_db

ORGANISATION = {"author", "colleague", "admin"}
PARTNERSHIP = ORGANISATION | {"other", "other_admin", "coordinator", "educator"}
EVERYBODY = PARTNERSHIP | {"former_coordinator", "associate", "leaver", "closed", "outsider", "platform", "stranger"}
READERS = {
    "only_me": {"author"},
    "organisation": ORGANISATION,
    "partnership": PARTNERSHIP,
    "public": PARTNERSHIP,  # until it is checked
}


@pytest.fixture
def around():
    return circle.build()


def make(around, model, told=None, **level):
    if model is Reflection:
        return around.reflection(**(told or {}), **level)
    takeaway = around.takeaway(told=told, **level)
    return FollowUpFactory(takeaway=takeaway, **level) if model is FollowUp else takeaway


MODELS = pytest.mark.parametrize("model", [Reflection, Takeaway, FollowUp], ids=lambda model: model.__name__)


@MODELS
@pytest.mark.parametrize("level", READERS)
def test_level_is_read_by(around, model, level):
    assert around.readers_of(make(around, model, visibility=level)) == READERS[level]


@MODELS
def test_one_person_is_read_by_author_and_reader(around, model):
    assert around.readers_of(make(around, model, visibility="person", reader=around.people["associate"])) == {"author", "associate"}


@MODELS
def test_a_reader_whose_account_is_closed_reads_nothing(around, model):
    assert around.readers_of(make(around, model, visibility="person", reader=around.people["closed"])) == {"author"}


@MODELS
def test_approved_public_is_read_by_everybody(around, model):
    approved = {"visibility": "public", "approved_at": datetime.datetime.now(datetime.UTC)}
    assert around.readers_of(make(around, model, **approved)) == EVERYBODY


@MODELS
@pytest.mark.parametrize("level", READERS)
def test_a_draft_is_read_by_its_author_alone(around, model, level):
    assert around.readers_of(make(around, model, told={"submitted_at": None}, visibility=level)) == {"author"}


def test_an_approved_draft_is_still_a_draft(around):
    thing = around.reflection(submitted_at=None, visibility="public", approved_at=datetime.datetime.now(datetime.UTC))

    assert around.readers_of(thing) == {"author"}


@MODELS
@pytest.mark.parametrize("level", READERS)
def test_what_is_deleted_is_read_by_nobody(around, model, level):
    now = datetime.datetime.now(datetime.UTC)
    assert around.readers_of(make(around, model, told={"deleted_at": now}, visibility=level)) == set()


def test_a_deleted_thing_of_a_note_that_stays_is_read_by_nobody(around):
    assert around.readers_of(around.takeaway(visibility="partnership", deleted_at=datetime.datetime.now(datetime.UTC))) == set()


def test_a_thing_is_read_by_its_own_level_not_its_notes(around):
    wide = around.takeaway(visibility="partnership")
    narrow = around.takeaway(told={"visibility": "partnership"})

    assert (around.readers_of(wide), around.readers_of(narrow)) == (PARTNERSHIP, {"author"})


def test_an_author_who_left_keeps_reading_and_the_organisation_keeps_what_it_was_given(around):
    thing = around.reflection(author=around.people["leaver"], visibility="organisation")

    assert around.readers_of(thing) == ORGANISATION | {"leaver"}


def test_an_author_whose_account_is_closed_reads_nothing(around):
    assert around.readers_of(around.reflection(author=around.people["closed"])) == set()


def test_what_moved_staff_wrote_stays_with_the_organisation_of_then(around):
    thing = around.reflection(visibility="organisation")
    new = MembershipFactory(person=around.author, partner=PartnerFactory()).partner
    around.people["new_colleague"] = MembershipFactory(partner=new).person

    assert around.readers_of(thing) == ORGANISATION


def test_colleagues_at_an_associated_partner_read_what_all_partners_read():
    around = circle.build(part="associated")

    assert around.readers_of(around.reflection(visibility="partnership")) == PARTNERSHIP


def test_without_project_and_organisation_only_the_author_and_one_reader_can_read(around):
    thing = around.reflection(activity=None, partner_then=None, visibility="person", reader=around.people["outsider"])

    assert around.readers_of(thing) == {"author", "outsider"}


def test_a_follow_up_narrower_than_its_takeaway_is_read_by_both_levels(around):
    takeaway = around.takeaway(visibility="partnership")

    assert around.readers_of(FollowUpFactory(takeaway=takeaway, visibility="organisation")) == ORGANISATION
    assert around.readers_of(FollowUpFactory(takeaway=takeaway)) == {"author"}
    assert around.readers_of(FollowUpFactory(takeaway=takeaway, visibility="person", reader=around.people["associate"])) == {"author"}


@pytest.mark.parametrize("level", READERS)
def test_an_answer_is_read_as_its_card(around, level):
    reply = ReplyFactory(takeaway=around.takeaway(visibility=level))

    readers = {name for name, person in around.people.items() if Reply.objects.visible_to(person).filter(pk=reply.pk).exists()}

    assert readers == READERS[level]


def test_counts_and_searches_hold_only_what_one_may_read(around):
    around.takeaway(title="Šnipiškės secret")
    around.takeaway(title="Šnipiškės shared", visibility="partnership")

    counts = {name: Takeaway.objects.visible_to(around.people[name]).search("snip").count() for name in ("author", "other", "outsider")}

    assert counts == {"author": 2, "other": 1, "outsider": 0}


@pytest.mark.parametrize("count", [1, 20])
def test_reading_takes_the_same_queries_for_one_and_many(around, count):
    for _number in range(count):
        around.reflection(visibility="partnership")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(Reflection.objects.visible_to(around.people["other"])) == count

    assert len(queries) == 3


# What the database refuses


@pytest.mark.parametrize(
    "values",
    [
        {"visibility": "person"},
        {"visibility": "only_me", "reader": "colleague"},
        {"visibility": "everybody"},
        {"visibility": "partnership", "approved_at": True},
        {"visibility": "partnership", "activity": None},
        {"visibility": "public", "activity": None},
        {"visibility": "organisation", "partner_then": None},
        {"visibility": "public", "partner_then": None},
    ],
    ids=str,
)
def test_an_impossible_level_of_a_note_is_refused(around, values):
    values = values | ({"reader": around.people["colleague"]} if "reader" in values else {})
    values = values | ({"approved_at": datetime.datetime.now(datetime.UTC)} if "approved_at" in values else {})

    with pytest.raises(IntegrityError), transaction.atomic():
        around.reflection(**values)


@pytest.mark.parametrize(
    ("told", "level"), [({"activity": None}, "partnership"), ({"activity": None}, "public"), ({"partner_then": None}, "organisation")], ids=str
)
def test_an_impossible_level_of_a_thing_is_refused(around, told, level):
    with pytest.raises(IntegrityError), transaction.atomic():
        around.takeaway(told=told, visibility=level)


def test_a_follow_up_wider_than_its_takeaway_is_refused(around):
    takeaway = around.takeaway(visibility="organisation")

    with pytest.raises(IntegrityError, match="more widely"), transaction.atomic():
        FollowUpFactory(takeaway=takeaway, visibility="partnership")
        connection.check_constraints()


def test_a_takeaway_narrowed_below_its_follow_up_is_refused(around):
    takeaway = around.takeaway(visibility="partnership")
    FollowUpFactory(takeaway=takeaway, visibility="partnership")
    connection.check_constraints()

    with pytest.raises(IntegrityError, match="more widely"), transaction.atomic():
        Takeaway.objects.filter(pk=takeaway.pk).update(visibility="only_me")
        connection.check_constraints()


# Monotone: going narrower adds nobody, whoever they are

WITHOUT_ONE_PERSON = [level for level in Visibility.values if level != "person"]


class Monotone(TestCase):
    @settings(max_examples=20, deadline=None)
    @given(
        wide=st.sampled_from(WITHOUT_ONE_PERSON),
        narrow=st.sampled_from(Visibility.values),
        is_approved=st.booleans(),
        part=st.sampled_from(["full", "associated"]),
        writer=st.sampled_from(["author", "leaver", "admin"]),
        model=st.sampled_from([Reflection, Takeaway]),
    )
    def test_narrowing_never_adds_a_reader(self, wide, narrow, is_approved, part, writer, model):
        if Visibility.values.index(narrow) > Visibility.values.index(wide):
            wide, narrow = (narrow, wide) if narrow != "person" else (wide, "only_me")
        around = circle.build(part=part)
        around.author_name = writer
        approved = {"approved_at": datetime.datetime.now(datetime.UTC)} if is_approved and wide == "public" else {}
        thing = make(around, model, visibility=wide, **approved)
        before = around.readers_of(thing)

        reader = around.people["colleague"] if narrow == "person" else None
        thing.visibility, thing.reader, thing.approved_at = narrow, reader, None
        thing.save()

        assert around.readers_of(thing) <= before | ({"colleague"} if reader else set())
        assert writer in around.readers_of(thing)

    @settings(max_examples=8, deadline=None)
    @given(level=st.sampled_from(WITHOUT_ONE_PERSON), who=st.sampled_from(["colleague", "other", "coordinator", "educator", "admin"]))
    def test_leaving_never_adds_a_reader(self, level, who):
        around = circle.build()
        thing = around.reflection(visibility=level)
        before, person = around.readers_of(thing), around.people[who]

        today = datetime.date.today()
        person.memberships.update(ended_on=today)
        person.project_roles.update(ended_on=today)

        assert around.readers_of(thing) == before - {who}
