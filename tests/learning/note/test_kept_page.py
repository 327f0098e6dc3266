"""What is shown once a note is kept."""

import pytest
from django.urls import reverse
from django.utils import timezone

from iimprove.clock import today
from tests.factories import ReflectionFactory, TakeawayFactory

pytestmark = pytest.mark.django_db


def test_kept_page_shows_what_others_share_of_it_and_this_day_a_year_ago(circle, author, client):
    other = circle.people["other"]
    TakeawayFactory(reflection=ReflectionFactory(author=other, activity=circle.activity), title="Shared with all", visibility="partnership")
    TakeawayFactory(reflection=ReflectionFactory(author=other, activity=circle.activity), title="Kept to myself")
    before = today().replace(year=today().year - 1)
    TakeawayFactory(reflection=ReflectionFactory(author=author, happened_on=before), title="A year ago")
    own = circle.reflection()

    page = client.get(reverse("learning:note_kept", args=[own.pk])).content.decode()

    assert "Shared with all" in page
    assert "Kept to myself" not in page
    assert "A year ago" in page


def test_kept_page_names_others_only_inside_the_project(circle, client):
    other, leaver = circle.people["other"], circle.people["leaver"]
    told = ReflectionFactory(author=other, activity=circle.activity, partner_then=other.memberships.get().partner)
    TakeawayFactory(reflection=told, title="Read by everybody", public=True)
    seen = {}
    for person in (circle.author, leaver):
        own = circle.reflection(author=person)
        client.force_login(person)
        page = client.get(reverse("learning:note_kept", args=[own.pk])).content.decode()
        seen[person] = ("Read by everybody" in page, str(other) in page)

    assert seen == {circle.author: (True, True), leaver: (True, False)}


def test_kept_page_of_somebody_else_does_not_exist(circle, client):
    own = circle.reflection(visibility="public", approved_at=timezone.now())
    client.force_login(circle.people["colleague"])

    assert client.get(reverse("learning:note_kept", args=[own.pk])).status_code == 404
