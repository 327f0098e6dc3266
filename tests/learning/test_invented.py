"""What invented people noted is marked as invented wherever it is shown; what real people noted never is."""

import io
import json
import zipfile

import pytest
from django.urls import reverse

from tests.factories import TakeawayFactory

pytestmark = pytest.mark.django_db
MARK = "Invented sample"
WORDS = "Upė has no winner"


def shared(circle, *, with_thing=True, **told):
    reflection = circle.reflection(visibility="partnership", text=WORDS, **told)
    if with_thing:
        TakeawayFactory(reflection=reflection, title=WORDS, visibility="partnership")
    return reflection


def pages_of(reflection):
    """Address → whether a colleague opens it too; the others are the author's."""
    activity = reflection.activity
    return {
        reverse("learning:activity_detail", args=[activity.project.slug, activity.code]): True,
        f"{reverse('learning:search')}?q=winner": True,
        reverse("learning:my_notes"): False,
        reverse("learning:note_detail", args=[reflection.pk]): False,
        reverse("learning:note_kept", args=[reflection.pk]): False,
    }


def marks(client, circle, reflection, only=None):
    found = {}
    for url, is_shared in pages_of(reflection).items():
        if only is not None and url not in only:
            continue
        client.force_login(circle.people["colleague"] if is_shared else circle.author)
        page = client.get(url).content.decode()
        assert WORDS in page
        found[url] = page.count(MARK)
    return found


@pytest.mark.parametrize("shown_as", ["name", "role"])
def test_every_page_that_shows_an_invented_thing_marks_it(shown_as, client, circle):
    circle.author.is_sample = True
    circle.author.save()
    reflection = shared(circle, shown_as=shown_as)

    assert min(marks(client, circle, reflection).values()) >= 1


def test_a_note_without_things_is_marked_too(client, circle):
    circle.author.is_sample = True
    circle.author.save()
    reflection = shared(circle, with_thing=False)

    assert set(marks(client, circle, reflection, [url for url in pages_of(reflection) if "/p/" not in url]).values()) == {1}


def test_what_a_real_person_noted_is_marked_nowhere_even_in_a_sample_project(client, circle):
    circle.project.is_sample = True
    circle.project.save()
    reflection = shared(circle)

    assert set(marks(client, circle, reflection).values()) == {0}


def test_a_note_whose_invented_author_is_gone_is_known_by_its_project(circle):
    circle.project.is_sample = True
    reflection = circle.reflection(author=None)
    reflection.project = circle.project

    assert reflection.is_invented


def test_every_page_of_a_sample_project_and_the_file_of_ones_data_say_so(client, circle):
    circle.project.is_sample = circle.author.is_sample = True
    circle.project.save()
    circle.author.save()
    client.force_login(circle.author)

    page = client.get(reverse("learning:activity_list", args=[circle.project.slug])).content.decode()
    packed = zipfile.ZipFile(io.BytesIO(client.get(reverse("learning:my_export")).content))

    assert "The people of this sample project and all they say are invented." in page
    assert "they and what they noted are invented" in packed.read("my-data.html").decode()
    assert json.loads(packed.read("my-data.json"))["partners.Person"][0]["is_sample"] is True
