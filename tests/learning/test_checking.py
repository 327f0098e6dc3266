"""What goes to everybody is looked at first; what others wrote can be shown to fewer. Nobody is shown what they could not read."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone

from learning import waiting
from learning.models import FollowUp, Reflection, Takeaway
from tests.factories import FollowUpFactory, MembershipFactory, ReflectionFactory, TakeawayFactory
from tests.learning import circle

pytestmark = pytest.mark.django_db


@pytest.fixture
def around():
    return circle.build()


@pytest.fixture
def address(around):
    return reverse("learning:to_check", args=[around.home.slug])


@pytest.fixture
def admin(around, client):
    client.force_login(around.people["admin"])
    return client


def shown(client, address):
    return client.get(address).content.decode()


def decide(client, address, kind, thing, decision):
    thing = type(thing).objects.get(pk=thing.pk)
    return client.post(address, said(kind, thing, decision), follow=True).content.decode()


def said(kind, thing, decision):
    """As the form says it whose page was opened when `thing` was read."""
    return {"thing": f"{kind}.{thing.pk}", "mark": waiting.mark(kind, thing), "decision": decision}


def test_notes_things_and_what_became_of_them_wait_for_the_admin(around, admin, address):
    note = around.reflection(visibility="public", text="The ferry carries no cars")
    thing = around.takeaway(visibility="public", title="Neighbours hold the keys")
    FollowUpFactory(takeaway=thing, state="in_use", visibility="public", texts={"story": "Two neighbours have one"})

    html = shown(admin, address)

    assert [words in html for words in (note.text, thing.title, "Two neighbours have one")] == [True] * 3


@pytest.mark.parametrize("level", ["only_me", "organisation", "partnership"])
def test_only_what_is_to_be_public_waits(level, around, admin, address):
    around.takeaway(visibility=level, title="Neighbours hold the keys")

    assert "Neighbours hold the keys" not in shown(admin, address)
    assert "Nothing waits" in shown(admin, address)


def test_a_draft_and_what_was_taken_away_do_not_wait(around, admin, address):
    around.takeaway(visibility="public", title="Deleted words", deleted_at=timezone.now())
    around.reflection(visibility="public", text="Unfinished words", unfinished=True)

    assert "Nothing waits" in shown(admin, address)


def test_approved_it_is_read_by_everybody_and_waits_no_more(around, admin, address):
    thing = around.takeaway(visibility="public")

    html = decide(admin, address, "thing", thing, "approve")

    assert "Anyone on the internet may read it now." in html
    assert "Nothing waits" in html
    assert "stranger" in around.readers_of(Takeaway.objects.get(pk=thing.pk))


@pytest.mark.parametrize(("kind", "make", "name"), [("note", "reflection", "text"), ("thing", "takeaway", "title")])
def test_what_says_something_else_meanwhile_is_looked_at_again(kind, make, name, around, admin, address):
    thing = getattr(around, make)(visibility="public", **{name: "What was looked at"})
    page, before = shown(admin, address), said(kind, thing, "approve")
    setattr(thing, name, "What nobody has looked at")
    thing.save()

    html = admin.post(address, before, follow=True).content.decode()

    assert before["mark"] in page
    assert "Its words have changed since you looked." in html
    assert "What nobody has looked at" in html
    assert "stranger" not in around.readers_of(thing)


@pytest.mark.parametrize(("kind", "make"), [("note", "reflection"), ("thing", "takeaway")])
def test_declined_it_stays_with_all_partners(kind, make, around, admin, address):
    thing = getattr(around, make)(visibility="public")

    html = decide(admin, address, kind, thing, "decline")

    thing.refresh_from_db()
    assert "It stays with all partners." in html
    assert thing.visibility == "partnership"


def test_what_became_of_it_is_decided_by_itself(around, admin, address):
    follow_up = FollowUpFactory(takeaway=around.takeaway(visibility="public"), visibility="public")

    decide(admin, address, "follow_up", follow_up, "decline")

    assert FollowUp.objects.get().visibility == "partnership"
    assert Takeaway.objects.get().is_awaiting_approval


@pytest.mark.parametrize("thing", ["", "thing", "thing.x", "prompt.1", "thing.00000000-0000-0000-0000-000000000000"])
def test_what_does_not_wait_is_said(thing, admin, address):
    answer = admin.post(address, {"thing": thing, "decision": "approve"}, follow=True)

    assert "That does not wait any more." in answer.content.decode()


def test_two_admins_decide_once(around, admin, address):
    thing = around.takeaway(visibility="public")
    decide(admin, address, "thing", thing, "decline")

    assert "That does not wait any more." in decide(admin, address, "thing", thing, "approve")
    assert Takeaway.objects.get().visibility == "partnership"


def test_of_another_organisation_nothing_waits_here(around, admin, address):
    elsewhere = around.takeaway(
        told={"partner_then": around.people["other"].memberships.get().partner, "author": around.people["other"]},
        visibility="public",
        title="From elsewhere",
    )

    assert "From elsewhere" not in shown(admin, address)
    assert "That does not wait any more." in decide(admin, address, "thing", elsewhere, "approve")


def test_ones_own_is_looked_at_by_another_admin_where_there_is_one(around, admin, address):
    told = ReflectionFactory(author=around.people["admin"], partner_then=around.home, activity=around.activity)
    thing = TakeawayFactory(reflection=told, visibility="public")
    alone = shown(admin, address)
    MembershipFactory(partner=around.home, admin=True)

    assert "Anyone may read it" in alone
    assert "another admin looks at it" in shown(admin, address)
    assert admin.post(address, said("thing", thing, "approve")).status_code == 403


def test_home_says_how_much_waits(around, admin):
    around.takeaway(visibility="public")
    around.reflection(visibility="public")

    assert "2 texts wait for your look" in shown(admin, "/")


def test_home_says_it_to_nobody_else(around, client):
    around.takeaway(visibility="public")
    client.force_login(around.people["colleague"])

    assert "your look" not in shown(client, "/")


# Shown to fewer


def narrow(client, thing, level):
    kind = "note" if isinstance(thing, Reflection) else "thing"
    return client.post(reverse(f"learning:{kind}_narrow", args=[thing.pk]), {"level": level})


@pytest.mark.parametrize("make", ["reflection", "takeaway"])
@pytest.mark.parametrize(("who", "level"), [("admin", "only_me"), ("admin", "organisation"), ("coordinator", "organisation")])
def test_who_looks_after_it_shows_it_to_fewer(make, who, level, around, client):
    thing = getattr(around, make)(visibility="partnership")
    client.force_login(around.people[who])

    answer = narrow(client, thing, level)

    thing.refresh_from_db()
    assert (answer.status_code, thing.visibility) == (302, level)
    assert thing.visibility_changes.get().kind == "moderated"


@pytest.mark.parametrize(("who", "code"), [("colleague", 403), ("other", 403), ("author", 403), ("outsider", 404)])
def test_nobody_else_does(who, code, around, client):
    thing = around.takeaway(visibility="partnership")
    client.force_login(around.people[who])

    assert narrow(client, thing, "only_me").status_code == code
    assert Takeaway.objects.get().visibility == "partnership"


@pytest.mark.parametrize("who", ["admin", "coordinator"])
def test_what_they_cannot_read_does_not_exist_for_them(who, around, client):
    thing = around.takeaway(visibility="only_me")
    client.force_login(around.people[who])

    assert client.get(reverse("learning:thing_narrow", args=[thing.pk])).status_code == 404


@pytest.mark.parametrize("level", ["public", "partnership", "person", "x", ""])
def test_nobody_widens(level, around, client):
    thing = around.takeaway(visibility="organisation")
    client.force_login(around.people["admin"])

    assert narrow(client, thing, level).status_code == 200
    assert Takeaway.objects.get().visibility == "organisation"


def test_the_card_leads_there_for_who_looks_after_it(around, client):
    thing = around.takeaway(visibility="partnership")
    address = reverse("learning:thing_narrow", args=[thing.pk])
    seen = {}
    for who in ("admin", "coordinator", "colleague", "other"):
        client.force_login(around.people[who])
        seen[who] = address in shown(client, thing.reflection.activity.get_absolute_url())

    assert seen == {"admin": True, "coordinator": True, "colleague": False, "other": False}


def test_a_platform_admin_narrows_what_is_public_and_reads_no_name_of_others_projects(around, client):
    thing = around.takeaway(public=True)
    Authenticator.objects.create(user=around.people["platform"], type="totp", data={})
    client.force_login(around.people["platform"])
    address = reverse("learning:thing_narrow", args=[thing.pk])

    assert thing.title in shown(client, address)
    assert str(around.author) not in shown(client, address)
    assert narrow(client, thing, "only_me").status_code == 302
    assert not Takeaway.objects.get().is_public
