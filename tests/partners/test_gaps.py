from datetime import date, timedelta

import pytest

from iimprove.clock import today
from partners import gaps, standing
from partners.gaps import Gap, Kind
from tests.factories import (
    ActivityFactory,
    AttendanceFactory,
    BaselineFactory,
    HeadcountFactory,
    MembershipFactory,
    PartnerFactory,
    ProjectFactory,
    ProjectPartnerFactory,
    ProjectRoleFactory,
    WriteUpFactory,
)

pytestmark = pytest.mark.django_db


def kinds_of(activity):
    return [gap.kind for gap in gaps.activity_gaps(activity.project.activities.all())]


def complete():
    """A held bilateral meeting of which nothing is missing."""
    host, guest = PartnerFactory(), PartnerFactory()
    activity = ActivityFactory(held=True, host=host, guests=[guest])
    for partner in (host, guest):
        AttendanceFactory(activity=activity, partner=partner)
        WriteUpFactory(activity=activity, partner=partner)
    return activity


def test_a_complete_activity_has_no_gap():
    assert kinds_of(complete()) == []


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"starts_on": None, "ends_on": None}, Kind.DATES),
        ({"ends_on": None}, Kind.DATES_IN_PART),
        ({"starts_on": None, "ends_on": None, "month_on": date(2019, 3, 1)}, Kind.DATES_IN_PART),
        ({"starts_on": None, "ends_on": None, "alternatives": [date(2019, 2, 16), date(2019, 3, 16)]}, Kind.DATES_IN_PART),
        ({"place": ""}, Kind.PLACE),
        ({"status": "planned"}, Kind.OVERDUE),
        ({"status": "moved"}, Kind.OVERDUE),
    ],
)
def test_a_fact_that_is_not_known_is_a_gap(change, kind):
    activity = complete()
    type(activity).objects.filter(pk=activity.pk).update(**change)

    assert kinds_of(activity) == [kind]


def test_nothing_is_missing_of_what_was_cancelled():
    assert kinds_of(ActivityFactory(unknown=True, status="cancelled")) == []


def test_an_online_activity_needs_no_place():
    activity = complete()
    type(activity).objects.filter(pk=activity.pk).update(place="", is_online=True)

    assert kinds_of(activity) == []


def test_host_and_guests_that_are_not_known_are_gaps():
    assert kinds_of(ActivityFactory(held=True)) == [Kind.HOST, Kind.GUESTS]


def test_a_lab_needs_no_guests_but_a_number_of_participants():
    host = PartnerFactory()
    activity = ActivityFactory(held=True, kind="lab", host=host)
    AttendanceFactory(activity=activity, partner=host)
    WriteUpFactory(activity=activity, partner=host)

    assert kinds_of(activity) == [Kind.HEADCOUNT]


def test_a_headcount_without_number_is_a_gap_and_zero_is_none():
    activity = complete()
    row = HeadcountFactory(activity=activity, number=None)
    unknown = kinds_of(activity)
    row.number = 0
    row.save()

    assert (unknown, kinds_of(activity)) == ([Kind.HEADCOUNT], [])


def test_attendance_and_write_up_are_owed_by_the_sides_that_have_none():
    host, guest = PartnerFactory(short_name="Ostend"), PartnerFactory(short_name="River//Cities")
    activity = ActivityFactory(held=True, host=host, guests=[guest])
    AttendanceFactory(activity=activity, partner=host)
    AttendanceFactory(activity=activity, partner=guest, state="expected")
    WriteUpFactory(activity=activity, partner=host)

    assert gaps.activity_gaps(activity.project.activities.all()) == [
        Gap(Kind.ATTENDANCE, activity, (guest,)),
        Gap(Kind.WRITE_UP, activity, (guest,)),
    ]


def test_before_it_is_over_neither_attendance_nor_write_up_is_owed():
    soon = today() + timedelta(days=3)

    assert kinds_of(ActivityFactory(starts_on=soon, ends_on=soon, host=PartnerFactory(), guests=[PartnerFactory()])) == []


def test_partners_lack_admins_baseline_and_changemaker():
    project = ProjectFactory()
    bare, whole = ProjectPartnerFactory(project=project).partner, ProjectPartnerFactory(project=project).partner
    MembershipFactory(partner=bare, admin=True)
    MembershipFactory.create_batch(2, partner=whole, admin=True)
    BaselineFactory(project=project, partner=whole)

    assert gaps.partner_gaps(project, with_changemaker={whole.pk}) == [
        Gap(Kind.ONE_ADMIN, partners=(bare,)),
        Gap(Kind.BASELINE, partners=(bare,)),
        Gap(Kind.CHANGEMAKER, partners=(bare,)),
    ]


def test_an_admin_who_left_counts_no_more_and_an_associated_partner_owes_no_baseline():
    part = ProjectPartnerFactory(associated=True)
    MembershipFactory(partner=part.partner, admin=True, ended=True)

    assert gaps.partner_gaps(part.project, with_changemaker=set()) == [Gap(Kind.NO_ADMIN, partners=(part.partner,))]


FORMS = [  # gap, who finds a form: coordinator, host admin, host member, guest admin, educator
    (Kind.DATES, (True, True, False, True, False)),
    (Kind.HOST, (True, False, False, False, False)),
    (Kind.ATTENDANCE, (True, True, False, False, False)),
    (Kind.HEADCOUNT, (True, True, False, True, False)),
    (Kind.WRITE_UP, (False, True, True, False, False)),
]


@pytest.mark.parametrize(("kind", "expected"), FORMS)
def test_closed_at_leads_those_who_may_to_the_form(kind, expected):
    host, guest = PartnerFactory(), PartnerFactory()
    activity = ActivityFactory(held=True, host=host, guests=[guest])
    people = [
        ProjectRoleFactory(project=activity.project, coordinator=True).person,
        MembershipFactory(partner=host, admin=True).person,
        MembershipFactory(partner=host).person,
        MembershipFactory(partner=guest, admin=True).person,
        ProjectRoleFactory(project=activity.project, educator=True).person,
    ]

    found = [bool(gaps.closed_at(Gap(kind, activity, (host,)), by=standing.in_project(activity.project, person))) for person in people]

    assert tuple(found) == expected


def test_is_owed_by_members_as_writers_and_by_admins_as_recorders():
    host = PartnerFactory()
    activity = ActivityFactory(held=True, host=host)
    member = standing.in_project(activity.project, MembershipFactory(partner=host).person)
    admin = standing.in_project(activity.project, MembershipFactory(partner=host, admin=True).person)
    write_up, attendance = Gap(Kind.WRITE_UP, activity, (host,)), Gap(Kind.ATTENDANCE, activity, (host,))

    assert [gaps.is_owed(gap, by=by) for gap in (write_up, attendance) for by in (member, admin)] == [True, True, False, True]
