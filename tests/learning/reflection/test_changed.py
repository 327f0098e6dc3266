"""A note is edited with a history, moved, deleted and taken back."""

import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from learning.actions.deletion import delete, purge, undo_delete
from learning.actions.edits import edit_reflection, edit_takeaway, move_to
from learning.models import Reflection, Revision, Takeaway, VisibilityChange
from tests.factories import (
    ActivityFactory,
    FollowUpFactory,
)
from tests.learning.reflection.writing import write

pytestmark = pytest.mark.django_db


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


def test_a_note_moves_with_a_thing_that_was_taken_out_of_it_and_shows_it_to_nobody_there(around):
    elsewhere = ActivityFactory(guests=[around.home])
    reflection = write(around, activity=around.activity, visibility="partnership")
    thing = reflection.takeaways.get()
    delete(thing, by=around.author)

    move_to(reflection, activity=elsewhere, by=around.author)
    undo_delete(thing, by=around.author)

    assert Reflection.objects.get().project == elsewhere.project
    assert around.readers_of(Takeaway.objects.get()) == {"author"}


def test_a_note_moved_within_its_project_stays_shared(around):
    reflection = write(around, activity=around.activity, visibility="partnership")

    move_to(reflection, activity=ActivityFactory(project=around.project), by=around.author)

    assert Reflection.objects.get().visibility == "partnership"


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
