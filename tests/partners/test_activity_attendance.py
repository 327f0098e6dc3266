from datetime import date

import pytest
from django.urls import reverse

from partners.models import Attendance, Event
from tests.factories import ActivityFactory, AttendanceFactory, HeadcountFactory, MembershipFactory, PartnerFactory, ProjectRoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return ActivityFactory(held=True, host=PartnerFactory(slug="ostend", short_name="Ostend"), guests=[PartnerFactory(slug="rivercities")])


@pytest.fixture
def admin(client, meeting):
    person = MembershipFactory(partner=meeting.host, admin=True, person__name="Admin").person
    client.force_login(person)
    return person


def url(activity, name="attendance_edit"):
    return reverse(f"partners:{name}", args=[activity.project.slug, activity.code])


def row(person, partner):
    return f"state-{partner.slug if partner else 'project'}-{person.pk}"


def opened_form(client, meeting):
    return {"seen": client.get(url(meeting)).context["form"]["seen"].value()}


def recorded():
    return sorted(Attendance.objects.values_list("person__name", "partner__slug", "state"))


def rows_of(answer):
    return {str(section["partner"]): [str(person) for person, _field in section["rows"]] for section in answer.context["form"].sections()}


def test_the_list_shows_who_worked_there_on_those_days(client, meeting, admin):
    for name, dates in {
        "Was here": {"started_on": date(2018, 1, 1), "ended_on": date(2019, 7, 20)},
        "Left the day it began": {"ended_on": date(2019, 3, 19)},
        "Began on the last day": {"started_on": date(2019, 3, 22)},
        "Came later": {"started_on": date(2019, 3, 23)},
        "Since an unknown day": {"started_on": None},
    }.items():
        MembershipFactory(partner=meeting.host, person__name=name, **dates)
    MembershipFactory(partner=meeting.guests[0], person__name="Works for the guests")

    assert rows_of(client.get(url(meeting))) == {"Ostend": ["Admin", "Began on the last day", "Since an unknown day", "Was here"]}


def test_record_writes_states_with_partner_and_event(client, meeting, admin):
    colleague = MembershipFactory(partner=meeting.host, person__name="Colleague").person

    client.post(url(meeting), {row(admin, meeting.host): "attended", row(colleague, meeting.host): "absent"})

    assert recorded() == sorted([(admin.name, "ostend", "attended"), ("Colleague", "ostend", "absent")])
    events = Event.objects.filter(verb="attendance_recorded", activity=meeting, by=admin)
    assert sorted(events.values_list("person__name", "details__after")) == sorted([(admin.name, "attended"), ("Colleague", "absent")])


def test_record_again_without_change_leaves_no_event(client, meeting, admin):
    AttendanceFactory(activity=meeting, person=admin, partner=meeting.host)

    client.post(url(meeting), {row(admin, meeting.host): "attended"})

    assert Event.objects.count() == 0


def test_the_wrong_person_is_taken_off_the_list(client, meeting, admin):
    AttendanceFactory(activity=meeting, person=admin, partner=meeting.host)

    client.post(url(meeting), {row(admin, meeting.host): ""})

    assert recorded() == []


def test_two_tabs_keep_what_each_recorded(client, meeting, admin):
    colleague = MembershipFactory(partner=meeting.host, person__name="Colleague").person
    opened = opened_form(client, meeting)
    AttendanceFactory(activity=meeting, person=colleague, partner=meeting.host, state="absent")

    answer = client.post(url(meeting), opened | {row(admin, meeting.host): "attended"})

    assert answer.status_code == 302
    assert recorded() == sorted([(admin.name, "ostend", "attended"), ("Colleague", "ostend", "absent")])


def test_two_tabs_that_say_different_things_are_told_once(client, meeting, admin):
    opened = opened_form(client, meeting)
    AttendanceFactory(activity=meeting, person=admin, partner=meeting.host, state="absent")

    first = client.post(url(meeting), opened | {row(admin, meeting.host): "attended"})
    assert "Somebody recorded “Was not there”" in first.context["form"].errors[row(admin, meeting.host)][0]
    assert recorded() == [(admin.name, "ostend", "absent")]

    client.post(url(meeting), {"seen": first.context["form"]["seen"].value(), row(admin, meeting.host): "attended"})
    assert recorded() == [(admin.name, "ostend", "attended")]


def test_broken_notes_of_what_was_seen_do_no_harm(client, meeting, admin):
    answers = [client.post(url(meeting), {"seen": seen, row(admin, meeting.host): "attended"}).status_code for seen in ("{", "[1]", "3", "{}")]

    assert answers == [200, 302, 302, 302]


