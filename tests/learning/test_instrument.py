"""The declared forms: their codes, their minutes, the fields made from them, the answers read from those."""

import uuid
from pathlib import Path

import pytest
from django.conf import settings

from learning import audiences
from learning.actions.notes import Thing, answer_prompt, note
from learning.forms.instrument import InstrumentForm
from learning.instrument import FORMS, Type, describe, minutes
from learning.instrument.minutes import seconds
from learning.models import FollowUp, Kind, Prompt, Reflection, Takeaway, Visibility
from tests.factories import MembershipFactory, ProjectRoleFactory, PromptFactory, TakeawayFactory
from tests.learning import circle

pytestmark = pytest.mark.django_db


def test_every_form_of_a_prompt_is_declared():
    assert list(FORMS) == Prompt.Form.values


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_codes_are_words_and_stand_once(form):
    codes = [question.code for question in form.questions]

    assert len(set(codes)) == len(codes)
    assert all(code.isidentifier() and code.islower() for code in codes)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_conditions_stand_on_earlier_questions_and_possible_answers(form):
    for position, question in enumerate(form.questions):
        if question.asked_if:
            earlier = {other.code: other for other in form.questions[:position]}
            assert question.asked_if.code in earlier
            assert question.asked_if.values <= {value for value, _words in earlier[question.asked_if.code].all_choices}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_what_is_tapped_has_choices(form):
    assert all(question.all_choices for question in form.questions if question.type in (Type.ONE, Type.SOME))


@pytest.mark.parametrize(
    ("form", "code", "values"),
    [
        ("F1", "kind", Kind.values),
        ("F1", "gave", [-1, 0, 1, 2]),
        ("F2", "will_use", [0, 1, 2]),
        ("F2", "readers", Visibility.values),
        ("F3", "state", FollowUp.State.values),
        ("F4", "effect", FollowUp.Effect.values),
    ],
)
def test_choices_are_what_the_columns_hold(form, code, values):
    assert sorted(value for value, _words in FORMS[form][code].all_choices) == sorted(values)


def test_state_shows_four_and_hides_three():
    state = FORMS["F3"]["state"]

    assert [str(words) for _value, words in state.choices] == ["Nothing yet", "Tried it", "I use it", "I stopped"]
    assert len(state.behind_else) == 3


@pytest.mark.parametrize(
    ("form", "things", "expected"),
    [
        ("F1", 0, 55),  # a text, who may read it
        ("F2", 0, 85),  # a text; kind, will use, gave, readers
        ("F2", 2, 80),  # two ticks; kind and will use twice; gave, readers
        ("F2", 9, 110),  # no more than three are asked about
        ("F3", 3, 50),  # what became of each; obstacles, told
    ],
)
def test_seconds_are_ten_a_tap_and_forty_five_a_text(form, things, expected):
    assert seconds(FORMS[form], things=things) == expected


@pytest.mark.parametrize("things", range(5))
def test_the_question_after_a_visit_takes_at_most_two_minutes(things):
    assert minutes(FORMS["F2"], things=things) <= 2


def test_a_note_takes_a_minute():
    assert minutes(FORMS["F1"]) == 1


def test_the_document_is_what_the_declaration_says():
    assert (Path(settings.BASE_DIR) / "docs" / "instrument.md").read_text() == describe()


# The form made from it


@pytest.fixture
def around():
    around = circle.build()
    circle.accept(around.author)
    return around


def form_of(around, declared, data=None, **values):
    told = Reflection(author=around.author, partner_then=around.home, project=around.project, activity=around.activity)
    return InstrumentForm(data, declared=declared, by=around.author, reflection=told, **values)


@pytest.mark.parametrize("declared", FORMS)
def test_every_form_is_built_and_requires_nothing(around, declared):
    form = form_of(around, declared, {})

    assert form.is_valid(), form.errors
    assert [question.code for question, _fields in form.questions()] == [q.code for q in FORMS[declared].questions if not q.is_per_thing]


def test_a_note_of_words_and_taps(around):
    data = {"keep-new": "Neighbours hold the keys", "kind-new": ["why", "how"], "will_use-new": "1", "gave": "2", "readers": "organisation"}
    form = form_of(around, "F1", data)
    assert form.is_valid(), form.errors

    reflection = note(by=around.author, client_key=uuid.uuid4(), activity=around.activity, **form.answer())

    thing = reflection.takeaways.get()
    assert (reflection.gave, reflection.instrument, reflection.visibility) == (2, "F1.1", "organisation")
    assert (thing.title, thing.kinds, thing.will_use, thing.visibility) == ("Neighbours hold the keys", ["why", "how"], 1, "organisation")


def test_the_lowest_taps_are_not_taken_for_none(around):
    form = form_of(around, "F1", {"gave": "0", "will_use-new": "0"})
    assert form.is_valid()

    answer = form.answer()

    assert (answer["gave"], answer["things"]) == (0, [Thing(will_use=0)])


