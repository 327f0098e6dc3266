"""What is one's own: each part saves, says so, and keeps what was typed wrong."""

import datetime

import pytest
from django.urls import reverse

from iimprove.clock import today
from partners.models import Absence
from tests.factories import MembershipFactory, PersonFactory, ProjectRoleFactory

pytestmark = pytest.mark.django_db
PROFILE = {"name": "Upė", "language": "lt", "time_zone": "Europe/Vilnius", "private_address": "upe@example.net"}


@pytest.fixture
def person(client):
    person = PersonFactory()
    client.force_login(person)
    return person


def url(name, *args):
    return reverse(f"partners:{name}", args=args)


def test_profile_is_saved_with_a_message_in_the_new_language(client, person):
    response = client.post(url("my_settings"), PROFILE, follow=True)

    person.refresh_from_db()
    assert {field: getattr(person, field) for field in PROFILE} == PROFILE
    assert len(response.context["messages"]) == 1
    assert '<html lang="lt">' in response.content.decode()


@pytest.mark.parametrize("typed", ["vilnius", "europe/vilnius", " Vilnius "])
def test_city_is_enough_for_the_time_zone(client, person, typed):
    client.post(url("my_settings"), PROFILE | {"time_zone": typed})

    person.refresh_from_db()
    assert person.time_zone == "Europe/Vilnius"


def test_unknown_zone_is_refused_and_kept_in_the_form(client, person):
    page = client.post(url("my_settings"), PROFILE | {"time_zone": "Atlantis"}).content.decode()

    person.refresh_from_db()
    assert 'value="Atlantis"' in page
    assert 'value="Upė"' in page
    assert person.name != "Upė"


def test_address_of_the_account_cannot_be_changed_here(client, person):
    before = person.email

    client.post(url("my_settings"), PROFILE | {"email": "other@example.org", "is_staff": "on", "is_superuser": "on"})

    person.refresh_from_db()
    assert (person.email, person.is_staff, person.is_superuser) == (before, False, False)


def test_absence_is_added_and_removed(client, person):
    client.post(url("my_absences"), {"starts_on": today(), "ends_on": today() + datetime.timedelta(days=7)})
    absence = person.absences.get()

    client.post(url("absence_remove", absence.pk))

    assert absence.ends_on == today() + datetime.timedelta(days=7)
    assert not person.absences.exists()


def test_absence_that_ends_before_it_begins_is_refused_at_the_place(client, person):
    response = client.post(url("my_absences"), {"starts_on": "2026-08-10", "ends_on": "2026-08-01"})

    assert response.context["form"].errors == {"ends_on": ["The last day is before the first."]}
    assert 'value="2026-08-10"' in response.content.decode()
    assert not person.absences.exists()


def test_somebody_elses_absence_is_out_of_reach(client, person):
    absence = Absence.objects.create(person=PersonFactory(), starts_on=today(), ends_on=today())

    assert client.post(url("absence_remove", absence.pk)).status_code == 404
    assert Absence.objects.get() == absence


def test_removing_needs_a_post(client, person):
    absence = Absence.objects.create(person=person, starts_on=today(), ends_on=today())

    assert client.get(url("absence_remove", absence.pk)).status_code == 405


def test_places_show_every_spell_with_its_dates(client, person):
    MembershipFactory(person=person, partner__name="Livet Bitch!", started_on=datetime.date(2018, 1, 1), ended_on=datetime.date(2019, 7, 1))
    MembershipFactory(person=person, partner__name="River//Cities", started_on=None)
    ProjectRoleFactory(person=person, role="educator", started_on=datetime.date(2020, 1, 1))

    page = client.get(url("my_places")).content.decode()

    assert "Livet Bitch!" in page
    assert "since 1 January 2018, ended on 1 July 2019" in " ".join(
        page.replace("Jan. 1, 2018", "1 January 2018").replace("July 1, 2019", "1 July 2019").split()
    )
    assert "River//Cities" in page
    assert "since an unknown day" in page
    assert "Informal educator" in page


def test_security_counts_what_is_set_up(client):
    client.force_login(PersonFactory(second_factor=True))

    context = client.get(url("my_security")).context

    assert (context["passkeys"], context["has_app"], context["codes_left"]) == (0, True, None)
