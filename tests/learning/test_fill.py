"""Invented projects in any number: as many as asked for, marked as invented, and never beside real ones."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from learning import disclosure
from learning.models import FollowUp, Prompt, Reflection, Takeaway, VisibilityChange
from partners.models import Person, Project
from tests.factories import ProjectFactory

pytestmark = pytest.mark.django_db


def fill(**options):
    call_command("fill", verbosity=0, **options)


def foreign_keys():
    with connection.cursor() as cursor:
        cursor.execute("SELECT conrelid, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f'")
        return set(cursor.fetchall())


def test_fill_makes_as_many_as_asked_for_and_adds_to_its_own():
    fill(projects=3, reflections=200)
    fill(projects=1, reflections=50, seed=7)

    counts = sorted(Counter(Reflection.objects.submitted().values_list("project__slug", flat=True)).items())
    assert [count for _slug, count in counts] == [66, 67, 67, 50]


def test_what_is_filled_in_is_marked_as_invented():
    fill(reflections=60)

    assert not Project.objects.filter(is_sample=False).exists()
    assert not Person.objects.filter(is_sample=False).exists()
    assert all(title.startswith("(invented)") for title in Takeaway.objects.values_list("title", flat=True))


def test_fill_has_the_shape_of_small_projects():
    fill(projects=4, reflections=1000)

    staff = Counter(Person.objects.values_list("memberships__partner", flat=True)).values()
    assert 2 <= min(staff) <= max(staff) <= 10
    asked = Prompt.objects.exclude(outcome="")
    for form, share in (("F2", 0.7), ("F3", 0.7), ("F4", 0.5), ("F5", 0.4)):
        of_form = asked.filter(form=form)
        assert of_form.filter(outcome="answered").count() / of_form.count() == pytest.approx(share, abs=0.12)
    shared = Takeaway.objects.filter(visibility__in=["partnership", "public"]).count()
    assert shared / Takeaway.objects.count() == pytest.approx(0.6, abs=0.08)
    assert len(set(Reflection.objects.values_list("language", flat=True))) >= 5
    assert FollowUp.objects.filter(confirmations__isnull=False).exists()
    assert VisibilityChange.objects.filter(takeaway__visibility="partnership").exists()


def test_a_project_that_is_filled_in_has_figures():
    fill(reflections=250)
    project = Project.objects.get()

    figures = disclosure.shared(disclosure.stored_open(project.activities))

    assert [name for name, figure in figures.items() if figure.hidden] == ["M1.end"]  # nobody is asked at the end


def test_a_larger_project_has_more_people_not_more_activities():
    fill(reflections=250)
    fill(reflections=3000)

    small, large = Project.objects.order_by("pk")
    assert 0 <= large.activities.count() - small.activities.count() <= 8
    assert large.activities.filter(attendances__isnull=False).count() > 10 * small.activities.count()


def test_fill_leaves_all_foreign_keys():
    before = foreign_keys()

    fill(reflections=50)

    assert foreign_keys() == before


def test_fill_refuses_a_database_with_other_projects():
    ProjectFactory()

    with pytest.raises(CommandError, match="not made by this command"):
        fill()


def test_fill_refuses_a_site_that_people_use(settings):
    settings.LOCAL = False

    with pytest.raises(CommandError, match="local mode"):
        fill()
