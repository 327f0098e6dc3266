"""What became of it: asked again, a few taps, appended; read by nobody the thing itself is not read by."""

import datetime
import uuid

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from iimprove import mail
from learning import about
from learning.actions.prompts import plan_all
from learning.models import Artefact, Carrier, Change, Confirmation, FollowUp, Obstacle, Passing, Prompt, QuestionSettings, Reflection, Takeaway
from tests.factories import ActivityFactory, AttendanceFactory, FollowUpFactory, PromptFactory
from tests.learning import circle
from tests.learning.test_answer import arrive, link, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def around():
    around = circle.build()
    AttendanceFactory(person=around.author, activity=around.activity, partner=around.home)
    circle.accept(around.author)
    return around


@pytest.fixture
def keys(around):
    return around.takeaway(title="Neighbours hold the keys")


def asked(around, form="F3", **about):
    return PromptFactory(person=around.author, form=form, **about or {"activity": around.activity})


def send(client, prompt, **typed):
    """Arrive by the link and send the form; `typed` with underscores for what stands behind the dash, see `of`."""
    arrive(client, prompt)
    return client.post(page(prompt, "form"), typed.pop("data", typed), follow=True)


def said():
    return list(FollowUp.objects.order_by("observed_at", "pk").values_list("wave", "state", "effect", "visibility"))


# What is asked


def test_own_live_things_are_asked_in_their_own_words_with_what_is_known(client, around, keys):
    around.takeaway(title="Will not use", will_use=0)
    around.takeaway(title="Of a colleague", visibility="partnership", told={"author": around.people["colleague"]})
    around.takeaway(title="From elsewhere", told={"activity": None, "project": around.project})
    FollowUpFactory(takeaway=keys, wave="w2", state="none_yet", observed_at=datetime.datetime(2026, 3, 4, 12, tzinfo=datetime.UTC))

    text = arrive(client, asked(around, "F4")).content.decode()

    assert "Neighbours hold the keys" in text and "Last known, 4 March 2026: Nothing yet" in text
    assert all(title not in text for title in ("Will not use", "Of a colleague", "From elsewhere"))
    assert " checked" not in text.replace('value="only_me" checked', "").replace('id="id_share_0" checked', "")


def test_at_most_three_are_asked_the_longest_not_asked_first_and_the_rest_is_counted(client, around):
    things = [around.takeaway(title=f"Thing number {number}") for number in range(5)]
    for days, thing in enumerate(things[:3]):
        FollowUpFactory(takeaway=thing, wave="any", observed_at=timezone.now() - datetime.timedelta(days=days + 1))

    text = arrive(client, asked(around)).content.decode()

    assert [number for number in range(5) if f"Thing number {number}" in text] == [2, 3, 4]
    assert "2 more things of yours are not asked about this time" in text


def test_a_project_may_want_fewer_things_asked(client, around):
    QuestionSettings.objects.create(project=around.project, values={"load": {"things_f3": 1}})
    for number in range(3):
        around.takeaway(title=f"Thing number {number}")

    assert arrive(client, asked(around)).content.decode().count('name="thing"') == 1


def test_at_the_end_all_of_the_project_is_asked_that_was_not_stopped(client, around, keys):
    stopped = around.takeaway(title="Stopped long ago")
    FollowUpFactory(takeaway=stopped, state="stopped")
    around.takeaway(title="An everyday moment", told={"activity": None, "project": around.project})
    prompt = asked(around, "F4", activity=None, project=around.project)

    text = arrive(client, prompt).content.decode()

    assert f"What became of what you took with you in {around.project}?" in text
    assert "Neighbours hold the keys" in text and "An everyday moment" in text and "Stopped long ago" not in text


def test_an_everyday_moment_is_asked_about_by_its_day(client, around):
    moment = around.takeaway(title="On the tram", told={"activity": None, "project": around.project}).reflection
    prompt = asked(around, "F3", activity=None, moment=moment)

    assert "What became of what you noted on" in arrive(client, prompt).content.decode()
    send(client, prompt, data={f"state-{moment.takeaways.get().pk}": "tried", "obstacles": ["time"]})

    assert said() == [("w2", "tried", "", "only_me")]
    assert Obstacle.objects.get().moment == moment


