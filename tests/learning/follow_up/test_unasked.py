"""Something came of it, said without being asked; and the trace from a visit to it."""

import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.models import Confirmation, FollowUp
from tests.factories import ActivityFactory, FollowUpFactory

pytestmark = pytest.mark.django_db


def test_something_came_of_it_without_being_asked_and_led_to_something(client, around, keys):
    later = ActivityFactory(project=around.project, code="E7", starts_on=datetime.date(2021, 6, 1), ends_on=datetime.date(2021, 6, 2))
    client.force_login(around.author)
    data = {"client_key": uuid.uuid4(), "state": "in_use", "effect": "public", "story": "An urban game.", "activity": later.pk, "share": "only_me"}
    url = reverse("learning:came_of_it", args=[keys.pk])
    client.post(url, data)
    text = client.post(url, data, follow=True).content.decode()

    row = FollowUp.objects.get()
    assert (row.wave, row.state, row.effect, row.activity, row.visibility) == ("any", "in_use", "public", later, "only_me")
    assert "An urban game." in text and "E7" in text


def test_a_thing_of_somebody_else_or_an_activity_next_door_is_not_mine_to_follow(client, around, keys):
    nextdoor, url = ActivityFactory(), reverse("learning:came_of_it", args=[keys.pk])
    client.force_login(around.people["colleague"])
    assert client.post(url, {"client_key": uuid.uuid4(), "state": "tried"}).status_code == 404
    client.force_login(around.author)
    client.post(url, {"client_key": uuid.uuid4(), "state": "tried", "activity": nextdoor.pk})
    client.post(url, {"client_key": "nonsense", "state": "tried"})

    assert not FollowUp.objects.exists()


def test_what_was_shared_can_be_kept_to_oneself_again_and_what_was_said_taken_back(client, around):
    thing = around.takeaway(visibility="organisation")
    row = FollowUpFactory(takeaway=thing, state="tried")
    client.force_login(around.author)
    page_of = client.get(reverse("learning:came_of_it", args=[thing.pk])).content.decode()
    assert "Share it as the thing is shared" in page_of

    def press(verb):
        client.post(reverse(f"learning:follow_up_{verb}", args=[row.pk]))
        row.refresh_from_db()
        return around.readers_of(row) - {"author"}

    assert press("share") == around.readers_of(thing) - {"author"}
    assert f"Everybody at {around.home}" in client.get(reverse("learning:came_of_it", args=[thing.pk])).content.decode()
    assert press("share") == set()
    press("delete")
    assert row.deleted_at and "Have it back" in client.get(reverse("learning:came_of_it", args=[thing.pk])).content.decode()
    press("restore")
    assert row.deleted_at is None


def test_what_somebody_else_said_is_not_mine_to_share(client, around):
    row = FollowUpFactory(takeaway=around.takeaway(visibility="organisation"), visibility="organisation")
    client.force_login(around.people["colleague"])

    assert {client.post(reverse(f"learning:follow_up_{verb}", args=[row.pk])).status_code for verb in ("share", "delete", "restore")} == {404}


def test_a_trace_leads_each_reader_as_far_as_that_reader_may_go(client, around):
    thing = around.takeaway(title="Shared keys", visibility="partnership")
    told = FollowUpFactory(takeaway=thing, state="tried", visibility="partnership", texts={"story": "Two keys given away."})
    FollowUpFactory(takeaway=thing, state="in_use", wave="m12", texts={"story": "For me alone."})
    Confirmation.objects.create(follow_up=told, person=around.people["colleague"], said="saw")
    url = reverse("learning:trace", args=[around.project.slug, thing.pk])

    def text_for(name):
        client.force_login(around.people[name])
        return client.get(url)

    assert "For me alone." in text_for("author").content.decode()
    seen = text_for("other").content.decode()
    assert "Two keys given away." in seen and "Confirmed by another person" in seen and "For me alone." not in seen
    assert text_for("outsider").status_code == text_for("associate").status_code == 404


def test_a_trace_leads_a_stranger_only_to_visits_that_are_published(client, around):
    published, unpublished = timezone.now(), around.activity
    type(around.project).objects.filter(pk=around.project.pk).update(published_at=published)
    thing = around.takeaway(visibility="public", approved_at=published, approved_by=around.people["admin"])
    FollowUpFactory(takeaway=thing, activity=unpublished, visibility="public", approved_at=published, approved_by=around.people["admin"])
    url = reverse("learning:trace", args=[around.project.slug, thing.pk])

    page = client.get(url)
    assert (page.context["visit"], [step.activity for step in page.context["steps"]]) == (None, [None])

    type(unpublished).objects.filter(pk=unpublished.pk).update(published_at=published)
    page = client.get(url)
    assert (page.context["visit"], [step.activity for step in page.context["steps"]]) == (unpublished, [unpublished])
