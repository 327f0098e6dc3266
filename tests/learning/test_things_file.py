"""All things of a project that somebody may read, as a CSV file."""

import csv

import pytest
from django.urls import reverse

from tests.learning import circle

pytestmark = pytest.mark.django_db


@pytest.fixture
def around():
    return circle.build()


def things(client, around, reader):
    """The rows of the file as `reader` gets it, by its headings."""
    client.force_login(around.people[reader])
    response = client.get(reverse("learning:project_things", args=[around.project.slug]))
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def test_the_file_holds_what_its_reader_may_read_and_nothing_else(client, around):
    for level in ("only_me", "organisation", "partnership"):
        around.takeaway(title=f"for {level}", visibility=level)

    held = {reader: {row["Thing"] for row in things(client, around, reader)} for reader in ("author", "colleague", "other", "associate")}

    shared = {"for organisation", "for partnership"}
    assert held == {"author": shared, "colleague": shared, "other": {"for partnership"}, "associate": set()}


def test_a_row_says_when_where_by_whom_and_what(client, around):
    around.takeaway(title="Ask the librarian", kinds=["who", "how"], will_use=2, visibility="partnership", told={"language": "lt"})

    (row,) = things(client, around, "other")

    assert row["Activity"] == around.activity.code
    assert row["Name"] == around.author.name
    assert (row["Language"], row["Thing"], row["Kinds"]) == ("lt", "Ask the librarian", "A person or contact, Something I can do")
    assert (row["Will it be used"], row["Who may read it"]) == ("Yes, and I know where", "All partners")


def test_who_signs_by_the_role_is_not_named(client, around):
    around.takeaway(visibility="partnership", told={"shown_as": "role"})

    (row,) = things(client, around, "other")

    assert row["Name"] == ""


def test_what_is_public_is_signed_to_nobody_outside_the_partnership(client, around):
    around.takeaway(title="Public", visibility="public", approved_at="2026-01-01T00:00Z")

    (row,) = things(client, around, "associate")

    assert (row["Thing"], row["Name"]) == ("Public", "")


def test_no_cell_is_a_formula(client, around):
    around.takeaway(title="=1+1", visibility="partnership")

    (row,) = things(client, around, "other")

    assert row["Thing"] == "'=1+1"
