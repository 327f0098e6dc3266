"""Things: their kinds, their levels changed by hand, what others do with them, found again by words."""

import uuid
from fractions import Fraction

import pytest
from django.core import mail as outbox
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from iimprove import mail
from learning import policies
from learning.actions.cards import reply, take_too
from learning.actions.deletion import delete
from learning.actions.visibility import approve_public, decline_public, set_visibility
from learning.models import FollowUp, Kind, Reply, Takeaway, VisibilityChange
from learning.models.takeaway import weights
from tests.factories import FollowUpFactory, TakeawayFactory
from tests.learning import circle

pytestmark = pytest.mark.django_db


@pytest.fixture
def around():
    around = circle.build()
    circle.accept(*[person for name, person in around.people.items() if name not in ("stranger", "closed")])
    return around


# Kinds


@given(st.lists(st.sampled_from(Kind.values), min_size=1, max_size=2, unique=True))
def test_weights_of_a_coded_thing_sum_to_one(kinds):
    assert sum(weights(kinds).values()) == (0 if kinds == ["other"] else 1)


def test_two_kinds_weigh_a_half_each():
    assert weights(["why", "how"]) == {"why": Fraction(1, 2), "how": Fraction(1, 2)}


@pytest.mark.parametrize("kinds", [["why", "why"], ["why", "how", "me"], ["wisdom"]], ids=str)
def test_other_kinds_are_refused(kinds):
    with pytest.raises(IntegrityError), transaction.atomic():
        TakeawayFactory(kinds=kinds)


@pytest.mark.parametrize("kinds", [[], ["other"], ["me", "who"]], ids=str)
def test_none_one_or_two_kinds_are_kept(kinds):
    assert Takeaway.objects.get(pk=TakeawayFactory(kinds=kinds).pk).kinds == kinds


# Levels, changed


def test_narrowing_acts_at_once(around):
    thing = around.takeaway(visibility="partnership")

    set_visibility(thing, "only_me", by=around.author)

    assert around.readers_of(thing) == {"author"}


def test_narrowing_a_thing_narrows_what_became_of_it(around):
    thing = around.takeaway(visibility="partnership")
    follow_up = FollowUpFactory(takeaway=thing, visibility="partnership")

    set_visibility(thing, "organisation", by=around.author)

    assert FollowUp.objects.get(pk=follow_up.pk).visibility == "organisation"


def test_another_reader_of_a_thing_is_not_the_reader_of_what_became_of_it(around):
    thing = around.takeaway(visibility="person", reader=around.people["other"])
    follow_up = FollowUpFactory(takeaway=thing, visibility="person", reader=around.people["other"])

    set_visibility(thing, "person", by=around.author, reader=around.people["colleague"])

    assert around.readers_of(FollowUp.objects.get(pk=follow_up.pk)) == {"author"}


def test_public_waits_for_the_check(around):
    thing = around.takeaway(visibility="organisation")

    thing = set_visibility(thing, "public", by=around.author)
    before = around.readers_of(thing)
    approve_public(thing, by=around.people["admin"])

    assert "stranger" not in before
    assert "stranger" in around.readers_of(thing)


def test_declined_stays_with_all_partners(around):
    thing = set_visibility(around.takeaway(), "public", by=around.author)

    decline_public(thing, by=around.people["admin"])

    assert Takeaway.objects.get().visibility == "partnership"


def test_public_that_comes_again_is_checked_again(around):
    thing = around.takeaway(public=True)

    set_visibility(thing, "organisation", by=around.author)
    set_visibility(thing, "public", by=around.author)

    assert "stranger" not in around.readers_of(thing)


def test_each_change_leaves_who_and_when_and_no_content(around):
    thing = around.takeaway(visibility="partnership")

    set_visibility(thing, "organisation", by=around.people["coordinator"])
    set_visibility(thing, "organisation", by=around.author)

    rows = VisibilityChange.objects.values_list("kind", "before", "after", "by__name")
    assert list(rows) == [("moderated", "partnership", "organisation", around.people["coordinator"].name)]


