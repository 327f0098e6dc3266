"""Consent leaves a row each time; what the database refuses."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from learning.actions.consent import count_in, leave_out, set_counts_when_few
from learning.models import ConsentChange, LeftOut, Reflection, VisibilityChange
from tests.factories import (
    ActivityFactory,
    PersonFactory,
    ReflectionFactory,
)
from tests.learning.reflection.writing import write

pytestmark = pytest.mark.django_db


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