def test_who_has_nothing_to_be_asked_about_can_still_say_something(client, around):
    text = arrive(client, prompt := asked(around)).content.decode()
    assert "There is no thing of yours to ask about" in text

    client.post(page(prompt, "form"), {"new": "The librarian knows everybody"})

    assert Takeaway.objects.get().title == "The librarian knows everybody"


# What is kept


def test_taps_alone_are_an_answer_and_no_note(client, around, keys):
    prompt = asked(around)
    answered = send(client, prompt, data={"thing": [keys.pk], f"state-{keys.pk}": "none_yet", "obstacles": ["not_mine"], "told": ["colleague"]})

    prompt.refresh_from_db()
    assert "Thank you" in answered.content.decode() and prompt.outcome == "answered"
    assert said() == [("w2", "none_yet", "", "only_me")]
    assert Obstacle.objects.values_list("wave", "codes", "activity").get() == ("w2", ["not_mine"], around.activity.pk)
    assert Passing.objects.get().audiences == ["colleague"]
    assert Reflection.objects.count() == 1, "only the note that was there before"


def test_a_late_thing_is_a_note_of_today(client, around, keys):
    prompt = asked(around)
    send(client, prompt, data={"new": "The librarian knows everybody"})

    late = Takeaway.objects.exclude(pk=keys.pk).get()
    assert (late.title, late.reflection.prompt, late.visibility) == ("The librarian knows everybody", prompt, "only_me")
    assert late.reflection.happened_on == timezone.localdate()


def test_the_whole_of_a_story_is_kept(client, around, keys):
    data = {"thing": [keys.pk], f"state-{keys.pk}": "in_use", f"effect-{keys.pk}": "team", "story_of": keys.pk, "story": "We gave two keys away."}
    send(client, asked(around, "F4"), data=data | {"without": "later", "confirm": "link", "confirm_link": "https://rivers.example/keys"})

    row = FollowUp.objects.get()
    assert (row.effect, row.without, row.texts, row.evidence) == ("team", "later", {"story": "We gave two keys away."}, FollowUp.Evidence.DOCUMENT)
    assert Artefact.objects.get().link == "https://rivers.example/keys"


def test_after_a_year_one_says_what_changed_and_what_would_stay(client, around, keys):
    send(client, asked(around, "F5"), data={"thing": [keys.pk], "changed": "rule", "stays": "colleague"})

    assert Change.objects.values_list("wave", "changed", "stays").get() == ("m12", "rule", "colleague")


def test_how_it_could_be_handed_over_is_asked_once(client, around, keys):
    prompt = asked(around)
    assert f"handover-{keys.pk}" in arrive(client, prompt).content.decode()
    send(client, prompt, data={"thing": [keys.pk], f"handover-{keys.pk}": "write"})

    keys.refresh_from_db()
    assert keys.handover == "write"
    assert f"handover-{keys.pk}" not in arrive(client, prompt).content.decode()


def test_sent_twice_it_is_one_and_answered_again_it_is_appended(client, around, keys):
    prompt, data = asked(around), {"thing": [keys.pk], f"state-{keys.pk}": "tried", "obstacles": ["time"]}
    arrive(client, prompt)
    client.post(page(prompt, "form"), data)
    client.post(page(prompt, "form"), data)
    assert FollowUp.objects.count() == 1
    assert client.get(page(prompt, "form")).headers["Location"] == page(prompt, "thanks")

    send(client, prompt, data={"thing": [keys.pk], f"state-{keys.pk}": "in_use", "obstacles": ["nothing", "money"]})
    assert sorted(FollowUp.objects.values_list("state", flat=True)) == ["in_use", "tried"]
    assert Obstacle.objects.get().codes == ["money"]


def test_answered_in_parts_each_part_stays(client, around, keys):
    other, prompt = around.takeaway(title="Walks before talks"), asked(around)
    send(client, prompt, data={"thing": [keys.pk, other.pk], f"state-{keys.pk}": "tried"})
    send(client, prompt, data={"thing": [keys.pk, other.pk], f"state-{other.pk}": "none_yet"})

    assert dict(FollowUp.objects.values_list("takeaway__title", "state")) == {"Neighbours hold the keys": "tried", "Walks before talks": "none_yet"}