AUTHOR_MAY = {"only_me", "organisation", "partnership", "public"}
MAY_SET = {  # (level now) → who may set which other levels
    "only_me": {"author": AUTHOR_MAY},
    "organisation": {"author": AUTHOR_MAY, "admin": {"only_me"}},
    "partnership": {"author": AUTHOR_MAY, "admin": {"only_me", "organisation"}, "coordinator": {"only_me", "organisation"}},
    "public": {
        "author": AUTHOR_MAY,
        "admin": {"only_me", "organisation", "partnership"},
        "coordinator": {"only_me", "organisation", "partnership"},
    },
}


@pytest.mark.parametrize("now", MAY_SET)
def test_only_the_author_widens_and_moderators_narrow(around, now):
    thing = around.takeaway(visibility=now)

    may = {
        name: {level for level in AUTHOR_MAY if policies.can_set_visibility(thing, level, by=person)}
        for name, person in around.people.items()
        if name != "closed"
    }

    assert {name: levels for name, levels in may.items() if levels} == MAY_SET[now]


def test_a_platform_admin_hides_only_what_is_public(around):
    public, awaiting = around.takeaway(public=True), around.takeaway(visibility="public")
    platform = around.people["platform"]

    assert policies.can_set_visibility(public, "only_me", by=platform)
    assert not policies.can_set_visibility(awaiting, "only_me", by=platform)


def test_nobody_but_the_author_sends_it_to_one_person(around):
    thing = around.takeaway(visibility="partnership")

    may = {
        name for name, person in around.people.items() if policies.can_set_visibility(thing, "person", by=person, reader=around.people["colleague"])
    }

    assert may == {"author"}


def test_one_reader_is_somebody_one_works_with(around):
    thing = around.takeaway()

    may = {
        name
        for name, person in around.people.items()
        if name != "stranger" and policies.can_set_visibility(thing, "person", by=around.author, reader=person)
    }

    assert may == {"colleague", "admin", "other", "other_admin", "coordinator", "educator", "associate"}


def test_a_draft_is_moderated_by_nobody(around):
    thing = around.takeaway(told={"submitted_at": None}, visibility="partnership")

    assert not policies.can_set_visibility(thing, "only_me", by=around.people["coordinator"])


def test_an_admin_of_then_checks_what_becomes_public(around):
    thing = around.takeaway(visibility="public")

    assert {name for name, person in around.people.items() if name != "stranger" and policies.can_approve_public(thing, by=person)} == {"admin"}


def test_an_admin_checks_the_own_note_only_where_nobody_else_can(around):
    thing = around.takeaway(told={"author": around.people["admin"]}, visibility="public")
    alone = policies.can_approve_public(thing, by=around.people["admin"])

    around.people["colleague"].memberships.update(role="admin")

    assert (alone, policies.can_approve_public(thing, by=around.people["admin"])) == (True, False)


def test_what_is_not_awaiting_is_not_approved(around):
    with pytest.raises(PermissionDenied):
        approve_public(around.takeaway(visibility="partnership"), by=around.people["admin"])


def test_follow_ups_are_not_widened_beyond_their_thing(around):
    follow_up = FollowUpFactory(takeaway=around.takeaway(visibility="organisation"))

    may = {level for level in AUTHOR_MAY if policies.can_set_visibility(follow_up, level, by=around.author)}

    assert may == {"only_me", "organisation"}


def test_what_became_of_it_is_not_rewritten(around):
    FollowUpFactory(takeaway=around.takeaway())

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        FollowUp.objects.update(state="in_use")


# I take this too


def test_taken_too_by_one_tap_is_an_own_thing_without_the_others_words(around):
    thing = around.takeaway(visibility="partnership", title="Neighbours hold the keys", kinds=["who"])

    own = take_too(thing, by=around.people["other"])

    assert (own.taken_from, own.title, own.kinds, own.reflection.author) == (thing, "", ["who"], around.people["other"])
    assert list(own.source_partners.all()) == [around.home]
    assert around.readers_of(own) == {"other"}


def test_taken_twice_is_taken_once_and_comes_back_after_a_deletion(around):
    thing = around.takeaway(visibility="partnership")

    own = take_too(thing, by=around.people["other"])
    delete(own.reflection, by=around.people["other"])

    assert take_too(thing, by=around.people["other"]) == own
    assert around.readers_of(own) == {"other"}