def test_nothing_tapped_stays_unknown(around):
    form = form_of(around, "F1", {"keep-new": "The keys"})
    assert form.is_valid()

    assert (form.answer()["gave"], form.answer()["things"]) == (None, [Thing("The keys")])


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"kind-new": ["why", "how", "me"]}, "kind-new"),
        ({"kind-new": ["wisdom"]}, "kind-new"),
        ({"gave": "7"}, "gave"),
        ({"readers": "person"}, "reader"),
        ({"readers": "everybody"}, "readers"),
        ({"keep-new": "x" * 20_001}, "keep-new"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_at_its_place_and_all_is_kept(around, data, wrong):
    form = form_of(around, "F1", {"keep-new": "The keys"} | data)

    assert list(form.errors) == [wrong]
    assert form["keep-new"].value() == ({"keep-new": "The keys"} | data)["keep-new"]


def test_one_reader_is_chosen_among_those_one_works_with(around):
    assert form_of(around, "F1", {"readers": "person", "reader": str(around.people["colleague"].pk)}).is_valid()
    assert list(form_of(around, "F1", {"readers": "person", "reader": str(around.people["outsider"].pk)}).errors) == ["reader"]


def test_after_a_visit_own_things_are_ticked_and_one_is_added(around):
    prompt = PromptFactory(person=around.author, activity=around.activity)
    own = TakeawayFactory(reflection=around.reflection(), title="The keys", kinds=[], will_use=None)
    data = {
        "keep": [str(own.pk)],
        f"kind-{own.pk}": ["who"],
        "keep_new": "The river",
        "kind-new": ["place"],
        "will_use-new": "2",
        "bothered": "It rained.",
        "source": [around.activity.host.slug, "place"],
        "readers": "partnership",
        "when": "when we open the yard",
    }
    form = form_of(around, "F2", data, own=[own])
    assert form.is_valid(), form.errors
    assert [group.legend for group in form.groups()] == ["The keys", "Something new"]

    reflection = answer_prompt(prompt, by=around.author, client_key=uuid.uuid4(), **form.answer())

    own.refresh_from_db()
    new = reflection.takeaways.get()
    assert (own.kinds, own.visibility) == (["who"], "partnership")
    assert (new.title, new.kinds, new.will_use, new.plan_when) == ("The river", ["place"], 2, "when we open the yard")
    assert list(new.source_partners.all()) == [around.activity.host]
    assert reflection.answers == {"bothered": "It rained.", "source": ["place"]}


def test_an_own_thing_that_was_shared_stays_shared_when_nothing_is_chosen(around):
    own = TakeawayFactory(reflection=around.reflection(), visibility="partnership")
    form = form_of(around, "F2", {"keep": [str(own.pk)], "readers": "only_me"}, own=[own])
    assert form.is_valid()

    assert form.answer()["things"] == [Thing(takeaway=own)]


def test_four_things_are_one_too_many(around):
    own = [TakeawayFactory(reflection=around.reflection()) for _number in range(3)]

    form = form_of(around, "F2", {"keep": [str(thing.pk) for thing in own], "keep_new": "A fourth"}, own=own)

    assert list(form.errors) == ["keep"]


def test_somebody_elses_thing_cannot_be_ticked(around):
    foreign = TakeawayFactory()

    assert list(form_of(around, "F2", {"keep": [str(foreign.pk)]}).errors) == ["keep"]


def test_who_noticed_is_dropped_where_nothing_was_tried(around):
    own = [TakeawayFactory(reflection=around.reflection()) for _number in range(2)]
    used, unused = (str(thing.pk) for thing in own)
    form = form_of(
        around, "F4", {f"state-{used}": "in_use", f"effect-{used}": "team", f"state-{unused}": "none_yet", f"effect-{unused}": "team"}, own=own
    )
    assert form.is_valid(), form.errors

    assert (form.cleaned_data[f"effect-{used}"], form.cleaned_data[f"effect-{unused}"]) == ("team", None)


def test_a_long_note_is_kept_whole(around):
    form = form_of(around, "F1", {"keep-new": "First this.\r\n" + "And that. " * 100})
    assert form.is_valid()

    reflection = note(by=around.author, client_key=uuid.uuid4(), **form.answer())

    assert Takeaway.objects.get().title == "First this."
    assert reflection.text == ("First this.\n" + "And that. " * 100).strip()


# Who would read it


def test_levels_say_how_many_would_read(around):
    words = [level.words for level in audiences.levels(around.author, partner=around.home, project=around.project)]

    assert words == [
        "Only me",
        "One person",
        "Everybody at Laimikis (3 people, whoever leads it too)",
        "All partners (7 people in 2 organisations)",
        "Anyone on the internet (after Laimikis has checked; until then all partners)",
    ]


def test_counts_in_words_are_those_who_read(around):
    thing = around.takeaway(visibility="partnership")

    assert len(around.readers_of(thing)) == 7


def test_without_a_project_or_an_organisation_there_is_less_to_choose(around):
    def values(**where):
        return [level.value for level in audiences.levels(around.author, **where)]

    assert values(partner=None, project=None) == ["only_me", "person"]
    assert values(partner=around.home, project=None) == ["only_me", "person", "organisation"]
    assert values(partner=None, project=around.project) == ["only_me", "person", "partnership"]


def test_one_person_is_counted_as_one():
    partner = MembershipFactory().partner

    assert audiences.levels(None, partner=partner, project=None)[2].words == f"Everybody at {partner} (1 person)"


def test_who_is_in_charge_reads_too_where_there_is_no_partner_yet():
    role = ProjectRoleFactory()

    assert audiences.levels(role.person, partner=None, project=role.project)[2].words == "All partners (1 person in 0 organisations)"
