"""Figures for everybody: those a coordinator chose, after looking at them, and nothing else; the same as everybody inside reads."""

import html

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.models import PublicFigure, Release
from learning.value import Filters, value_of
from partners.models import Event
from tests.factories import ProjectRoleFactory
from tests.learning import circle
from tests.learning.worth import full, people, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def around():
    around = circle.build()
    around.project.published_at = timezone.now()
    around.project.save()
    return around


def post(client, around, *names, **buttons):
    client.force_login(around.people["coordinator"])
    return client.post(reverse("learning:public_figures", args=[around.project.slug]), {"figures": names, **buttons})


def seen(client, around):
    """The page of the project as a stranger gets it."""
    client.logout()
    return client.get(around.project.get_absolute_url())


def text(page):
    return " ".join(html.unescape(page.content.decode()).split())


def test_strangers_read_what_was_published_and_no_other_figure(client, around):
    full(around, 7)
    inside = {told.name: told for told in value_of(around.project, around.people["colleague"], Filters()).figures if not told.hidden}
    post(client, around, "M3", "M4", publish="1")
    page = seen(client, around)

    shown = {told.name: told for told in page.context["value"]}
    assert set(shown) == {"M3", "M4"}
    for name, told in shown.items():
        assert (told.sentence, told.ground) == (inside[name].sentence, inside[name].ground)
        assert [(row.label, row.cells, row.why) for row in told.rows] == [(row.label, row.cells, row.why) for row in inside[name].rows]
        assert told.sentence in text(page) and told.ground in text(page)
    assert [name for name, told in inside.items() if name not in shown and told.title in text(page)] == []
    assert "Behind it, what you may read" not in text(page)


def test_the_csv_for_strangers_holds_the_lines_of_the_csv_inside(client, around):
    full(around, 7)
    post(client, around, "M3", publish="1")
    inside = client.get(reverse("learning:project_value_figures", args=[around.project.slug])).content.decode().splitlines()
    client.logout()
    outside = client.get(reverse("learning:project_figures", args=[around.project.slug])).content.decode().splitlines()

    assert outside == [inside[0], *(line for line in inside if line.startswith("Short-term value,"))]
    assert len(outside) == 26


def test_nothing_is_public_before_somebody_publishes_it(client, around):
    full(around, 7)
    post(client, around, "M3", preview="1")

    assert not PublicFigure.objects.exists()
    assert seen(client, around).context["value"] == []


def test_before_publishing_one_sees_what_strangers_will(client, around):
    full(around, 7)
    page = post(client, around, "M3", preview="1")

    assert [told.name for told in page.context["chosen"]] == ["M3"]
    assert "This is what strangers will read." in text(page)
    post(client, around, "M3", publish="1")
    below = '<div class="figures">'
    assert text(seen(client, around)).split(below)[1].split("</section>")[0] in text(page)


def test_taken_back_it_is_gone_at_once_and_the_log_says_so(client, around):
    full(around, 7)
    post(client, around, "M3", "M4", publish="1")
    post(client, around, "M4", publish="1")

    assert [told.name for told in seen(client, around).context["value"]] == ["M4"]
    post(client, around, publish="1")
    assert seen(client, around).context["value"] == []
    logged = Event.objects.filter(project=around.project, by=around.people["coordinator"]).order_by("pk")
    assert [(event.verb, event.details["figures"]) for event in logged] == [
        ("published", ["M3", "M4"]),
        ("unpublished", ["M3"]),
        ("unpublished", ["M4"]),
    ]


def test_what_has_no_number_cannot_be_published(client, around):
    for person in people(around, 2):
        say(around, person)
    full(around, 0)
    page = post(client, around, "M3", publish="1")

    assert page.status_code == 200
    assert not PublicFigure.objects.exists()
    assert "No figure to publish yet" in text(page)


def test_a_figure_that_becomes_hidden_is_no_longer_shown(client, around):
    full(around, 5)
    post(client, around, "M3", publish="1")
    assert seen(client, around).context["value"]
    Release.objects.all().delete()
    around.project.left_out.create(person=around.activity.attendances.first().person)
    full(around, 0)

    assert seen(client, around).context["value"] == []


def test_of_a_project_that_is_not_public_strangers_read_nothing(client, around):
    full(around, 7)
    post(client, around, "M3", publish="1")
    type(around.project).objects.update(published_at=None)

    assert seen(client, around).status_code == 404
    client.force_login(around.people["coordinator"])
    assert "What you publish here is seen once it is." in text(client.get(reverse("learning:public_figures", args=[around.project.slug])))


def test_a_coordinator_of_another_project_chooses_nothing_here(client, around):
    full(around, 7)
    client.force_login(ProjectRoleFactory(coordinator=True).person)

    assert client.post(reverse("learning:public_figures", args=[around.project.slug]), {"figures": ["M3"], "publish": "1"}).status_code == 404
    assert not PublicFigure.objects.exists()
