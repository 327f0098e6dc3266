"""Notes: kept once, kept whole, changed with a history, deleted and taken back."""

import datetime
import threading
import uuid

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction

from learning.actions.consent import accept_notice, count_in, leave_out, set_counts_when_few
from learning.actions.deletion import delete, purge, undo_delete
from learning.actions.edits import edit_reflection, edit_takeaway, move_to
from learning.actions.notes import Thing, note, save_draft, title_and_text, works_for
from learning.models import ConsentChange, LeftOut, Reflection, Revision, Takeaway, VisibilityChange
from partners.models import Event
from tests.factories import (
    ActivityFactory,
    AttendanceFactory,
    FollowUpFactory,
    MembershipFactory,
    PartnerFactory,
    PersonFactory,
    ProjectPartnerFactory,
    ReflectionFactory,
)
from tests.learning import circle

pytestmark = pytest.mark.django_db


@pytest.fixture
def around():
    around = circle.build()
    circle.accept(around.author, around.people["educator"])
    return around


def write(around, **values):
    return note(**{"by": around.author, "client_key": uuid.uuid4(), "things": [Thing("Neighbours hold the keys")]} | values)


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


# For whom


def test_one_works_for_whom_one_was_there(around):
    second = ProjectPartnerFactory(project=around.project).partner
    MembershipFactory(person=around.author, partner=second)
    AttendanceFactory(person=around.author, activity=around.activity, partner=second)

    assert works_for(around.author, around.activity) == second


def test_one_works_for_the_organisation_that_takes_part(around):
    person = MembershipFactory(partner=PartnerFactory(), started_on=datetime.date(2000, 1, 1)).person
    MembershipFactory(person=person, partner=around.home)

    assert works_for(person, around.activity) == around.home


# Drafts


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


# Edited, with a history


def test_an_edit_keeps_what_was_there(around):
    thing = write(around).takeaways.get()

    edit_takeaway(thing, by=around.author, title="Neighbours hold the key", kinds=["who"])

    assert Revision.objects.get(takeaway=thing).before == {"title": "Neighbours hold the keys", "kinds": []}
    assert Takeaway.objects.get().title == "Neighbours hold the key"


def test_an_edit_that_changes_nothing_leaves_nothing(around):
    edit_takeaway(write(around).takeaways.get(), by=around.author, title="Neighbours hold the keys")

    assert not Revision.objects.exists()


def test_an_edit_of_a_note_keeps_its_date_and_text(around):
    reflection = write(around, text="By the water.")

    edit_reflection(reflection, by=around.author, text="By the river.", happened_on=datetime.date(2019, 3, 1))

    assert Revision.objects.get().before["text"] == "By the water."
    assert Reflection.objects.values_list("text", "happened_on").get() == ("By the river.", datetime.date(2019, 3, 1))


def test_who_may_read_is_not_edited_like_a_text(around):
    with pytest.raises(TypeError):
        edit_takeaway(write(around).takeaways.get(), by=around.author, visibility="public")


@pytest.mark.parametrize("name", ["colleague", "admin", "coordinator", "platform"])
def test_nobody_else_edits(around, name):
    thing = write(around, activity=around.activity, visibility="partnership").takeaways.get()

    with pytest.raises(PermissionDenied):
        edit_takeaway(thing, by=around.people[name], title="Mine")

    assert Takeaway.objects.get().title == "Neighbours hold the keys"


def test_a_public_text_that_changes_is_checked_again(around):
    reflection = around.reflection(public=True)

    edit_reflection(reflection, by=around.author, text="Something else.")

    assert "stranger" not in around.readers_of(reflection)
    assert VisibilityChange.objects.get().kind == "revised"


def test_a_public_note_whose_taps_change_stays_public(around):
    reflection = around.reflection(public=True)

    edit_reflection(reflection, by=around.author, gave=1)

    assert "stranger" in around.readers_of(reflection)


