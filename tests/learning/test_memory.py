"""An organisation's memory: what its members share there, who carries it on, where it stands written."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from iimprove.clock import today
from learning.models import Artefact, Carrier, KeepMark
from tests.factories import MembershipFactory, PartnerFactory, ReflectionFactory, TakeawayFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return PartnerFactory()


@pytest.fixture
def member(partner, client):
    person = MembershipFactory(partner=partner).person
    client.force_login(person)
    return person


def thing(partner, author=None, **kwargs):
    author = author or MembershipFactory(partner=partner).person
    told = ReflectionFactory(author=author, partner_then=partner)
    return TakeawayFactory(reflection=told, **{"visibility": "organisation", "will_use": 2, **kwargs})


def memory(client, partner, **query):
    return client.get(reverse("learning:memory_list", args=[partner.slug]), query)


def act(client, partner, card, verb):
    return client.post(reverse("learning:memory_act", args=[partner.slug, card.pk, verb]))


def test_it_holds_what_everybody_there_may_read_and_nothing_else(client, partner, member):
    thing(partner, title="For the house")
    thing(partner, title="Mine alone", author=member, visibility="only_me")
    thing(partner, title="For one", visibility="person", reader=member)
    thing(PartnerFactory(), title="Of another house")

    page = memory(client, partner)

    assert [card.title for card in page.context["page"]] == ["For the house"]


def test_a_kept_thing_of_one_person_is_held_by_one_until_somebody_carries_it_or_it_stands_written(client, partner, member):
    card = thing(partner)
    assert memory(client, partner, show="alone").context["counts"]["alone"] == 0

    act(client, partner, card, "keep")
    assert [found.pk for found in memory(client, partner, show="alone").context["page"]] == [card.pk]

    act(client, partner, card, "carry")
    assert memory(client, partner).context["counts"]["alone"] == 0
    assert Carrier.objects.get().confirmed_at is not None

    act(client, partner, card, "carry-no-longer")
    assert memory(client, partner).context["counts"]["alone"] == 1

    client.post(reverse("learning:memory_link", args=[partner.slug, card.pk]), {"link": "https://example.org/how-to"})
    assert memory(client, partner).context["counts"]["alone"] == 0

    Artefact.objects.update(checked_at=timezone.now() - datetime.timedelta(days=400))
    assert memory(client, partner).context["counts"]["alone"] == 1

    client.post(reverse("learning:memory_artefact", args=[partner.slug, card.pk, Artefact.objects.get().pk]))
    assert memory(client, partner).context["counts"]["alone"] == 0


def test_twice_is_once_and_each_is_taken_back_by_whom_did_it(client, partner, member):
    card, other = thing(partner), MembershipFactory(partner=partner).person
    act(client, partner, card, "keep")
    act(client, partner, card, "keep")
    client.force_login(other)
    act(client, partner, card, "keep-no-longer")

    assert [mark.person for mark in KeepMark.objects.all()] == [member]


def test_what_stayed_of_those_who_left_is_told_with_its_bounds(client, partner, member):
    gone = MembershipFactory(
        partner=partner, started_on=today() - datetime.timedelta(days=900), ended_on=today() - datetime.timedelta(days=60)
    ).person
    carried, written, _lost = thing(partner, gone), thing(partner, gone), thing(partner, gone)
    act(client, partner, carried, "carry")
    client.post(reverse("learning:memory_link", args=[partner.slug, written.pk]), {"link": "https://example.org/a"})

    stayed = memory(client, partner, show="gone").context["figures"][1]

    assert stayed.sentence == "Between 1 and 2 of 3 things stayed."
    assert [row.cells for row in stayed.rows] == [(1,), (1,), (0,), (1,)]


def test_who_may_leave_soon_is_seen_by_the_person_and_the_own_admin_only(client, partner, member):
    leaving = MembershipFactory(partner=partner, expected_end_on=today() + datetime.timedelta(days=20)).person
    admin = MembershipFactory(partner=partner, admin=True).person
    card = thing(partner, leaving)
    KeepMark.objects.create(takeaway=card, person=member)

    said = []
    for reader in (member, leaving, admin):
        client.force_login(reader)
        said.append("may leave within two months" in memory(client, partner).content.decode())

    assert said == [False, True, True]


def test_an_address_that_is_none_comes_back_with_what_was_typed(client, partner, member):
    answer = client.post(reverse("learning:memory_link", args=[partner.slug, thing(partner).pk]), {"link": "in the green folder"})

    assert answer.status_code == 422
    assert "in the green folder" in answer.content.decode()
    assert not Artefact.objects.exists()


def test_empty_it_says_what_will_stand_here(client, partner, member):
    assert "Nothing shared here yet" in memory(client, partner).content.decode()
