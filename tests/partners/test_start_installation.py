import datetime

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command

from partners.models import Event, Person, Project, ProjectRole
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
ANSWERS = {"email": "Ada@River.test", "name": "Ada Upė", "project": "River//Cities", "title": "", "start": "2026-09-01", "end": "2028-08-31"}


def test_start_installation_makes_an_admin_who_coordinates_the_first_project():
    call_command("start_installation", **ANSWERS)

    person, project = Person.objects.get(), Project.objects.get()
    assert (person.email, person.name, person.is_staff, person.is_superuser, person.has_usable_password()) == (
        "ada@river.test",
        "Ada Upė",
        True,
        True,
        False,
    )
    assert list(EmailAddress.objects.values_list("user", "email", "verified", "primary")) == [(person.pk, "ada@river.test", True, True)]
    assert (project.slug, project.short_name, project.starts_on, project.ends_on, project.is_sample) == (
        "rivercities",
        "River//Cities",
        datetime.date(2026, 9, 1),
        datetime.date(2028, 8, 31),
        False,
    )
    assert list(ProjectRole.objects.current().values_list("person", "project", "role")) == [(person.pk, project.pk, "coordinator")]
    assert list(Event.objects.values_list("verb", "by", "project")) == [("project_role_given", person.pk, project.pk)]


def test_start_installation_refuses_where_somebody_is():
    PersonFactory()

    with pytest.raises(CommandError, match="has an account here already"):
        call_command("start_installation", **ANSWERS)

    assert not Project.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"email": "ada"}, "valid email"),
        ({"start": "1 September"}, "“1 September” is not a day"),
        ({"start": "2029-01-01"}, "before"),
        ({"project": "//"}, "short address|slug|blank"),
    ],
)
def test_start_installation_refuses_what_cannot_be_and_writes_nothing(wrong, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("start_installation", **ANSWERS | wrong)

    assert (Person.objects.count(), Project.objects.count()) == (0, 0)


def test_start_installation_asks_nobody_where_nobody_is():
    with pytest.raises(CommandError, match="--email is missing"):
        call_command("start_installation", name="Ada")