def test_a_late_answer_keeps_its_own_date(client, around, keys, time_machine):
    prompt = asked(around)
    time_machine.move_to(timezone.now() + datetime.timedelta(days=17))
    send(client, prompt, data={"thing": [keys.pk], f"state-{keys.pk}": "tried"})

    row = FollowUp.objects.get()
    assert (row.wave, row.observed_at.date()) == ("w2", timezone.now().date())


def test_answering_ends_a_pause(client, around, keys):
    around.author.pauses.create()
    send(client, asked(around), data={"thing": [keys.pk], f"state-{keys.pk}": "unsure"})

    assert around.author.pauses.get().ended_at is not None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "either is enough"),
        ({"story_of": "KEY", "story": "We gave two keys away."}, "Say first what became of it."),
        ({"state-KEY": "in_use", "story_of": "KEY", "story": "Two keys.", "confirm": "person"}, "Say who."),
        ({"state-KEY": "in_use", "story_of": "KEY", "story": "Two keys.", "confirm": "link"}, "Say where it is."),
        ({"state-KEY": "splendid"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_at_its_place_and_what_was_typed_stays(client, around, keys, data, words):
    named = {name.replace("KEY", str(keys.pk)): str(keys.pk) if value == "KEY" else value for name, value in data.items()}
    text = send(client, asked(around, "F4"), data={"thing": [keys.pk]} | named).content.decode()

    assert words in text and data.get("story", "") in text
    assert not FollowUp.objects.exists()


def test_somebody_elses_thing_is_not_asked_about_nor_answered(client, around, keys):
    foreign = around.takeaway(title="Of a colleague", visibility="partnership", told={"author": around.people["colleague"]})
    text = send(client, asked(around), data={"thing": [foreign.pk], f"state-{foreign.pk}": "tried"}).content.decode()

    assert "Of a colleague" not in text and not FollowUp.objects.exists()


# Who may read it


@pytest.mark.parametrize(
    ("level", "share", "expected"), [("partnership", "thing", "partnership"), ("partnership", "only_me", "only_me"), ("only_me", "thing", "only_me")]
)
def test_it_is_shared_as_far_as_its_thing_or_not_at_all(client, around, level, share, expected):
    thing = around.takeaway(visibility=level)
    send(client, asked(around), data={"thing": [thing.pk], f"state-{thing.pk}": "tried", "share": share})

    row = FollowUp.objects.get()
    assert row.visibility == expected
    assert around.readers_of(row) <= around.readers_of(thing)


def test_dots_show_each_reader_what_that_reader_may_read(client, around):
    circle.accept(around.people["colleague"])
    thing = around.takeaway(title="Shared keys", visibility="partnership")
    FollowUpFactory(takeaway=thing, state="tried", visibility="partnership")
    FollowUpFactory(takeaway=thing, state="in_use", wave="m12")

    def line_of(person):
        client.force_login(person)
        text = client.get(around.activity.get_absolute_url()).content.decode()
        return text.split('class="dots"')[1].split("</ol>")[0].count("dot-reached")

    assert line_of(around.author) == 4
    assert line_of(around.people["colleague"]) == 3, "said, tried, told; not that it is in use"


def test_one_can_be_left_out_of_the_figures_with_the_same_form(client, around, keys):
    prompt = asked(around)
    send(client, prompt, data={"thing": [keys.pk], f"state-{keys.pk}": "tried", "leave_out": "on"})

    assert around.author.left_out.get().project == around.project
    assert 'name="leave_out"' not in arrive(client, prompt).content.decode()


# A draft


def test_what_is_typed_is_kept_as_a_draft_with_the_things_it_was_about(client, around, keys):
    prompt = asked(around)
    arrive(client, prompt)
    client.post(page(prompt, "draft"), {"thing": [keys.pk], f"state-{keys.pk}": "tried", "obstacles": ["time", "money"], "new": "Half a thought"})
    form = client.get(page(prompt, "form")).content.decode()

    assert "Half a thought" in form and f'name="state-{keys.pk}" value="tried"' in form and form.count("checked") >= 4
    client.post(page(prompt, "form"), {"thing": [keys.pk], f"state-{keys.pk}": "tried"})
    client.post(page(prompt, "draft"), {"new": "Too late"})
    assert not Reflection.objects.drafts().exists()


# Links: what a scanner, a stranger, somebody late and somebody twice may do


@pytest.mark.parametrize("form", ["F3", "F4", "F5"])
def test_reading_changes_nothing_and_pressing_the_button_neither(client, around, keys, form):
    prompt, scanner = asked(around, form), Client()
    before = list(Prompt.objects.values()), FollowUp.objects.count(), Reflection.objects.count()
    for number in range(20):
        (scanner.head if number % 2 else scanner.get)(link(prompt), follow=True)
    arrive(scanner, prompt)
    scanner.get(page(prompt, "form"))

    assert (list(Prompt.objects.values()), FollowUp.objects.count(), Reflection.objects.count()) == before
    assert arrive(client, prompt).status_code == 200


@pytest.mark.parametrize("form", ["F3", "F4", "F5", "F7"])
def test_expired_revoked_and_foreign_links_open_nothing(client, around, keys, form):
    about = {"activity": None, "follow_up": FollowUpFactory(takeaway=keys)} if form == "F7" else {"activity": around.activity}
    prompt = PromptFactory(person=around.people["colleague"] if form == "F7" else around.author, form=form, **about)
    other = PromptFactory(person=around.people["other"], activity=around.activity)
    arrive(client, other)
    assert client.get(page(prompt, "form")).status_code == 404
    assert client.post(page(prompt, "form"), {f"state-{keys.pk}": "tried", "confirmed": "saw"}).status_code == 404

    old = link(prompt)
    Prompt.objects.filter(pk=prompt.pk).update(nonce="another")
    assert client.get(old).status_code == 404
    prompt.refresh_from_db()
    arrive(client, prompt)
    Prompt.objects.filter(pk=prompt.pk).update(due_at=timezone.now() - datetime.timedelta(days=9), closes_at=timezone.now())
    assert client.post(page(prompt, "form"), {f"state-{keys.pk}": "tried", "confirmed": "saw"}).status_code == 410
    assert FollowUp.objects.filter(wave="w2").count() == Confirmation.objects.count() == 0


@pytest.mark.parametrize("about", ["activity", "moment", "project", "follow_up"])
@pytest.mark.parametrize("instead", ["later", "decline", "fewer", "stop", "settings"])
def test_whatever_it_is_about_it_can_be_put_off_and_stopped(client, around, keys, about, instead):
    values = {"activity": around.activity, "moment": keys.reflection, "project": around.project, "follow_up": FollowUpFactory(takeaway=keys)}
    person, form = (around.people["colleague"], "F7") if about == "follow_up" else (around.author, "F4")
    prompt = PromptFactory(person=person, form=form, **{"activity": None} | {about: values[about]})
    arrive(client, prompt)

    assert client.get(page(prompt, instead)).status_code == 200
    assert client.post(page(prompt, instead), {"days": "3"}).status_code in (200, 302)


# Something came of it


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


# To confirm


@pytest.fixture
def to_confirm(client, around, keys):
    """The author asks a colleague, who gets a question of their own."""
    colleague = around.people["colleague"]
    data = {"thing": [keys.pk], f"state-{keys.pk}": "in_use", "story_of": keys.pk, "story": "The whole story.", "confirm": "person"}
    send(client, asked(around, "F4"), data=data | {"confirm_person": colleague.pk, "sentence": "We gave two neighbours a key."})
    return Prompt.objects.get(form="F7", person=colleague)


def test_a_colleague_reads_the_one_sentence_and_nothing_else(client, around, keys, to_confirm):
    text = arrive(Client(), to_confirm).content.decode()

    assert "We gave two neighbours a key." in text
    assert all(words not in text for words in (keys.title, "The whole story.", around.author.name, around.activity.get_absolute_url()))


def test_the_colleague_is_asked_by_one_mail_that_says_nothing_of_it(around, to_confirm, time_machine):
    morning = datetime.datetime(2026, 11, 24, 11, tzinfo=datetime.UTC)  # a Tuesday
    Prompt.objects.filter(pk=to_confirm.pk).update(due_at=morning, closes_at=morning + datetime.timedelta(days=30))
    time_machine.move_to(morning)
    plan_all(timezone.now())
    plan_all(timezone.now())
    mail.drain()

    letters = [letter for letter in outbox.outbox if letter.to == [to_confirm.person.email]]
    assert len(letters) == 1 and link(to_confirm) in letters[0].body
    assert "key" not in letters[0].body.lower().replace(link(to_confirm).lower(), "")


def test_who_does_it_too_carries_it_and_may_say_something_else(client, keys, to_confirm):
    colleague = Client()
    arrive(colleague, to_confirm)
    colleague.post(page(to_confirm, "form"), {"confirmed": "too"})
    colleague.post(page(to_confirm, "form"), {"confirmed": "too"})
    assert list(Confirmation.objects.values_list("said", flat=True)) == ["too"]
    assert Carrier.objects.get(takeaway=keys).confirmed_at is not None

    colleague.post(page(to_confirm, "form"), {"confirmed": "differently"})
    assert list(Confirmation.objects.values_list("said", flat=True)) == ["differently"] and not Carrier.objects.exists()
    to_confirm.refresh_from_db()
    assert to_confirm.outcome == "answered"


def test_the_author_reads_who_said_what(client, around, keys, to_confirm):
    Confirmation.objects.create(follow_up=to_confirm.follow_up, person=to_confirm.person, said="differently")
    client.force_login(around.author)

    assert f"{to_confirm.person}: I see it differently" in client.get(reverse("learning:came_of_it", args=[keys.pk])).content.decode()


def test_nonsense_confirms_nothing(client, to_confirm):
    colleague = Client()
    arrive(colleague, to_confirm)
    colleague.post(page(to_confirm, "form"), {"confirmed": "splendid"})

    assert not Confirmation.objects.exists()


def test_what_was_taken_back_is_not_confirmed(client, keys, to_confirm):
    keys.reflection.deleted_at = timezone.now()
    keys.reflection.save()

    assert arrive(Client(), to_confirm).status_code == 410


@pytest.mark.parametrize("name", ["outsider", "closed", "leaver"])
def test_only_people_of_the_project_are_asked(client, around, keys, name):
    data = {"thing": [keys.pk], f"state-{keys.pk}": "in_use", "story_of": keys.pk, "confirm": "person"}
    send(client, asked(around, "F4"), data=data | {"confirm_person": around.people[name].pk})

    assert not Prompt.objects.filter(form="F7").exists() and not FollowUp.objects.exists()


# In the room


def test_in_the_room_everybody_finds_the_own_questions_of_this_project(client, around, keys):
    mine = asked(around)
    soon = PromptFactory(person=around.author, activity=ActivityFactory(project=around.project, title="The walk"), form="F2", **window(20))
    PromptFactory(person=around.author, activity=ActivityFactory(project=around.project, title="The far day"), form="F2", **window(60))
    PromptFactory(person=around.author, activity=ActivityFactory(title="Next door"))
    PromptFactory(person=around.people["other"], activity=around.activity)
    client.force_login(around.author)
    text = client.get(reverse("learning:room", args=[around.project.slug])).content.decode()

    assert all(page(prompt, "begin") in text for prompt in (mine, soon))
    assert text.count('href="/answer/') == 2 and 'class="qr"' not in text
    client.force_login(around.people["coordinator"])
    assert 'class="qr"' in client.get(reverse("learning:room", args=[around.project.slug])).content.decode()


def test_answered_in_the_room_it_is_not_asked_by_mail(client, around, keys):
    prompt = asked(around, "F3", activity=around.activity)
    client.force_login(around.author)
    client.post(page(prompt, "begin"))
    client.post(page(prompt, "form"), {"thing": [keys.pk], f"state-{keys.pk}": "tried"})

    assert not Prompt.objects.due(timezone.now()).exists()


def window(days):
    due = timezone.now() + datetime.timedelta(days=days)
    return {"due_at": due, "closes_at": due + datetime.timedelta(days=30)}


def test_the_words_of_every_question(around, keys):
    moment = around.reflection(activity=None, project=around.project)
    for prompt, words in (
        (asked(around, "F2"), "What do you take with you from"),
        (asked(around, "F3"), "What became of what you took from"),
        (asked(around, "F3", activity=None, moment=moment), "What became of what you noted on"),
        (asked(around, "F4", activity=None, project=around.project), "What became of what you took with you in"),
        (PromptFactory(activity=None, follow_up=FollowUpFactory(takeaway=keys), form="F7"), "Is it so?"),
    ):
        assert about.headline(prompt).startswith(words)
