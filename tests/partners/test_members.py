"""Who belongs to an organisation: roles and dates, who may set them, what ends when somebody leaves."""

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from iimprove.clock import today
from partners import policies
from partners.actions import people
from partners.models import Event, Membership
from partners.standing import at_partner
from tests.factories import InvitationFactory, MembershipFactory, PartnerFactory, PersonFactory, ProjectPartnerFactory, ProjectRoleFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def admin(db):
    return MembershipFactory(admin=True)


@pytest.fixture
def member(admin):
    return MembershipFactory(partner=admin.partner, job_title="Producer")


def address(name, membership):
    return reverse(f"partners:{name}", args=[membership.partner.slug, membership.pk])


def details(membership, **changes):
    kept = {field: getattr(membership, field) or "" for field in ("role", "job_title", "contract", "started_on", "expected_end_on")}
    return kept | changes


@pytest.mark.parametrize(
    ("actor", "reads", "manages"),
    [("member", True, False), ("admin", True, True), ("coordinator", True, True), ("other partner's admin", False, False), ("leaver", False, False)],
)
def test_members_are_read_and_managed_by(actor, reads, manages):
    part = ProjectPartnerFactory()
    person = {
        "member": lambda: MembershipFactory(partner=part.partner).person,
        "admin": lambda: MembershipFactory(partner=part.partner, admin=True).person,
        "coordinator": lambda: ProjectRoleFactory(project=part.project, coordinator=True).person,
        "other partner's admin": lambda: MembershipFactory(partner=ProjectPartnerFactory(project=part.project).partner, admin=True).person,
        "leaver": lambda: MembershipFactory(partner=part.partner, role="admin", ended=True).person,
    }[actor]()

    standing = at_partner(part.partner, person)

    assert policies.can_read_members(part.partner, by=standing) is reads
    assert policies.can_manage_members(part.partner, by=standing) is manages


def test_change_role_leaves_one_event_with_the_old_and_the_new(admin, member):
    people.change_membership(member, by=admin.person, role="admin", job_title="Producer")

    events = Event.objects.values_list("verb", "person", "partner", "details")
    assert list(events) == [("role_changed", member.person.pk, member.partner.pk, {"role": ["member", "admin"]})]


def test_change_nothing_leaves_no_event(admin, member):
    people.change_membership(member, by=admin.person, role="member", job_title="Producer")

    assert not Event.objects.exists()


def test_job_title_is_not_repeated_in_the_event(admin, member):
    people.change_membership(member, by=admin.person, job_title="Canary keeper")

    assert Event.objects.get().details == {"fields": ["job_title"]}


@pytest.mark.parametrize(("days", "is_current"), [(-1, False), (0, False), (1, True)])
def test_end_counts_from_its_day_on(admin, member, days, is_current):
    people.end_membership(member, on=today() + days * DAY, by=admin.person)

    assert Membership.objects.current().filter(pk=member.pk).exists() is is_current


def test_end_today_closes_the_pages_at_the_next_request(admin, member, client):
    client.force_login(member.person)
    assert client.get(member.partner.get_absolute_url()).status_code == 200

    people.end_membership(member, on=today(), by=admin.person)

    assert client.get(member.partner.get_absolute_url()).status_code == 404


def test_end_at_one_partner_leaves_the_other_open(admin, member, client):
    other = MembershipFactory(person=member.person)
    client.force_login(member.person)

    people.end_membership(member, on=today(), by=admin.person)

    assert [client.get(at.partner.get_absolute_url()).status_code for at in (member, other)] == [404, 200]


def test_end_says_who_set_it(admin, member):
    people.end_membership(member, on=today(), by=admin.person)

    member.refresh_from_db()
    assert (member.ended_on, member.ended_by) == (today(), admin.person)


def test_end_before_the_start_is_refused_at_the_field(admin, member, client):
    client.force_login(admin.person)

    page = client.post(address("membership_end", member), {"ended_on": "2017-01-01"})

    assert page.context["form"].errors == {"ended_on": ["This is before the first day."]}