def test_somebody_who_left_before_is_added_late(client, meeting, admin):
    leaver = MembershipFactory(partner=meeting.host, person__name="Leaver", ended_on=date(2019, 1, 1)).person

    client.post(url(meeting), {"more-ostend": leaver.pk})

    assert recorded() == [("Leaver", "ostend", "attended")]


@pytest.mark.parametrize("field", ["state-ostend-{person}", "state-rivercities-{person}", "more-ostend", "more-rivercities"])
def test_somebody_elses_people_are_refused_and_nothing_is_written(client, meeting, admin, field):
    foreign = MembershipFactory(partner=meeting.guests[0]).person
    value = "attended" if field.startswith("state") else foreign.pk

    answer = client.post(url(meeting), {row(admin, meeting.host): "attended", field.format(person=foreign.pk): value})

    assert (answer.status_code, bool(answer.context["form"].errors), recorded()) == (200, True, [])


def test_who_works_for_both_sides_is_recorded_for_one(client, meeting):
    client.force_login(ProjectRoleFactory(project=meeting.project, coordinator=True).person)
    both = MembershipFactory(partner=meeting.host).person
    MembershipFactory(partner=meeting.guests[0], person=both)
    host, guest = row(both, meeting.host), row(both, meeting.guests[0])

    answer = client.post(url(meeting), {host: "attended", guest: "attended"})

    assert answer.context["form"].errors == {guest: ["Recorded for Ostend already."]}
    assert recorded() == []


def test_an_admin_cannot_take_over_who_is_recorded_for_the_other_side(client, meeting, admin):
    AttendanceFactory(activity=meeting, person=admin, partner=meeting.guests[0])

    client.post(url(meeting), {row(admin, meeting.host): "attended"})
    client.post(url(meeting), {row(admin, meeting.host): ""})

    assert recorded() == [(admin.name, "rivercities", "attended")]


def test_a_coordinator_moves_somebody_to_the_other_side(client, meeting):
    client.force_login(ProjectRoleFactory(project=meeting.project, coordinator=True).person)
    both = MembershipFactory(partner=meeting.host, person__name="Both").person
    MembershipFactory(partner=meeting.guests[0], person=both)
    AttendanceFactory(activity=meeting, person=both, partner=meeting.host)

    client.post(url(meeting), {row(both, meeting.host): "", row(both, meeting.guests[0]): "attended"})

    assert recorded() == [("Both", "rivercities", "attended")]


def test_an_educator_without_employer_is_recorded_for_no_partner(client, meeting):
    client.force_login(ProjectRoleFactory(project=meeting.project, coordinator=True).person)
    educator = ProjectRoleFactory(project=meeting.project, educator=True, person__name="Educator").person

    client.post(url(meeting), {row(educator, None): "attended"})

    assert recorded() == [("Educator", None, "attended")]


def heads(activity, *rows, **more):
    data = {"headcounts-TOTAL_FORMS": len(rows), "headcounts-INITIAL_FORMS": activity.headcounts.count()}
    for number, values in enumerate(rows):
        data |= {f"headcounts-{number}-{name}": value for name, value in values.items()}
    return data | more


def test_headcounts_keep_unknown_apart_from_zero(client, meeting, admin):
    client.post(url(meeting, "headcount_edit"), heads(meeting, {"role": "librarians", "number": ""}, {"role": "policymakers", "number": "0"}))

    assert list(meeting.headcounts.values_list("role", "number")) == [("librarians", None), ("policymakers", 0)]
    assert list(Event.objects.values_list("verb", "activity")) == [("headcount_recorded", meeting.pk)]


def test_a_role_twice_is_said_at_its_row(client, meeting, admin):
    answer = client.post(url(meeting, "headcount_edit"), heads(meeting, {"role": "Librarians"}, {"role": "librarians"}))

    assert [list(form.errors) for form in answer.context["formset"]] == [[], ["role"]]
    assert meeting.headcounts.count() == 0


def test_another_row_keeps_what_was_typed(client, meeting, admin):
    answer = client.post(url(meeting, "headcount_edit"), heads(meeting, {"role": "neighbours", "number": "x"}, add="1"))

    assert [form["role"].value() for form in answer.context["formset"]] == ["neighbours", None]


def test_a_headcount_of_another_activity_is_not_touched(client, meeting, admin):
    foreign = HeadcountFactory(role="elsewhere")

    answer = client.post(url(meeting, "headcount_edit"), heads(meeting, {"id": foreign.pk, "role": "mine"}) | {"headcounts-INITIAL_FORMS": 1})

    foreign.refresh_from_db()
    assert (answer.status_code, foreign.role, meeting.headcounts.count()) == (200, "elsewhere", 0)