def test_who_may_take_it_too(around):
    thing = around.takeaway(visibility="partnership")

    may = {name for name, person in around.people.items() if policies.can_take_too(thing, by=person)}

    assert may == {"colleague", "admin", "other", "other_admin", "coordinator", "educator"}


def test_who_takes_a_public_card_from_elsewhere_notes_an_everyday_moment(around):
    own = take_too(around.takeaway(public=True), by=around.people["outsider"])

    assert (own.reflection.activity, own.reflection.project) == (None, None)


# Answers


def test_who_may_answer_a_card(around):
    def may(thing):
        return {name for name, person in around.people.items() if policies.can_reply(thing, by=person)}

    inside = {"author", "colleague", "admin", "other", "other_admin", "coordinator", "educator"}
    assert may(around.takeaway()) == set()
    assert may(around.takeaway(visibility="partnership")) == inside
    assert may(around.takeaway(public=True)) == inside
    assert may(around.takeaway(visibility="person", reader=around.people["associate"])) == {"author", "associate"}


def test_an_answer_sent_twice_is_one_and_tells_the_author_once(around):
    thing, key = around.takeaway(visibility="partnership"), uuid.uuid4()

    for _time in range(2):
        reply(thing, by=around.people["educator"], text="Who holds them at home?", client_key=key)

    assert Reply.objects.count() == 1
    assert list(mail.Mail.objects.values_list("message", "to")) == [("reply", around.author.email)]


def test_an_answer_back_tells_who_began(around):
    thing = around.takeaway(visibility="partnership")
    reply(thing, by=around.people["educator"], text="Who holds them at home?", client_key=uuid.uuid4())

    reply(thing, by=around.author, text="The baker.", client_key=uuid.uuid4())

    assert set(mail.Mail.objects.values_list("to", flat=True)) == {around.author.email, around.people["educator"].email}


def test_the_mail_about_an_answer_holds_nothing_anybody_wrote_and_no_name(around):
    thing = around.takeaway(visibility="partnership", title="Canary-title")
    reply(thing, by=around.people["educator"], text="Canary-text", client_key=uuid.uuid4())

    mail.drain()

    text = outbox.outbox[0].subject + outbox.outbox[0].body
    assert around.activity.code in text
    assert not [word for word in ("Canary", around.people["educator"].name) if word in text.replace(around.author.name, "")]


def test_no_mail_about_an_answer_to_a_card_taken_back_meanwhile(around):
    thing = around.takeaway(visibility="person", reader=around.people["other"])
    reply(thing, by=around.author, text="One more thing.", client_key=uuid.uuid4())
    reply(thing, by=around.people["other"], text="Thank you.", client_key=uuid.uuid4())
    reply(thing, by=around.author, text="Ask me.", client_key=uuid.uuid4())
    set_visibility(thing, "only_me", by=around.author)

    mail.drain()

    assert {email.to[0] for email in outbox.outbox} == {around.author.email}


# Found again


@pytest.mark.parametrize(
    "words", ["Snipiskes", "šnipiškės", "SNIP", "zajac", "Zając", "upe", "river cities", "cities", "improve", "spo", "sodert", "Šnipiškės zaj"]
)
def test_words_are_found_without_accents_and_by_their_beginning(words):
    thing = TakeawayFactory(title="Iwona Zając in Šnipiškės, by the Upė: River//Cities, I_Improve, SPÖ, Södertälje")

    assert list(Takeaway.objects.search(words)) == [thing]


@pytest.mark.parametrize("words", ["", "!!", "nipiskes", "zajac vilnius", "' | & ! :*", "\\", "a" * 500])
def test_other_words_find_nothing_and_break_nothing(words):
    TakeawayFactory(title="Iwona Zając in Šnipiškės")

    assert not Takeaway.objects.search(words).exists()


def test_notes_are_found_by_text_and_context_and_draft(around):
    text, context, draft = (
        around.reflection(text="By the Upė"),
        around.reflection(text="", answers={"happened": "By the Upė"}),
        around.reflection(text="", submitted_at=None, draft={"keep-new": "By the Upė"}),
    )

    assert set(type(text).objects.search("upe")) == {text, context, draft}