def test_the_only_admin_cannot_leave(admin, member, client):
    client.force_login(admin.person)

    page = client.post(address("membership_end", admin), {"ended_on": today().isoformat()})

    assert page.context["form"].non_field_errors() == ["This is the only admin: make somebody else admin first."]
    assert Membership.objects.current().filter(pk=admin.pk).exists()


def test_the_only_admin_cannot_become_a_member(admin, client):
    client.force_login(admin.person)

    page = client.post(address("membership_edit", admin), details(admin, role="member"))

    assert page.context["form"].non_field_errors() == ["This is the only admin: make somebody else admin first."]


def test_the_only_admin_cannot_set_an_end_ahead(admin):
    with pytest.raises(ValidationError):
        people.end_membership(admin, on=today() + 30 * DAY, by=admin.person)


def test_an_admin_may_leave_when_another_stays(admin):
    MembershipFactory(partner=admin.partner, role="admin")

    people.end_membership(admin, on=today(), by=admin.person)

    assert not Membership.objects.current().filter(pk=admin.pk).exists()


def test_an_admin_who_leaves_earlier_does_not_count_as_the_one_who_stays(admin):
    MembershipFactory(partner=admin.partner, role="admin", ended_on=today() + 10 * DAY)

    with pytest.raises(ValidationError):
        people.end_membership(admin, on=today() + 20 * DAY, by=admin.person)


def test_resume_takes_the_end_back(admin, member, client):
    people.end_membership(member, on=today() - DAY, by=admin.person)
    client.force_login(admin.person)

    client.post(address("membership_resume", member))

    member.refresh_from_db()
    assert (member.ended_on, member.ended_by) == (None, None)


def test_resume_is_refused_in_words_when_the_person_came_back_since(admin, client):
    left = MembershipFactory(partner=admin.partner, ended_on=datetime.date(2019, 7, 1))
    MembershipFactory(partner=admin.partner, person=left.person, started_on=datetime.date(2021, 2, 1))
    client.force_login(admin.person)

    page = client.post(address("membership_resume", left))

    assert page.context["refusal"] == "This person has a place at this organisation in that time already."


def test_edit_refuses_an_expected_end_before_the_start_and_keeps_the_input(admin, member, client):
    client.force_login(admin.person)

    page = client.post(address("membership_edit", member), details(member, expected_end_on="2017-05-01", job_title="Curator"))

    assert page.context["form"].errors == {"expected_end_on": ["The expected end is before the start."]}
    assert 'value="Curator"' in page.content.decode()


def test_edit_takes_no_field_that_is_not_shown(admin, member, client):
    client.force_login(admin.person)

    client.post(address("membership_edit", member), details(member, person=admin.person.pk, partner=PartnerFactory().pk, ended_on="2020-01-01"))

    member.refresh_from_db()
    assert (member.partner, member.ended_on) == (admin.partner, None)
    assert member.person != admin.person


def test_a_member_may_not_change_the_own_place(member, client):
    client.force_login(member.person)

    assert client.post(address("membership_edit", member), details(member, role="admin")).status_code == 403
    assert client.post(address("membership_end", member), {"ended_on": today().isoformat()}).status_code == 403


def test_a_place_elsewhere_is_not_found_through_the_own_address(admin, client):
    elsewhere = MembershipFactory()
    client.force_login(admin.person)

    url = reverse("partners:membership_edit", args=[admin.partner.slug, elsewhere.pk])

    assert client.post(url, details(elsewhere, role="admin")).status_code == 404
    elsewhere.refresh_from_db()
    assert elsewhere.role == "member"


def test_list_shows_who_came_back_as_one_person(admin, client):
    left = MembershipFactory(partner=admin.partner, ended_on=datetime.date(2019, 7, 1))
    MembershipFactory(partner=admin.partner, person=left.person, started_on=datetime.date(2021, 2, 1))
    client.force_login(admin.person)

    page = client.get(reverse("learning:member_list", args=[admin.partner.slug]))

    spells = [[spell.started_on.year for spell in own] for own in page.context["here"] if own[0].person == left.person]
    assert (spells, page.context["left"]) == ([[2021, 2018]], [])