def test_a_note_moved_to_another_project_is_not_shown_to_its_partners(around):
    elsewhere = ActivityFactory(guests=[around.home])
    reflection = write(around, activity=around.activity, visibility="partnership")

    move_to(reflection, activity=elsewhere, by=around.author)

    assert around.readers_of(Reflection.objects.get()) == {"author"}
    assert Reflection.objects.get().project == elsewhere.project
    assert Takeaway.objects.get().visibility == "only_me"


def test_a_note_moved_within_its_project_stays_shared(around):
    reflection = write(around, activity=around.activity, visibility="partnership")

    move_to(reflection, activity=ActivityFactory(project=around.project), by=around.author)

    assert Reflection.objects.get().visibility == "partnership"


# Deleted, and taken back


def test_a_deleted_note_is_gone_at_once_and_comes_back_as_it_was(around):
    reflection = write(around, activity=around.activity, visibility="organisation")
    thing = reflection.takeaways.get()

    delete(reflection, by=around.author)
    gone = around.readers_of(reflection) | around.readers_of(thing)
    undo_delete(Reflection.objects.deleted_by(around.author).get(), by=around.author)

    assert gone == set()
    assert around.readers_of(thing) == {"author", "colleague", "admin"}


def test_nobody_else_deletes_or_takes_back(around):
    reflection = write(around, activity=around.activity, visibility="organisation")

    with pytest.raises(PermissionDenied):
        delete(reflection, by=around.people["admin"])
    delete(reflection, by=around.author)
    with pytest.raises(PermissionDenied):
        undo_delete(reflection, by=around.people["admin"])

    assert not Reflection.objects.deleted_by(around.people["admin"]).exists()


def test_after_a_week_what_was_deleted_is_gone_for_good(around):
    old, young = write(around), write(around)
    FollowUpFactory(takeaway=old.takeaways.get())
    now = datetime.datetime.now(datetime.UTC)
    with time_machine.travel(now - datetime.timedelta(days=8)):
        delete(old, by=around.author)
    delete(young, by=around.author)

    with pytest.raises(PermissionDenied):
        undo_delete(old, by=around.author)
    purge(now)

    assert list(Reflection.objects.all()) == [young]


# Consent


def test_leaving_oneself_out_and_coming_in_again_leaves_both_rows(around):
    leave_out(around.project, by=around.author)
    leave_out(around.project, by=around.author)
    assert LeftOut.objects.filter(person=around.author, project=around.project).count() == 1

    count_in(around.project, by=around.author)

    assert not LeftOut.objects.exists()
    assert list(ConsentChange.objects.filter(about="left_out").values_list("is_given", flat=True)) == [True, False]


def test_counting_ones_taps_is_taken_back(around):
    reflection = write(around, activity=around.activity, counts_when_few=True)

    set_counts_when_few(reflection, False, by=around.author)

    assert not Reflection.objects.get().counts_when_few
    assert list(ConsentChange.objects.values_list("about", "is_given")) == [("counts_when_few", True), ("counts_when_few", False)]


# What the database refuses


@pytest.mark.parametrize("values", [{"gave": 3}, {"draft": {"keep": "x"}}], ids=str)
def test_an_impossible_note_is_refused(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReflectionFactory(**values)


def test_an_activity_without_its_project_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        ReflectionFactory(activity=ActivityFactory(), project=None)


def test_an_activity_of_another_project_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        ReflectionFactory(activity=ActivityFactory(), project=ActivityFactory().project)
        connection.check_constraints()


def test_history_is_not_rewritten(around):
    write(around, activity=around.activity, visibility="organisation")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        VisibilityChange.objects.update(after="only_me")


def test_a_person_with_notes_is_not_deleted_with_them(around):
    write(around)

    with pytest.raises(IntegrityError), transaction.atomic():
        PersonFactory._meta.model.objects.filter(pk=around.author.pk).delete()
