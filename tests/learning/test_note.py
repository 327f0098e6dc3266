"""A note from any page: kept once, never lost, about the right thing, read by whom was chosen."""

import datetime
import html
import re
import uuid

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from iimprove.clock import today
from learning.instrument.inspirations import INSPIRATIONS
from learning.models import ConsentChange, LeftOut, NoticeAcceptance, Reflection, Takeaway
from tests.factories import ActivityFactory, AttendanceFactory, MembershipFactory, ReflectionFactory, TakeawayFactory
from tests.learning import circle as circles

pytestmark = pytest.mark.django_db
NOTE = reverse("learning:note")
DRAFT = reverse("learning:note_draft")


@pytest.fixture
def circle(db):
    made = circles.build()
    circles.accept(made.author)
    return made


@pytest.fixture
def author(circle, client):
    client.force_login(circle.author)
    return circle.author


def filled(circle, **values):
    """What the browser sends of a form about the circle's activity, nothing tapped."""
    about = f"{circle.project.slug}/{circle.activity.code}"
    shown = f"{circle.home.pk}/{circle.project.pk}"
    return {"client_key": str(uuid.uuid4()), "about": about, "readers": "only_me", "shown_with": shown, "starter": "line"} | values


def test_note_with_a_line_alone_is_kept_for_its_author_alone(circle, author, client):
    response = client.post(NOTE, filled(circle, **{"keep-new": "Neighbours hold the keys"}))

    kept = Reflection.objects.get()
    assert response["Location"] == reverse("learning:note_kept", args=[kept.pk])
    assert (kept.author, kept.activity, kept.partner_then, kept.visibility) == (author, circle.activity, circle.home, "only_me")
    assert [(thing.title, thing.kinds, thing.visibility) for thing in kept.takeaways.all()] == [("Neighbours hold the keys", [], "only_me")]


def test_note_with_taps_alone_is_kept(circle, author, client):
    client.post(NOTE, filled(circle, **{"kind-new": ["why", "who"], "doubt-new": "on", "gave": "2", "will_use-new": "1"}))

    thing = Takeaway.objects.get()
    assert (thing.title, thing.kinds, thing.is_doubt, thing.will_use, thing.reflection.gave) == ("", ["why", "who"], True, 1, 2)


def test_note_with_nothing_in_it_is_refused_and_says_what_is_enough(circle, author, client):
    response = client.post(NOTE, filled(circle, **{"keep-new": "   "}))

    assert response.context["form"].errors == {"keep-new": ["Write a line, or tap something: either is enough."]}
    assert not Reflection.objects.exists()


def test_third_kind_is_refused_and_everything_typed_is_still_there(circle, author, client):
    sent = filled(circle, **{"keep-new": "Ugnė opens the yard", "kind-new": ["why", "who", "how"], "happened_on": "2019-03-20"})

    page = client.post(NOTE, sent).content.decode()

    assert "Ugnė opens the yard" in page
    assert 'value="2019-03-20"' in page
    assert page.count("checked>") == 5  # the starter, three kinds, only me


def test_same_form_sent_twice_is_one_note(circle, author, client):
    sent = filled(circle, **{"keep-new": "Once"})

    answers = [client.post(NOTE, sent)["Location"] for _again in range(2)]

    assert answers[0] == answers[1]
    assert Reflection.objects.count() == 1


def test_form_that_was_kept_and_comes_back_with_other_words_is_another_note(circle, author, client):
    sent = filled(circle, **{"keep-new": "First"})
    client.post(NOTE, sent)

    for _again in range(2):
        client.post(NOTE, sent | {"keep-new": "Second, from another tab"})

    assert sorted(Takeaway.objects.values_list("title", flat=True)) == ["First", "Second, from another tab"]


def test_story_keeps_the_marked_sentence_and_the_whole(circle, author, client):
    story = "We waited at the gate. Nobody came. Then the neighbour did."
    client.post(NOTE, filled(circle, starter="story", story=story, **{"keep-new": "Then the neighbour did."}))

    kept = Reflection.objects.get()
    assert (kept.starter, kept.text) == ("story", story)
    assert [thing.title for thing in kept.takeaways.all()] == ["Then the neighbour did."]


def test_story_without_a_mark_takes_its_first_sentence(circle, author, client):
    client.post(NOTE, filled(circle, starter="story", story="We waited at the gate.\nNobody came."))

    assert Takeaway.objects.get().title == "We waited at the gate."
    assert Reflection.objects.get().text == "We waited at the gate.\nNobody came."


