import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from iimprove.clock import today
from partners.models import Event, WriteUp
from tests.factories import ActivityFactory, MembershipFactory, PartnerFactory, WriteUpFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return ActivityFactory(held=True, host=PartnerFactory(slug="ostend"), guests=[PartnerFactory(slug="rivercities")])


@pytest.fixture
def writer(client, meeting):
    person = MembershipFactory(partner=meeting.host).person
    client.force_login(person)
    return person


def text(meeting, **data):
    return {
        "key": uuid.uuid4(),
        "partner": meeting.host.pk,
        "language": "nl",
        "text": "Het Vergeten Orkest",
        "written_on": today().isoformat(),
    } | data


def create(client, meeting, **data):
    return client.post(reverse("partners:write_up_create", args=[meeting.project.slug, meeting.code]), text(meeting, **data))


def to(name, write_up):
    return reverse(f"partners:{name}", args=[write_up.activity.project.slug, write_up.activity.code, write_up.pk])


def revise(client, write_up, **data):
    stored = {"language": "en", "text": write_up.text, "written_on": "2019-04-02", "seen": write_up.changed_at.isoformat()}
    return client.post(to("write_up_revise", write_up), stored | data)


def test_write_for_the_own_side(client, meeting, writer):
    create(client, meeting)

    row = WriteUp.objects.get()
    assert (row.partner, row.author, row.language, row.text, row.public_at) == (meeting.host, writer, "nl", "Het Vergeten Orkest", None)
    assert list(Event.objects.values_list("verb", "partner__slug", "activity")) == [("write_up_written", "ostend", meeting.pk)]


def test_the_same_form_sent_twice_is_one_write_up(client, meeting, writer):
    key = uuid.uuid4()

    answers = [create(client, meeting, key=key).status_code for _ in range(2)]

    assert (answers, WriteUp.objects.count()) == ([302, 302], 1)


def test_the_key_of_somebody_elses_write_up_takes_nothing_over(client, meeting, writer):
    foreign = WriteUpFactory(text="Elsewhere")

    answer = create(client, meeting, key=foreign.pk)

    foreign.refresh_from_db()
    assert (answer.status_code, foreign.text, WriteUp.objects.count()) == (200, "Elsewhere", 1)


def test_write_for_the_other_side_is_refused(client, meeting, writer):
    answer = create(client, meeting, partner=meeting.guests[0].pk)

    assert (list(answer.context["form"].errors), WriteUp.objects.count()) == (["partner"], 0)


def test_too_long_a_text_is_refused_and_kept_in_the_form(client, meeting, writer):
    answer = create(client, meeting, text="ė" * 100_000)

    assert list(answer.context["form"].errors) == ["text"]
    assert "ė" * 100_000 in answer.content.decode()


def test_a_line_break_counts_once(client, meeting, writer):
    create(client, meeting, text="\r\n".join(["x" * 99] * 200) + "y")

    assert len(WriteUp.objects.get().text) == 200 * 99 + 199 + 1


def test_written_on_may_lie_years_back_but_not_ahead(client, meeting, writer):
    ahead = create(client, meeting, written_on=(today() + timedelta(days=1)).isoformat())
    create(client, meeting, written_on="2021-01-21")

    assert list(ahead.context["form"].errors) == ["written_on"]
    assert str(WriteUp.objects.get().written_on) == "2021-01-21"


def test_revise_keeps_the_old_text_in_the_history(client, meeting, writer):
    row = WriteUpFactory(activity=meeting, partner=meeting.host, author=writer, text="First")

    revise(client, row, text="Second")

    row.refresh_from_db()
    assert (row.text, bool(row.revised_at), list(row.revisions.values_list("text", "replaced_by"))) == ("Second", True, [("First", writer.pk)])


def test_revise_without_a_new_text_makes_no_history(client, meeting, writer):
    row = WriteUpFactory(activity=meeting, partner=meeting.host, author=writer, text="First")

    revise(client, row, language="sv")

    row.refresh_from_db()
    assert (row.language, row.revised_at, row.revisions.count()) == ("sv", None, 0)


def test_revise_in_a_second_tab_keeps_what_was_typed(client, meeting, writer):
    row = WriteUpFactory(activity=meeting, partner=meeting.host, author=writer, text="First")
    old = row.changed_at.isoformat()
    row.text = "From the other tab"
    row.save()

    answer = revise(client, row, text="Typed here", seen=old)

    row.refresh_from_db()
    page = answer.content.decode()
    assert (row.text, "Typed here" in page, "From the other tab" in page) == ("From the other tab", True, True)


@pytest.mark.parametrize(("is_admin", "stays_public"), [(False, False), (True, True)])
def test_a_public_text_revised_by_no_admin_is_taken_back(client, meeting, is_admin, stays_public):
    author = MembershipFactory(partner=meeting.host, admin=is_admin).person
    row = WriteUpFactory(activity=meeting, partner=meeting.host, author=author, public=True)
    client.force_login(author)

    revise(client, row, text="Something else")

    row.refresh_from_db()
    assert (row.public_at is not None) is stays_public


WRITE_UP = {  # who: may revise, may publish
    "author": (200, 403),
    "author who left": (404, 404),
    "colleague": (403, 403),
    "own admin": (200, 302),
    "other admin": (403, 403),
}


@pytest.mark.parametrize("who", WRITE_UP)
def test_who_may_revise_and_publish(client, meeting, who):
    author = MembershipFactory(partner=meeting.host, ended=who == "author who left").person
    row = WriteUpFactory(activity=meeting, partner=meeting.host, author=author)
    person = {
        "author": lambda: author,
        "author who left": lambda: author,
        "colleague": lambda: MembershipFactory(partner=meeting.host).person,
        "own admin": lambda: MembershipFactory(partner=meeting.host, admin=True).person,
        "other admin": lambda: MembershipFactory(partner=meeting.guests[0], admin=True).person,
    }[who]()
    client.force_login(person)

    answers = client.get(to("write_up_revise", row)).status_code, client.post(to("write_up_publish", row)).status_code

    row.refresh_from_db()
    assert (answers, row.public_at is not None) == (WRITE_UP[who], who == "own admin")


def test_a_write_up_of_another_activity_does_not_exist_here(client, meeting, writer):
    foreign = WriteUpFactory(partner=meeting.host, author=writer)

    url = reverse("partners:write_up_revise", args=[meeting.project.slug, meeting.code, foreign.pk])

    assert client.get(url).status_code == 404
