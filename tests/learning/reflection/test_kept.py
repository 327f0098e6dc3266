"""A note is kept once, whole, for whom one works; a draft as it is typed."""

import datetime
import threading
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from learning.actions.consent import accept_notice
from learning.actions.notes import Thing, save_draft, title_and_text, works_for
from learning.models import ConsentChange, Reflection, Takeaway, VisibilityChange
from partners.models import Event
from tests.factories import (
    ActivityFactory,
    AttendanceFactory,
    MembershipFactory,
    PartnerFactory,
    ProjectPartnerFactory,
)
from tests.learning import circle
from tests.learning.reflection.writing import write

pytestmark = pytest.mark.django_db


def test_a_note_keeps_a_thing_for_its_author_alone(around):
    reflection = write(around, activity=around.activity, things=[Thing("Neighbours hold the keys", ("why", "how"), will_use=1)], gave=2)

    thing = reflection.takeaways.get()
    assert (reflection.gave, reflection.visibility, reflection.partner_then, reflection.project) == (2, "only_me", around.home, around.project)
    assert (thing.title, thing.kinds, thing.will_use, thing.visibility) == ("Neighbours hold the keys", ["why", "how"], 1, "only_me")


def test_a_note_leaves_no_event_that_tells_that_it_exists(around):
    write(around, activity=around.activity)

    assert not Event.objects.exists()
    assert not VisibilityChange.objects.exists()


def test_taps_alone_are_a_thing(around):
    reflection = write(around, things=[Thing(kinds=("who",))])

    assert reflection.takeaways.values_list("title", "kinds").get() == ("", ["who"])


def test_what_it_gave_alone_is_a_note_without_things(around):
    assert not write(around, things=[Thing()], gave=-1).takeaways.exists()


def test_the_same_form_sent_twice_is_one_note(around):
    key = uuid.uuid4()

    first, second = write(around, client_key=key), write(around, client_key=key, things=[Thing("Another")], gave=2)

    assert first == second
    assert list(Takeaway.objects.values_list("title", flat=True)) == ["Neighbours hold the keys"]
    assert Reflection.objects.get().gave is None


def test_two_people_may_send_the_same_key(around):
    key = uuid.uuid4()

    write(around, client_key=key)
    write(around, client_key=key, by=around.people["educator"])

    assert Reflection.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_are_one_note():
    around = circle.build()
    circle.accept(around.author)
    key, found, start = uuid.uuid4(), [], threading.Barrier(20)

    def send():
        start.wait()
        found.append(write(around, client_key=key, activity=around.activity).pk)
        connection.close()

    threads = [threading.Thread(target=send) for _number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 20
    assert set(found) == {Reflection.objects.get().pk}
    assert Takeaway.objects.count() == 1


def test_nothing_is_submitted_before_the_notice_is_read(around):
    with pytest.raises(PermissionDenied):
        write(around, by=around.people["colleague"])

    assert not Reflection.objects.exists()


def test_a_notice_accepted_twice_is_accepted_once(around):
    for _time in range(2):
        accept_notice(by=around.people["colleague"], version="1", partner=around.home)

    assert write(around, by=around.people["colleague"]).takeaways.count() == 1
    assert ConsentChange.objects.filter(about="notice").count() == 1


def test_a_note_about_a_project_one_takes_no_part_in_is_refused(around):
    with pytest.raises(PermissionDenied):
        write(around, activity=ActivityFactory())


def test_a_level_that_does_not_fit_is_refused(around):
    with pytest.raises(ValidationError):
        write(around, visibility="partnership")  # of which project?
    with pytest.raises(ValidationError):
        write(around, visibility="person", reader=around.people["outsider"])

    assert not Reflection.objects.exists()


def test_things_are_shared_as_the_note_unless_they_say_otherwise(around):
    things = [Thing("a"), Thing("b", visibility="only_me")]

    reflection = write(around, activity=around.activity, things=things, visibility="partnership")

    assert list(reflection.takeaways.values_list("title", "visibility")) == [("a", "partnership"), ("b", "only_me")]


def test_sharing_from_the_start_leaves_a_row_for_each_thing(around):
    write(around, activity=around.activity, visibility="organisation")

    assert list(VisibilityChange.objects.values_list("before", "after")) == [("only_me", "organisation")] * 2


def test_one_who_works_for_nobody_notes_for_the_project(around):
    reflection = write(around, by=around.people["educator"], activity=around.activity, visibility="partnership")

    assert (reflection.partner_then, reflection.project) == (None, around.project)


def test_a_note_about_an_activity_long_past_happened_on_its_last_day(around):
    reflection = write(around, activity=around.activity)

    assert reflection.happened_on == around.activity.ends_on
    assert reflection.submitted_at.date() > reflection.happened_on


@pytest.mark.parametrize(
    ("keep", "title", "text"),
    [
        ("  Neighbours hold\tthe keys ", "Neighbours hold the keys", ""),
        ("First this.\nThen that.", "First this.", "First this.\nThen that."),
        ("One sentence. " + "word " * 80, "One sentence.", "One sentence. " + ("word " * 80).strip()),
        ("", "", ""),
    ],
)
def test_what_is_longer_than_a_title_is_kept_whole(keep, title, text):
    assert title_and_text(keep) == (title, text)


def test_a_long_word_becomes_a_title_that_fits():
    title, text = title_and_text("x" * 1000)

    assert len(title) <= 300
    assert text == "x" * 1000


def test_one_works_for_whom_one_was_there(around):
    second = ProjectPartnerFactory(project=around.project).partner
    MembershipFactory(person=around.author, partner=second)
    AttendanceFactory(person=around.author, activity=around.activity, partner=second)

    assert works_for(around.author, around.activity) == second


def test_one_works_for_the_organisation_that_takes_part(around):
    person = MembershipFactory(partner=PartnerFactory(), started_on=datetime.date(2000, 1, 1)).person
    MembershipFactory(person=person, partner=around.home)

    assert works_for(person, around.activity) == around.home


def test_a_draft_is_kept_as_typed_and_ends_with_the_note(around):
    key = uuid.uuid4()
    save_draft(by=around.author, client_key=key, data={"keep-new": "Neigh"}, activity=around.activity)
    draft = save_draft(by=around.author, client_key=key, data={"keep-new": "Neighbours"}, activity=around.activity)

    assert (draft.draft, draft.is_draft) == ({"keep-new": "Neighbours"}, True)
    assert (write(around, client_key=key).draft, Reflection.objects.drafts().count()) == ({}, 0)


def test_an_autosave_that_comes_late_undoes_nothing(around):
    key = uuid.uuid4()
    write(around, client_key=key)

    late = save_draft(by=around.author, client_key=key, data={"keep-new": "Neigh"})

    assert (late.is_draft, late.draft) == (False, {})


def test_a_draft_needs_no_notice(around):
    assert save_draft(by=around.people["colleague"], client_key=uuid.uuid4(), data={"keep-new": "Neigh"}).is_draft
