"""My page: what I noted, found again, mended, shared and taken back."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from iimprove.clock import today
from learning.models import Reflection, Takeaway
from tests.factories import ActivityFactory, MembershipFactory, ReflectionFactory, TakeawayFactory

pytestmark = pytest.mark.django_db
MINE, SEARCH, TABLE = reverse("learning:my_notes"), reverse("learning:search"), reverse("learning:my_sharing")


def found(client, url, **query):
    """Words of the things a search finds."""
    rows = client.get(url, query).context["page"].object_list
    return sorted(str(row["thing"] or row["note"].text) for row in rows)


def test_timeline_is_by_the_day_it_happened_and_shows_drafts_first(circle, author, client):
    for days in (3, 1, 2):
        TakeawayFactory(reflection=circle.reflection(happened_on=today() - datetime.timedelta(days=days)), title=f"{days} days ago")
    circle.reflection(unfinished=True, draft={"keep-new": ["A beginning"]})

    page = client.get(MINE)

    assert [note.things[0].title for note in page.context["page"]] == ["1 days ago", "2 days ago", "3 days ago"]
    assert "A beginning" in page.content.decode()


def test_timeline_of_others_is_not_mine(circle, author, client):
    ReflectionFactory(author=circle.people["colleague"], visibility="organisation", partner_then=circle.home)

    assert client.get(MINE).context["total"] == 0


@pytest.mark.parametrize(("query", "titles"), [({"kind": "who"}, ["Lina"]), ({"q": "snipi"}, ["Šnipiškės"]), ({"readers": "partnership"}, ["Lina"])])
def test_timeline_is_narrowed_by(query, titles, circle, author, client):
    TakeawayFactory(reflection=circle.reflection(), title="Lina", kinds=["who"], visibility="partnership")
    TakeawayFactory(reflection=circle.reflection(), title="Šnipiškės", kinds=["place"])

    assert [note.things[0].title for note in client.get(MINE, query).context["page"]] == titles


def test_fragment_of_the_timeline_is_only_the_list(circle, author, client):
    page = client.get(MINE, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in page
    assert "Nothing noted yet" in page


# Search


@pytest.mark.parametrize("words", ["Snipiskes", "snipi", "Zajac", "upe", "upė zając"])
def test_search_finds_without_accents_and_by_beginnings(words, circle, author, client):
    title = "Šnipiškės, Zając, Upė"
    TakeawayFactory(reflection=circle.reflection(text=""), title=title)

    assert found(client, SEARCH, q=words) == [title]


def test_search_finds_what_one_may_read_and_counts_nothing_else(circle, author, client):
    for name, level in (("colleague", "organisation"), ("other", "partnership"), ("other", "only_me"), ("outsider", "partnership")):
        person = circle.people[name]
        partner = person.memberships.get().partner
        project = circle.project if name != "outsider" else partner.parts.first().project
        told = ReflectionFactory(author=person, partner_then=partner, project=project, text="")
        TakeawayFactory(reflection=told, title=f"water of {name} {level}", visibility=level)

    page = client.get(SEARCH, {"q": "water"})

    assert [str(row["thing"]) for row in page.context["page"].object_list] == [
        "water of colleague organisation",
        "water of other partnership",
    ] or sorted(str(row["thing"]) for row in page.context["page"].object_list) == ["water of colleague organisation", "water of other partnership"]
    assert page.context["page"].paginator.count == 2


def test_search_shows_a_thing_but_not_the_text_that_stayed_private(circle, author, client):
    told = ReflectionFactory(author=circle.people["colleague"], partner_then=circle.home, text="water in the cellar, and my fear")
    TakeawayFactory(reflection=told, title="water finds its way", visibility="organisation")

    page = client.get(SEARCH, {"q": "water"}).content.decode()

    assert "water finds its way" in page
    assert "my fear" not in page
    assert found(client, SEARCH, q="fear") == []


@pytest.mark.parametrize("level", ["organisation", "partnership", "public"])
def test_search_does_not_guess_what_a_shared_note_keeps_to_its_author(level, circle, author, client):
    note = circle.reflection(text="Water in the cellar", answers={"bothered": "My fear of heights"}, visibility=level)
    if level == "public":
        Reflection.objects.update(approved_at=timezone.now(), approved_by=author)

    assert client.get(SEARCH, {"q": "fear"}).context["page"].paginator.count == 1
    client.force_login(circle.people["colleague"])
    assert [client.get(SEARCH, {"q": words}).context["page"].paginator.count for words in ("cellar", "fear", "water fea", "!")] == [1, 0, 0, 0]
    assert note in Reflection.objects.found_by(circle.people["colleague"], "wat")


def test_search_by_name_does_not_find_who_signs_by_the_role(circle, author, client):
    colleague = circle.people["colleague"]
    for shown_as in ("name", "role"):
        told = ReflectionFactory(author=colleague, partner_then=circle.home, shown_as=shown_as, text="")
        TakeawayFactory(reflection=told, title=f"by {shown_as}", visibility="organisation")

    assert found(client, SEARCH, who=str(colleague.pk)) == ["by name"]


def test_what_is_public_is_signed_without_the_name_to_whoever_is_outside(circle, author, client):
    out = {"visibility": "public", "approved_at": timezone.now(), "approved_by": author}
    TakeawayFactory(reflection=circle.reflection(text=""), title="Everybody may read this", **out)
    outsider, associate = MembershipFactory().person, circle.people["associate"]

    signed = []
    for reader in (circle.people["colleague"], outsider, associate):
        client.force_login(reader)
        page = client.get(SEARCH, {"q": "everybody"})
        signed.append((author.name in page.content.decode(), len(client.get(SEARCH, {"who": str(author.pk)}).context["page"].object_list)))

    assert signed == [(True, 1), (False, 0), (False, 0)]


def test_search_knows_for_whoever_is_outside_published_activities_only(circle, author, client):
    out = {"visibility": "public", "approved_at": timezone.now(), "approved_by": author}
    TakeawayFactory(reflection=circle.reflection(text=""), **out)

    value, offered, found_there = f"{circle.project.slug}/{circle.activity.code}", [], []
    for reader in (circle.people["colleague"], MembershipFactory().person):
        client.force_login(reader)
        offered.append([value for value, _words in client.get(SEARCH).context["activities"]])
        found_there.append(client.get(SEARCH, {"activity": value}).context["page"].paginator.count)

    assert (offered, found_there) == ([[value], []], [1, 0])


def test_search_is_narrowed_by_organisation_activity_and_kind(circle, author, client):
    elsewhere = ActivityFactory(project=circle.project)
    TakeawayFactory(reflection=circle.reflection(), title="here", kinds=["who"])
    TakeawayFactory(reflection=circle.reflection(activity=elsewhere), title="there", kinds=["how"])

    assert found(client, SEARCH, activity=f"{circle.project.slug}/{elsewhere.code}") == ["there"]
    assert found(client, SEARCH, kind="who") == ["here"]
    assert found(client, SEARCH, partner=circle.home.slug) == ["here", "there"]
    assert found(client, SEARCH, who="nobody") == []


# Mending


def edited(thing, **values):
    told = thing.reflection
    about = f"{told.project.slug}/{told.activity.code}" if told.activity else ""
    same = {"text": told.text, "happened_on": told.happened_on.isoformat(), "language": told.language, "about": about}
    own = {"title": thing.title, "kinds": thing.kinds, "will_use": thing.will_use}
    return same | {f"{thing.pk}-{name}": value for name, value in own.items()} | values


def test_edit_keeps_what_it_said_before_for_the_author_alone(circle, author, client):
    thing = circle.takeaway(title="Neigbours", visibility="organisation")

    client.post(reverse("learning:note_edit", args=[thing.reflection.pk]), edited(thing, **{f"{thing.pk}-title": "Neighbours"}))

    page = client.get(reverse("learning:note_detail", args=[thing.reflection.pk])).content.decode()
    thing.refresh_from_db()
    assert (thing.title, thing.visibility) == ("Neighbours", "organisation")
    assert "Neigbours" in page


def test_edit_refused_keeps_everything_typed(circle, author, client):
    thing = circle.takeaway()
    sent = edited(thing, text="A new text", **{f"{thing.pk}-kinds": ["why", "who", "how"]})

    page = client.post(reverse("learning:note_edit", args=[thing.reflection.pk]), sent).content.decode()

    assert "A new text" in page
    assert "Choose at most 2" in page
    assert Reflection.objects.get().text != "A new text"


def test_edit_moves_a_note_to_no_day_still_to_come(circle, author, client):
    thing = circle.takeaway()
    tomorrow = today() + datetime.timedelta(days=1)

    answer = client.post(reverse("learning:note_edit", args=[thing.reflection.pk]), edited(thing, happened_on=tomorrow))

    assert "This day is still to come." in answer.content.decode()
    assert Reflection.objects.get().happened_on == thing.reflection.happened_on


def test_note_taken_away_is_read_by_nobody_and_can_be_had_back(circle, author, client):
    thing = circle.takeaway(title="Gone?", visibility="organisation")
    colleague = circle.people["colleague"]

    client.post(reverse("learning:note_delete", args=[thing.reflection.pk]))
    assert not Takeaway.objects.visible_to(colleague).exists()
    assert "Have it back" in client.get(MINE).content.decode()
    client.post(reverse("learning:note_restore", args=[thing.reflection.pk]))

    assert Takeaway.objects.visible_to(colleague).get() == thing


def test_draft_opens_as_the_form_it_is(circle, author, client):
    draft = circle.reflection(unfinished=True, draft={"keep-new": ["x"]})

    assert client.get(reverse("learning:note_detail", args=[draft.pk]))["Location"] == f"/note/?draft={draft.client_key}"


# Sharing


def test_narrower_holds_at_once(circle, author, client):
    thing = circle.takeaway(visibility="partnership")
    told = thing.reflection

    client.post(reverse("learning:note_readers", args=[told.pk]), {f"level-{told.pk}": "only_me", f"level-{thing.pk}": "only_me"})

    assert not Takeaway.objects.visible_to(circle.people["colleague"]).exists()


def test_wider_asks_once_with_the_names_of_who_will_read(circle, author, client):
    thing = circle.takeaway()
    told, url = thing.reflection, reverse("learning:note_readers", args=[thing.reflection.pk])
    sent = {f"level-{told.pk}": "only_me", f"level-{thing.pk}": "partnership"}

    question = client.post(url, sent).content.decode()
    assert "All partners (" in question
    assert not Takeaway.objects.visible_to(circle.people["other"]).exists()
    client.post(url, sent | {"confirmed": "1"})

    assert Takeaway.objects.visible_to(circle.people["other"]).get() == thing
    assert "All partners" in client.get(reverse("learning:note_detail", args=[told.pk])).content.decode()


def test_one_person_must_be_named(circle, author, client):
    thing = circle.takeaway()
    told = thing.reflection

    answer = client.post(reverse("learning:note_readers", args=[told.pk]), {f"level-{told.pk}": "only_me", f"level-{thing.pk}": "person"})

    assert answer.context["form"].errors == {f"reader-{thing.pk}": ["Say who may read it."]}


def test_readers_offered_are_those_whose_names_one_may_read(circle, author, client):
    offered = set(client.get(TABLE).context["form"].people.values())
    assert circle.people["colleague"] in offered
    assert circle.people["coordinator"] in offered
    assert circle.people["other"] not in offered

    ReflectionFactory(author=circle.people["other"], activity=circle.activity, visibility="partnership")
    assert circle.people["other"] in set(client.get(TABLE).context["form"].people.values())


def test_who_wrote_only_what_one_may_not_read_is_not_offered_as_a_reader(circle, author, client):
    other = circle.people["other"]
    TakeawayFactory(reflection=ReflectionFactory(author=other, activity=circle.activity))
    assert other not in set(client.get(TABLE).context["form"].people.values())

    Takeaway.objects.update(visibility="partnership")
    assert other in set(client.get(TABLE).context["form"].people.values())


def test_table_offers_what_is_mine_alone_and_shares_several_at_once(circle, author, client):
    things = [circle.takeaway(title=title) for title in ("One", "Two", "Three")]
    circle.takeaway(title="Shared before", visibility="partnership")
    page = client.get(TABLE, {"activity": f"{circle.project.slug}/{circle.activity.code}"})
    assert sorted(str(row[0]) for row in page.context["form"].rows()) == ["One", "Three", "Two"]

    levels = dict(zip(things, ["organisation", "partnership", "only_me"], strict=True))
    client.post(TABLE, {f"level-{thing.pk}": level for thing, level in levels.items()} | {"confirmed": "1"})

    assert sorted(Takeaway.objects.values_list("title", "visibility")) == sorted(
        [("One", "organisation"), ("Two", "partnership"), ("Three", "only_me"), ("Shared before", "partnership")]
    )


def test_table_changes_nothing_of_others(circle, author, client):
    theirs = TakeawayFactory(reflection=ReflectionFactory(author=circle.people["colleague"], partner_then=circle.home, submitted_at=timezone.now()))

    client.post(TABLE, {f"level-{theirs.pk}": "organisation", "confirmed": "1"})

    theirs.refresh_from_db()
    assert theirs.visibility == "only_me"


def test_that_ones_taps_count_when_few_is_taken_back_and_given_again(circle, author, client):
    told = circle.reflection(counts_when_few=True)
    detail = reverse("learning:note_detail", args=[told.pk])

    seen = []
    for said in ({}, {"count": "1"}):
        client.post(reverse("learning:note_taps", args=[told.pk]), said)
        seen.append((Reflection.objects.get().counts_when_few, "also when you are few" in client.get(detail).content.decode()))

    assert seen == [(False, False), (True, True)]


def test_a_note_about_no_visit_is_in_no_figure_of_one(circle, author, client):
    told = circle.reflection(activity=None, project=circle.project)

    assert "when we are few" not in client.get(reverse("learning:note_detail", args=[told.pk])).content.decode()
    assert client.post(reverse("learning:note_taps", args=[told.pk]), {"count": "1"}).status_code == 404
