"""What people of host and guests say of themselves, and that it has ended where the last day was not known."""

import datetime

import pytest
from django.urls import reverse

from iimprove.clock import today
from partners.models import Attendance
from tests.factories import ActivityFactory, AttendanceFactory, MembershipFactory, PartnerFactory, ProjectPartnerFactory, ProjectRoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return ActivityFactory(host=PartnerFactory(), guests=[PartnerFactory()], starts_on=today() - datetime.timedelta(days=2), ends_on=None)


@pytest.fixture
def guest(client, meeting):
    person = MembershipFactory(partner=meeting.guests[0]).person
    client.force_login(person)
    return person


def say(client, meeting, name):
    return client.post(reverse(f"partners:{name}", args=[meeting.project.slug, meeting.code]))


def test_i_was_there_is_kept_for_the_own_side_once(client, meeting, guest):
    say(client, meeting, "i_was_there")
    say(client, meeting, "i_was_there")

    row = Attendance.objects.get()
    assert (row.person, row.partner, row.state, row.recorded_by) == (guest, meeting.guests[0], "attended", guest)


def test_the_own_word_is_taken_back_whole(client, meeting, guest):
    say(client, meeting, "i_was_there")
    say(client, meeting, "i_was_not_there")

    assert not Attendance.objects.exists()


def test_what_an_admin_recorded_is_contradicted_not_removed(client, meeting, guest):
    AttendanceFactory(activity=meeting, person=guest, partner=meeting.guests[0], state="expected")

    say(client, meeting, "i_was_not_there")

    assert Attendance.objects.get().state == "absent"


def test_not_before_it_has_begun_and_not_by_another_partner(client, meeting, guest):
    meeting.starts_on = today() + datetime.timedelta(days=1)
    meeting.save()
    assert say(client, meeting, "i_was_there").status_code == 403
    meeting.starts_on = today()
    meeting.save()
    client.force_login(MembershipFactory(partner=ProjectPartnerFactory(project=meeting.project).partner).person)
    assert say(client, meeting, "i_was_there").status_code == 403
    assert not Attendance.objects.exists()


def test_an_educator_without_employer_was_there_for_the_project(client, meeting):
    client.force_login(ProjectRoleFactory(project=meeting.project, educator=True).person)

    say(client, meeting, "i_was_there")

    assert Attendance.objects.get().partner is None


def test_it_has_ended_today_where_the_end_was_not_known(client, meeting, guest):
    page = client.get(meeting.get_absolute_url()).content.decode()
    say(client, meeting, "activity_ended")

    meeting.refresh_from_db()
    assert "It has ended" in page
    assert meeting.ends_on == today()
    assert say(client, meeting, "activity_ended").status_code == 403


def test_what_began_long_ago_does_not_end_today(client, meeting, guest):
    meeting.starts_on = datetime.date(2019, 3, 1)
    meeting.save()

    assert say(client, meeting, "activity_ended").status_code == 403
