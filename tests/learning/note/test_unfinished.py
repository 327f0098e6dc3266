"""Never lost: drafts, a session that ended, an old token."""

import re

import pytest
from django.core.cache import caches
from django.urls import reverse

from learning.models import Reflection, Takeaway
from tests.learning.note.form import DRAFT, NOTE, filled

pytestmark = pytest.mark.django_db


def test_draft_is_kept_as_typed_and_comes_back(circle, author, client):
    sent = filled(circle, **{"keep-new": "Half a thou", "kind-new": ["why", "who"], "story": "Once"})
    said = client.post(DRAFT, sent, headers={"HX-Request": "true"}).json()

    draft = Reflection.objects.get()
    page = client.get(f"{NOTE}?draft={sent['client_key']}")
    assert said["words"].startswith("Saved ")
    assert (draft.is_draft, draft.activity) == (True, circle.activity)
    assert "Half a thou" in page.content.decode()
    assert sorted(page.context["form"]["kind-new"].value()) == ["who", "why"]
    assert str(page.context["form"]["client_key"].value()) == sent["client_key"]


def test_what_was_typed_stays_out_of_what_is_kept_for_every_new_form(circle, author, client):
    caches["template_fragments"].clear()
    typed = filled(circle, **{"keep-new": "Neighbours hold the keys", "kind-new": ["why", "who", "how"]})
    client.post(DRAFT, typed)

    pages = [page.content.decode() for page in (client.get(f"{NOTE}?draft={typed['client_key']}"), client.post(NOTE, typed), client.get(NOTE))]

    assert [("Neighbours hold the keys" in page, len(re.findall(r'name="kind-new"[^>]* checked', page))) for page in pages] == [
        (True, 3),
        (True, 3),
        (False, 0),
    ]


def test_draft_of_somebody_else_opens_an_empty_form(circle, author, client):
    sent = filled(circle, **{"keep-new": "Nobody else's"})
    client.post(DRAFT, sent)
    client.force_login(circle.people["colleague"])

    page = client.get(f"{NOTE}?draft={sent['client_key']}")

    assert "Nobody else's" not in page.content.decode()


def test_late_autosave_undoes_no_note(circle, author, client):
    sent = filled(circle, **{"keep-new": "The whole thought"})
    client.post(NOTE, sent)

    client.post(DRAFT, sent | {"keep-new": "The whole tho"})

    assert Reflection.objects.get().draft == {}
    assert Takeaway.objects.get().title == "The whole thought"


def test_unfinished_note_is_offered_on_the_next_one(circle, author, client):
    sent = filled(circle, **{"keep-new": "Half"})
    client.post(DRAFT, sent)

    page = client.get(NOTE).content.decode()

    assert f"?draft={sent['client_key']}" in page
    assert ">Half<" not in page


def test_form_sent_after_the_session_ended_is_there_again_after_signing_in(circle, author, client):
    mark = client.get(NOTE).content.decode().split('name="kept_for" value="')[1].split('"')[0]
    client.logout()

    answer = client.post(NOTE, filled(circle, kept_for=mark, **{"keep-new": "Do not lose me"}))
    assert answer["Location"] == f"{reverse('account_login')}?next=%2Fnote%2F"
    client.force_login(author)

    page = client.get(NOTE).content.decode()
    assert "Do not lose me" in page
    assert "Do not lose me" not in client.get(NOTE).content.decode()  # given once


def test_form_of_one_person_is_not_given_to_the_next_on_the_same_machine(circle, author, client):
    mark = client.get(NOTE).content.decode().split('name="kept_for" value="')[1].split('"')[0]
    client.logout()
    client.post(NOTE, filled(circle, kept_for=mark, **{"keep-new": "Not for you"}))

    client.force_login(circle.people["colleague"])

    assert "Not for you" not in client.get(NOTE).content.decode()


def test_stranger_puts_nothing_aside(client, circle):
    client.post(NOTE, filled(circle, kept_for="made up", **{"keep-new": "x"}))

    assert "kept" not in client.session


def test_form_with_an_old_token_comes_back_filled(circle, settings):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(circle.author)
    mark = browser.get(NOTE).content.decode().split('name="kept_for" value="')[1].split('"')[0]

    answer = browser.post(NOTE, filled(circle, kept_for=mark, csrfmiddlewaretoken="old", **{"keep-new": "Still here"}))

    assert answer["Location"] == NOTE
    assert "Still here" in browser.get(NOTE).content.decode()
    assert not Reflection.objects.exists()


# After saving