def test_list_puts_the_spell_that_runs_before_those_of_unknown_start_and_those_to_come(admin, client):
    now = MembershipFactory(partner=admin.partner, started_on=datetime.date(2019, 1, 1), ended_on=today() + 5 * DAY)
    before = MembershipFactory(partner=admin.partner, person=now.person, started_on=None, ended_on=datetime.date(2018, 6, 1))
    after = MembershipFactory(partner=admin.partner, person=now.person, started_on=today() + 5 * DAY)
    client.force_login(admin.person)

    page = client.get(reverse("learning:member_list", args=[admin.partner.slug]))

    assert [own for own in page.context["here"] if own[0].person == now.person] == [[now, after, before]]


def test_list_shows_who_left_with_the_dates(admin, client):
    MembershipFactory(partner=admin.partner, person__name="Former Librarian", ended_on=datetime.date(2019, 7, 1))
    client.force_login(admin.person)

    page = client.get(reverse("learning:member_list", args=[admin.partner.slug])).content.decode()

    assert "Former Librarian" in page
    assert "1 January 2018 – 1 July 2019" in page


@pytest.mark.parametrize(("days", "words"), [(12, "ends in 12 days"), (1, "ends in 1 day"), (0, "ends today"), (-3, "expected end has passed")])
def test_list_marks_an_end_that_is_near(admin, member, client, days, words):
    Membership.objects.filter(pk=member.pk).update(expected_end_on=today() + days * DAY)
    client.force_login(admin.person)

    assert words in client.get(reverse("learning:member_list", args=[admin.partner.slug])).content.decode()


@pytest.mark.parametrize(("others", "is_told"), [(0, True), (1, False)])
def test_list_expects_two_admins(admin, client, others, is_told):
    MembershipFactory.create_batch(others, partner=admin.partner, role="admin")
    client.force_login(admin.person)

    page = client.get(reverse("learning:member_list", args=[admin.partner.slug])).content.decode()

    assert ("Two admins are expected" in page) is is_told


def test_list_hides_invitations_from_plain_members(member, client):
    InvitationFactory(partner=member.partner, email="canary@example.org")
    client.force_login(member.person)

    page = client.get(reverse("learning:member_list", args=[member.partner.slug])).content.decode()

    assert "canary@example.org" not in page


def test_list_takes_as_many_queries_for_three_rows_as_for_one(admin, client):
    client.force_login(admin.person)

    def queries_with_one_more():
        MembershipFactory(partner=admin.partner)
        MembershipFactory(partner=admin.partner, ended=True)
        InvitationFactory(partner=admin.partner, sent_by=admin.person)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("learning:member_list", args=[admin.partner.slug]))
        return len(queries)

    assert queries_with_one_more() == queries_with_one_more()


def test_account_without_any_place_reads_no_members(admin, client):
    client.force_login(PersonFactory())

    assert client.get(reverse("learning:member_list", args=[admin.partner.slug])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_admins_who_end_each_other_at_the_same_moment_leave_one():
    first = MembershipFactory(admin=True)
    second = MembershipFactory(partner=first.partner, admin=True)
    together = threading.Barrier(2)

    def end(membership):
        together.wait()
        try:
            people.end_membership(membership, on=today(), by=first.person)
        except ValidationError:
            return "refused"
        finally:
            connection.close()
        return "ended"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(end, [first, second]))

    assert answers == ["ended", "refused"]
    assert Membership.objects.current().filter(partner=first.partner, role="admin").count() == 1


def test_a_place_that_has_ended_is_not_changed(admin, client):
    client.force_login(admin.person)

    assert client.get(address("membership_edit", MembershipFactory(partner=admin.partner, ended=True))).status_code == 403
