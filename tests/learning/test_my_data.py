"""My data: everything of mine, nothing of anybody else's, and no foreign key to a person forgotten."""

import io
import json
import zipfile

import pytest
from django.apps import apps
from django.urls import reverse

from learning import my_data
from partners.models import Person
from tests.factories import FollowUpFactory, PersonFactory, ReflectionFactory, ReplyFactory, TakeawayFactory

pytestmark = pytest.mark.django_db


def links_to_people():
    """(model, field) of every foreign key to a person in the project and its libraries."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model is Person:
                yield model._meta.label, field.name


def test_every_link_to_a_person_is_declared():
    declared = {(label, path) for label, path in my_data.MINE.items() if "__" not in path} | my_data.NOT_MINE.keys()

    assert set(links_to_people()) == declared


def test_every_secret_stays_out():
    rows = my_data.collected(PersonFactory(second_factor=True))["mfa.Authenticator"]

    assert [sorted(row) for row in rows] == [["created_at", "id", "last_used_at", "type"]]


def test_zip_holds_all_words_of_mine_and_none_of_others(client):
    me, other = PersonFactory(), PersonFactory()
    mine = TakeawayFactory(reflection=ReflectionFactory(author=me, text="My own words"), title="Mine, a thing", visibility="person", reader=other)
    FollowUpFactory(takeaway=mine, texts={"story": "It came to something"})
    ReplyFactory(takeaway=mine, author=other, text="Somebody else's answer")
    ReflectionFactory(author=me, unfinished=True, draft={"keep-new": ["Half a draft"]}, text="")
    TakeawayFactory(reflection=ReflectionFactory(author=other, text="Theirs"), title="Their thing", visibility="person", reader=me)
    client.force_login(me)

    answer = client.get(reverse("learning:my_export"))
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    data, page = json.loads(archive.read("my-data.json")), archive.read("my-data.html").decode()

    assert answer.headers["Content-Disposition"].endswith('.zip"')
    assert data["partners.Person"][0]["email"] == me.email
    for words in ("My own words", "Mine, a thing", "It came to something", "Half a draft"):
        assert words in archive.read("my-data.json").decode()
        assert words in page
    for words in ("Somebody else", "Theirs", "Their thing"):
        assert words not in page + archive.read("my-data.json").decode()