def test_questions_are_kept_as_context_and_plan(circle, author, client):
    sent = {"keep-new": "Ask first", "happened": "We walked.", "bothered": "The silence.", "when": "Monday", "then": "I ask"}
    client.post(NOTE, filled(circle, starter="questions", **sent))

    thing = Takeaway.objects.get()
    assert thing.reflection.answers == {"happened": "We walked.", "bothered": "The silence."}
    assert (thing.plan_when, thing.plan_then) == ("Monday", "I ask")


def test_note_can_be_set_back_but_not_forward(circle, author, client):
    day = today() - datetime.timedelta(days=400)
    client.post(NOTE, filled(circle, happened_on=day.isoformat(), **{"keep-new": "Long ago"}))
    response = client.post(NOTE, filled(circle, happened_on=(today() + datetime.timedelta(days=1)).isoformat(), **{"keep-new": "Soon"}))

    assert Reflection.objects.get().happened_on == day
    assert response.context["form"].errors == {"happened_on": ["This day is still to come."]}


def test_note_for_all_partners_is_read_by_them_at_once(circle, author, client):
    client.post(NOTE, filled(circle, readers="partnership", **{"keep-new": "For all"}))

    thing = Takeaway.objects.get()
    readers = {name for name, person in circle.people.items() if Takeaway.objects.visible_to(person).filter(pk=thing.pk).exists()}
    assert {"other", "coordinator", "educator"} <= readers
    assert not readers & {"stranger", "outsider", "associate"}


def test_people_are_listed_once_one_of_them_is_to_read_it(circle, author, client):
    def offered(readers):
        return client.get(NOTE, {"about": "", "readers": readers}, headers={"HX-Request": "true"}).content.decode().count("<option")

    assert offered("only_me") == 0
    assert offered("person") > 1


def test_one_person_without_scripts_is_chosen_from_the_form_that_comes_back(circle, author, client):
    sent = filled(circle, readers="person", **{"keep-new": "For one"})
    field = client.post(NOTE, sent).context["form"]["reader"]
    reader = field.field.queryset.first()
    client.post(NOTE, sent | {"reader": str(reader.pk)})

    assert field.errors == ["Say who may read it."]
    assert Takeaway.objects.get().reader == reader


def test_note_for_others_is_asked_about_again_when_it_is_about_something_else_than_was_shown(circle, author, client):
    response = client.post(NOTE, filled(circle, readers="organisation", shown_with="1/2", **{"keep-new": "For whom?"}))

    assert list(response.context["form"].errors) == ["readers"]
    assert not Reflection.objects.exists()


def test_note_about_an_activity_of_others_is_about_nothing(circle, author, client):
    elsewhere = ActivityFactory()

    client.post(NOTE, filled(circle, about=f"{elsewhere.project.slug}/{elsewhere.code}", **{"keep-new": "Mine"}))

    assert not Reflection.objects.filter(project=elsewhere.project).exists()


def test_first_note_is_kept_once_the_notice_was_read_with_the_organisation_in_it(circle, client):
    client.force_login(circle.people["colleague"])
    page = client.get(f"{NOTE}?activity={circle.project.slug}/{circle.activity.code}").content.decode()
    assert f"never used by {circle.home}" in page

    refused = client.post(NOTE, filled(circle, **{"keep-new": "A thought"}))
    assert "A thought" in refused.content.decode()
    client.post(NOTE, filled(circle, notice="1", **{"keep-new": "A thought"}))

    accepted = NoticeAcceptance.objects.get(person=circle.people["colleague"])
    assert (accepted.version, accepted.partner) == ("1", circle.home)
    assert Takeaway.objects.get().title == "A thought"
    assert "Before your first note" not in client.get(NOTE).content.decode()


def test_counting_when_few_and_leaving_out_are_kept_with_their_history(circle, author, client):
    client.post(NOTE, filled(circle, counts_when_few="on", leave_out="on", **{"keep-new": "Count me"}))
    client.post(NOTE, filled(circle, **{"keep-new": "Count me in again"}))

    assert [row.counts_when_few for row in Reflection.objects.order_by("created_at")] == [True, False]
    assert not LeftOut.objects.exists()
    said = [(row.about, row.is_given) for row in ConsentChange.objects.filter(person=author)]
    assert said == [("left_out", True), ("counts_when_few", True), ("left_out", False)]


# What it is about


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
