"""What a new form holds, and where it is opened from."""

import datetime
import html
import uuid

import pytest
from django.urls import reverse

from iimprove.clock import today
from learning.instrument.inspirations import INSPIRATIONS
from learning.models import Reflection
from tests.factories import ActivityFactory, AttendanceFactory, MembershipFactory, ReflectionFactory
from tests.learning import circle as circles
from tests.learning.note.form import NOTE

pytestmark = pytest.mark.django_db


def test_activity_named_in_the_address_is_filled_in_whatever_its_case(circle, author, client):
    form = client.get(f"{NOTE}?activity={circle.project.slug}/{circle.activity.code.lower()}").context["form"]

    assert form.chosen.activity == circle.activity


def test_running_activity_is_filled_in_with_its_day(circle, author, client):
    day = today()
    running = ActivityFactory(
        project=circle.project, host=circle.home, starts_on=day - datetime.timedelta(days=2), ends_on=day + datetime.timedelta(days=2), status="held"
    )
    ReflectionFactory(author=author, activity=running, happened_on=day - datetime.timedelta(days=1))

    context = client.get(NOTE).context

    assert context["form"].chosen.activity == running
    assert (context["strip"].day, context["strip"].days, len(context["strip"].notes)) == (3, 5, 1)


def test_last_activity_attended_is_filled_in_while_it_is_fresh_and_no_older_one(circle, author, client):
    def attended(days_ago):
        day = today() - datetime.timedelta(days=days_ago)
        activity = ActivityFactory(project=circle.project, starts_on=day, ends_on=day)
        AttendanceFactory(person=author, activity=activity, partner=circle.home)
        return activity

    attended(400)
    assert client.get(NOTE).context["form"].chosen.activity is None
    fresh = attended(3)
    assert client.get(NOTE).context["form"].chosen.activity == fresh


def test_words_of_who_may_read_follow_what_it_is_about(circle, author, client):
    page = client.get(NOTE, {"about": "", "readers": "only_me"}, headers={"HX-Request": "true"}).content.decode()
    with_activity = client.get(NOTE, {"about": f"{circle.project.slug}/{circle.activity.code}"}, headers={"HX-Request": "true"}).content.decode()

    assert "All partners" not in page
    assert f"Everybody at {circle.home}" in page
    assert "All partners (" in with_activity
    assert "<html" not in with_activity


# Never lost


def test_every_page_has_the_note_button_with_the_activity_of_the_page(circle, author, client):
    home = client.get("/").content.decode()
    activity = client.get(circle.activity.get_absolute_url()).content.decode()

    assert f'href="{NOTE}"' in home
    assert f'href="{NOTE}?activity={circle.project.slug}/{circle.activity.code}"' in activity


def test_qr_sheet_opens_a_note_about_its_activity(circle, author, client):
    page = client.get(reverse("learning:activity_qr", args=[circle.project.slug, circle.activity.code]))

    assert page.context["url"].endswith(f"/note/?activity={circle.project.slug}/{circle.activity.code}")
    assert page.context["size"] > 20
    assert page.context["path"].startswith("M4 4h1v1h-1z")  # the corner inside the quiet zone is dark


def test_whoever_works_nowhere_notes_for_nobody(client):
    lone = MembershipFactory(ended=True).person
    circles.accept(lone)
    client.force_login(lone)

    client.post(NOTE, {"client_key": str(uuid.uuid4()), "about": "", "readers": "only_me", "shown_with": "/", "keep-new": "Still mine"})

    assert [(row.project, row.partner_then) for row in Reflection.objects.all()] == [(None, None)]


def test_another_question_is_another_and_they_go_round(author, client):
    first = client.get(NOTE).context["inspiration"]
    seen = [client.get(NOTE, {"question": first[0] + step}, headers={"HX-Request": "true"}) for step in range(1, len(INSPIRATIONS) + 1)]

    questions = [html.unescape(answer.content.decode().partition("<span>")[2].partition("</span>")[0]) for answer in seen]
    assert len(set(questions)) == len(INSPIRATIONS)
    assert questions[-1] == str(first[1])
    assert client.get(NOTE, {"question": "rubbish"}, headers={"HX-Request": "true"}).status_code == 200
