"""Activities made, changed, moved, cancelled, restored, held: through their forms."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from iimprove.clock import today
from partners.models import Activity, Event, PlanChange
from tests.factories import (
    ActivityFactory,
    MembershipFactory,
    PartnerFactory,
    ProjectPartnerFactory,
    ProjectRoleFactory,
    WriteUpFactory,
)

pytestmark = pytest.mark.django_db

FACTS = {"kind": "bilateral_meeting", "known": "nothing", "ends_at": "17:00"}


@pytest.fixture
def coordinator(client):
    role = ProjectRoleFactory(coordinator=True)
    client.force_login(role.person)
    return role


def to(name, activity):
    return reverse(f"partners:{name}", args=[activity.project.slug, activity.code])


def create(client, project, **data):
    return client.post(reverse("partners:activity_create", args=[project.slug]), FACTS | {"code": "C1"} | data)


def seen_of(client, activity):
    """What the form of `activity` holds about when it was opened."""
    return {"seen": client.get(to("activity_edit", activity)).context["form"]["seen"].value()}


def errors(answer):
    return {name: list(messages) for name, messages in answer.context["form"].errors.items()}


def verbs(activity):
    return list(Event.objects.filter(activity=activity).values_list("verb", flat=True))


def test_create_with_a_code_and_a_kind_leaves_the_rest_unknown(client, coordinator):
    answer = create(client, coordinator.project)

    activity = Activity.objects.get()
    assert answer["Location"] == activity.get_absolute_url()
    assert (activity.code, activity.sorts_on, activity.host, activity.guests, activity.place) == ("C1", None, None, [], "")
    assert verbs(activity) == ["activity_created"]


def test_create_takes_host_and_guests_of_the_project(client, coordinator):
    host, guest = (ProjectPartnerFactory(project=coordinator.project).partner for _ in range(2))

    create(client, coordinator.project, host=host.pk, guests=[guest.pk])

    activity = Activity.objects.get()
    assert (activity.host, activity.guests) == (host, [guest])


@pytest.mark.parametrize(
    ("known", "stored"),
    [
        ({"known": "all", "starts_on": "2019-03-09", "ends_on": "2019-03-13"}, (date(2019, 3, 9), date(2019, 3, 13), None, [])),
        ({"known": "first", "starts_on": "2019-03-19", "ends_on": "2019-03-01"}, (date(2019, 3, 19), None, None, [])),
        ({"known": "last", "ends_on": "2019-03-19"}, (None, date(2019, 3, 19), None, [])),
        ({"known": "month", "month_on": "2020-10", "starts_on": "rubbish"}, (None, None, date(2020, 10, 1), [])),
        (
            {"known": "one_of", "alternative_1": "2019-03-16", "alternative_3": "2019-02-16"},
            (None, None, None, [date(2019, 2, 16), date(2019, 3, 16)]),
        ),
        ({"known": "nothing", "starts_on": "2019-03-09"}, (None, None, None, [])),
    ],
)
def test_create_keeps_only_the_days_that_are_said_to_be_known(client, coordinator, known, stored):
    create(client, coordinator.project, **known)

    activity = Activity.objects.get()
    assert (activity.starts_on, activity.ends_on, activity.month_on, activity.alternatives) == stored


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"known": "all", "starts_on": "2019-03-13", "ends_on": "2019-03-09"}, "ends_on"),
        ({"known": "all", "starts_on": "2019-03-13"}, "ends_on"),
        ({"known": "first"}, "starts_on"),
        ({"known": "month", "month_on": "soon"}, "month_on"),
        ({"known": "one_of", "alternative_1": "2019-02-16"}, "alternative_2"),
        ({"known": "maybe"}, "known"),
        ({"kind": "party"}, "kind"),
        ({"code": "C 1"}, "code"),
        ({"code": ""}, "code"),
        ({"programme": "x" * 20_001}, "programme"),
    ],
)
def test_create_refuses_bad_input_at_its_field(client, coordinator, data, field):
    answer = create(client, coordinator.project, **data)

    assert (answer.status_code, list(errors(answer)), Activity.objects.count()) == (200, [field], 0)


def test_create_refuses_a_code_in_use_in_any_case(client, coordinator):
    ActivityFactory(project=coordinator.project, code="c1")

    assert errors(create(client, coordinator.project)) == {"code": ["This code is in use in this project."]}


def test_create_with_a_code_in_use_next_door_is_fine(client, coordinator):
    ActivityFactory(code="C1")

    assert create(client, coordinator.project).status_code == 302


def test_create_refuses_a_guest_that_is_the_host(client, coordinator):
    host = ProjectPartnerFactory(project=coordinator.project, partner__short_name="Ostend").partner

    assert errors(create(client, coordinator.project, host=host.pk, guests=[host.pk])) == {"guests": ["Ostend is the host already."]}


def test_create_refuses_two_guests_of_a_bilateral_meeting(client, coordinator):
    guests = [ProjectPartnerFactory(project=coordinator.project).partner.pk for _ in range(2)]

    assert errors(create(client, coordinator.project, guests=guests)) == {"guests": ["A bilateral meeting has one guest."]}


@pytest.mark.parametrize("side", ["host", "guests"])
def test_create_refuses_a_partner_of_another_project(client, coordinator, side):
    foreign = ProjectPartnerFactory().partner

    assert list(errors(create(client, coordinator.project, **{side: foreign.pk}))) == [side]


def test_edit_lets_host_and_guest_change_places(client, coordinator):
    host, guest = PartnerFactory(), PartnerFactory()
    activity = ActivityFactory(project=coordinator.project, unknown=True, host=host, guests=[guest])

    client.post(to("activity_edit", activity), FACTS | {"host": guest.pk, "guests": [host.pk], "seen": activity.changed_at.isoformat()})

    assert sorted(activity.sides.values_list("partner", "side")) == sorted([(guest.pk, "host"), (host.pk, "guest")])
    assert verbs(activity) == ["activity_changed"]


def test_edit_takes_sources_line_by_line(client, coordinator):
    activity = ActivityFactory(project=coordinator.project, sources=[{"title": "Old"}])
    typed = "Report | of 2019 | https://example.org/report\r\n\r\nA leaflet\r\nhttps://example.org/page?a=b|"

    client.post(to("activity_edit", activity), FACTS | seen_of(client, activity) | {"sources": typed})

    activity.refresh_from_db()
    assert activity.sources == [
        {"title": "Report | of 2019", "url": "https://example.org/report"},
        {"title": "A leaflet"},
        {"title": "https://example.org/page?a=b"},
    ]


@pytest.mark.parametrize(
    "line",
    ["Report | www.example.org", "Report | javascript:alert(1)", "x" * 301, "Report | https://example.org/" + "x" * 500, "https://exa mple.org"],
)
def test_edit_names_the_line_of_a_source_that_is_none(client, coordinator, line):
    activity = ActivityFactory(project=coordinator.project, sources=[{"title": "Old"}])
    typed = {"sources": f"A leaflet\n{line}"}

    answer = client.post(to("activity_edit", activity), FACTS | seen_of(client, activity) | typed)

    assert "ine 2" in errors(answer)["sources"][0]
    assert answer.context["form"]["sources"].value() == typed["sources"]


def test_edit_opens_with_sources_as_they_were_typed(client, coordinator):
    sources = [
        {"title": "Report", "url": "https://example.org/r"},
        {"title": "A | b"},
        {"title": "https://example.org", "url": "https://example.org"},
    ]
    activity = ActivityFactory(project=coordinator.project, sources=sources)

    shown = client.get(to("activity_edit", activity)).context["form"]["sources"].value()
    client.post(to("activity_edit", activity), FACTS | seen_of(client, activity) | {"sources": shown})

    activity.refresh_from_db()
    assert shown.splitlines() == ["Report | https://example.org/r", "A | b | ", "https://example.org"]
    assert activity.sources == sources


def test_edit_finds_the_time_zone_by_a_city(client, coordinator):
    activity = ActivityFactory(project=coordinator.project)

    client.post(to("activity_edit", activity), FACTS | seen_of(client, activity) | {"time_zone": "vilnius"})
    wrong = client.post(to("activity_edit", activity), FACTS | seen_of(client, activity) | {"time_zone": "Atlantis"})

    activity.refresh_from_db()
    assert (activity.time_zone, list(errors(wrong))) == ("Europe/Vilnius", ["time_zone"])


def test_edit_keeps_a_partner_that_has_written(client, coordinator):
    guest = PartnerFactory(short_name="River//Cities")
    activity = ActivityFactory(project=coordinator.project, unknown=True, guests=[guest])
    WriteUpFactory(activity=activity, partner=guest)

    answer = client.post(to("activity_edit", activity), FACTS | {"seen": activity.changed_at.isoformat()})

    assert errors(answer) == {"guests": ["River//Cities has a write-up or attendance here and stays."]}
    assert activity.sides.count() == 1


def test_edit_by_a_partner_admin_leaves_sides_and_code_alone(client):
    host = PartnerFactory()
    activity = ActivityFactory(code="C2", unknown=True, host=host)
    client.force_login(MembershipFactory(partner=host, admin=True).person)

    client.post(to("activity_edit", activity), FACTS | {"code": "C9", "host": "", "place": "Bruges", "seen": activity.changed_at.isoformat()})

    activity.refresh_from_db()
    assert (activity.code, activity.place, activity.host) == ("C2", "Bruges", host)


def test_edit_in_a_second_tab_says_so_and_saves_the_second_time(client, coordinator):
    activity = ActivityFactory(project=coordinator.project, unknown=True, title="Old")
    old = activity.changed_at.isoformat()
    activity.title = "From the other tab"
    activity.save()

    answer = client.post(to("activity_edit", activity), FACTS | {"title": "Typed here", "seen": old})

    activity.refresh_from_db()
    assert (activity.title, answer.context["form"].is_conflict) == ("From the other tab", True)
    assert 'value="Typed here"' in answer.content.decode()
    client.post(to("activity_edit", activity), FACTS | {"title": "Typed here", "seen": answer.context["form"]["seen"].value()})
    activity.refresh_from_db()
    assert activity.title == "Typed here"


def test_edit_opens_with_the_days_as_they_are_known(client, coordinator):
    days = [date(2019, 2, 16), date(2019, 3, 16)]
    activity = ActivityFactory(project=coordinator.project, unknown=True, alternatives=days)

    form = client.get(to("activity_edit", activity)).context["form"]

    assert [form[name].value() for name in ("known", "alternative_1", "alternative_2", "alternative_3")] == ["one_of", *days, None]


def test_move_keeps_the_old_plan_in_words_with_the_reason(client, coordinator):
    activity = ActivityFactory(project=coordinator.project, place="Vilnius")

    client.post(
        to("activity_move", activity),
        {"reason": "The ferry", "known": "month", "month_on": "2019-10", "dates_note": "", "place": "Kaunas", "country": ""},
    )

    activity.refresh_from_db()
    change = PlanChange.objects.get()
    assert (activity.status, activity.status_reason, activity.month_on, activity.place) == ("moved", "The ferry", date(2019, 10, 1), "Kaunas")
    assert (change.activity, change.kind, change.planned, change.reason) == (activity, "moved", "19–22 March 2019 · Vilnius", "The ferry")
    assert verbs(activity) == ["activity_moved"]


def test_move_without_a_reason_or_a_change_is_refused(client, coordinator):
    activity = ActivityFactory(project=coordinator.project)
    same = {"known": "all", "starts_on": "2019-03-19", "ends_on": "2019-03-22", "place": "Vilnius", "country": "", "dates_note": ""}

    assert list(errors(client.post(to("activity_move", activity), same))) == ["reason"]
    assert list(errors(client.post(to("activity_move", activity), same | {"reason": "x"}))) == ["__all__"]
    assert PlanChange.objects.count() == 0


def test_cancel_needs_a_reason_and_keeps_the_plan(client, coordinator):
    activity = ActivityFactory(project=coordinator.project)

    assert list(errors(client.post(to("activity_cancel", activity), {"reason": " "}))) == ["reason"]
    client.post(to("activity_cancel", activity), {"reason": "The pandemic"})

    activity.refresh_from_db()
    assert (activity.status, activity.status_reason, PlanChange.objects.get().kind) == ("cancelled", "The pandemic", "cancelled")
    assert verbs(activity) == ["activity_cancelled"]


@pytest.mark.parametrize(("was_moved", "status", "reason"), [(False, "planned", ""), (True, "moved", "The ferry")])
def test_restore_gives_back_the_status_from_before(client, coordinator, was_moved, status, reason):
    activity = ActivityFactory(project=coordinator.project, status="cancelled", status_reason="The pandemic")
    if was_moved:
        PlanChange.objects.create(project=activity.project, activity=activity, kind="moved", reason="The ferry")

    client.post(to("activity_restore", activity), {"reason": ""})

    activity.refresh_from_db()
    assert (activity.status, activity.status_reason, verbs(activity)) == (status, reason, ["activity_restored"])


def test_held_twice_is_noted_once(client, coordinator):
    activity = ActivityFactory(project=coordinator.project)

    answers = [client.post(to("activity_held", activity)).status_code for _ in range(2)]

    activity.refresh_from_db()
    assert (answers, activity.status, verbs(activity)) == ([302, 302], "held", ["activity_held"])


@pytest.mark.parametrize(("was_moved", "status", "reason"), [(False, "planned", ""), (True, "moved", "The ferry")])
def test_that_it_took_place_can_be_taken_back(client, coordinator, was_moved, status, reason):
    activity = ActivityFactory(project=coordinator.project, held=True)
    written = WriteUpFactory(activity=activity)
    if was_moved:
        PlanChange.objects.create(project=activity.project, activity=activity, kind="moved", reason="The ferry")

    answers = [client.post(to("activity_unhold", activity)).status_code for _ in range(2)]

    activity.refresh_from_db()
    assert (answers, activity.status, activity.status_reason) == ([302, 302], status, reason)
    assert (verbs(activity), activity.write_ups.get()) == (["activity_unheld"], written)


def test_what_lies_ahead_was_not_held(client, coordinator):
    activity = ActivityFactory(project=coordinator.project, starts_on=today() + timedelta(days=1), ends_on=None)

    client.post(to("activity_held", activity))

    activity.refresh_from_db()
    assert activity.status == "planned"


def test_publish_and_unpublish_leave_their_events(client, coordinator):
    activity = ActivityFactory(project=coordinator.project)

    client.post(to("activity_publish", activity))
    activity.refresh_from_db()
    was_published = activity.is_published
    client.post(to("activity_unpublish", activity))
    activity.refresh_from_db()

    assert (was_published, activity.is_published, verbs(activity)) == (True, False, ["unpublished", "published"])


def test_codes_are_read_in_any_case_and_answered_at_their_address(client, coordinator):
    activity = ActivityFactory(project=coordinator.project, code="E5a")
    url = to("activity_edit", activity)

    answer = client.get(url.replace("E5a", "e5A") + "?from=list")

    assert (answer.status_code, answer["Location"]) == (302, url + "?from=list")


ACTIONS = {  # form: what its policy answers to coordinator, host admin, guest admin, host member, other partner's admin, educator
    "activity_edit": (200, 200, 200, 403, 403, 403),
    "activity_move": (200, 200, 200, 403, 403, 403),
    "activity_cancel": (200, 403, 403, 403, 403, 403),
    "activity_restore": (302, 403, 403, 403, 403, 403),
    "activity_held": (200, 200, 200, 403, 403, 403),
    "activity_publish": (405, 403, 403, 403, 403, 403),
    "attendance_edit": (200, 200, 200, 403, 403, 403),
    "headcount_edit": (200, 200, 200, 403, 403, 403),
    "write_up_create": (403, 200, 200, 200, 403, 403),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_who_may_change_an_activity(client, name):
    host, guest = PartnerFactory(), PartnerFactory()
    activity = ActivityFactory(host=host, guests=[guest])
    other = ProjectPartnerFactory(project=activity.project).partner
    people = [
        ProjectRoleFactory(project=activity.project, coordinator=True).person,
        MembershipFactory(partner=host, admin=True).person,
        MembershipFactory(partner=guest, admin=True).person,
        MembershipFactory(partner=host).person,
        MembershipFactory(partner=other, admin=True).person,
        ProjectRoleFactory(project=activity.project, educator=True).person,
    ]

    answers = []
    for person in people:
        client.force_login(person)
        answers.append(client.get(to(name, activity)).status_code)

    assert tuple(answers) == ACTIONS[name]
