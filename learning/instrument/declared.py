"""F0 to F8, declared once. The words are VALUE_MODEL §2 and §3; whoever changes one raises the form's version."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from changemakers.models import PracticeStage
from learning.defaults import DEFAULTS
from learning.instrument.grammar import Form, Question, Type, When, choices
from learning.models import Change, CheckIn, Confirmation, FollowUp, Kind, Obstacle, Passing, Reflection, Takeaway, Visibility

State = FollowUp.State
TRIED_OR_USED = When("state", frozenset({State.TRIED.value, State.IN_USE.value, State.OTHER.value, State.STOPPED.value}))
BEHIND = (State.WONT, State.OTHER, State.UNSURE)

# Questions that several forms ask

kind = Question("kind", _("What kind of thing is it?"), Type.SOME, "Takeaway.kinds", choices(Kind), most=2, is_per_thing=True, hint=_("One, or two."))
doubt = Question("doubt", _("A question or a doubt"), Type.YES, "Takeaway.is_doubt", is_per_thing=True, is_optional=True)
will_use = Question("will_use", _("Will you use it?"), Type.ONE, "Takeaway.will_use", choices(Takeaway.WillUse), is_per_thing=True)
gave = Question("gave", _("What did it give you?"), Type.ONE, "Reflection.gave", choices(Reflection.Gave))
readers = Question("readers", _("Who may read this?"), Type.READERS, "Reflection.visibility, Takeaway.visibility", choices(Visibility))
state = Question(
    "state",
    _("What became of it?"),
    Type.ONE,
    "FollowUp.state",
    choices(State, without=BEHIND),
    behind_else=tuple((value.value, value.label) for value in BEHIND),
    is_per_thing=True,
)
effect = Question("effect", _("Who noticed?"), Type.ONE, "FollowUp.effect", choices(FollowUp.Effect), is_per_thing=True, asked_if=TRIED_OR_USED)
without = Question(
    "without", _("Without this activity it would have:"), Type.ONE, "FollowUp.without", choices(FollowUp.Without), asked_if=When("story_of")
)
obstacles = Question("obstacles", _("What is in the way?"), Type.SOME, "Obstacle.codes", choices(Obstacle.Code))
told = Question("told", _("Have you told or shown anyone?"), Type.SOME, "Passing.audiences", choices(Passing.Audience))
new = Question("new", _("Anything new since?"), Type.TEXT, "Takeaway.title", is_optional=True)
story_of = Question("story_of", _("Choose one to tell about, or none."), Type.THING, "FollowUp.texts", is_optional=True)
share = Question(
    "share",
    _("Who may read this answer?"),
    Type.ONE,
    "FollowUp.visibility",
    (("only_me", _("Only me")), ("thing", _("Whoever may read the thing itself"))),
    is_optional=True,
)

AIM = Form(
    "F0",
    _("Aim"),
    _("Before an activity, if you like"),
    (
        Question("hope", _("What would make this worth your time?"), Type.TEXT, "context", is_optional=True),
        Question("bring_back", _("What does your organisation hope you bring back?"), Type.TEXT, "context", is_optional=True),
    ),
)

NOTE = Form(
    "F1",
    _("Note"),
    _("At any time; no mail asks for it"),
    (
        Question("keep", _("What do you want to keep?"), Type.TEXT, "Takeaway.title", is_per_thing=True),
        replace(kind, is_optional=True),
        doubt,
        replace(gave, is_optional=True),
        replace(will_use, is_optional=True),
        readers,
    ),
)

AFTER = Form(
    "F2",
    _("After an activity"),
    _("On the next working day"),
    (
        Question(
            "keep",
            _("What do you want to keep?"),
            Type.THINGS,
            "Takeaway.title, Takeaway.kept_at",
            most=DEFAULTS.load.things_f2,
            hint=_("Tick up to three, or add one: a fact, a person, a doubt, all count."),
        ),
        kind,
        doubt,
        will_use,
        gave,
        Question("bothered", _("Did anything surprise or bother you?"), Type.TEXT, "context", is_optional=True),
        readers,
        Question("happened", _("What happened?"), Type.TEXT, "context", is_more=True),
        Question(
            "source",
            _("Where does it come from?"),
            Type.PARTNERS,
            "Takeaway.source_partners, context",
            (("colleague", _("A colleague")), ("place", _("The place")), ("trying", _("My own trying"))),
            is_more=True,
        ),
        Question("when", _("When is the next chance to use it?"), Type.TEXT, "plan", is_more=True),
        Question("then", _("What will you do then?"), Type.TEXT, "plan", is_more=True),
    ),
    most_things=DEFAULTS.load.things_f2,
)

WEEKS = Form(
    "F3",
    _("After two weeks"),
    _("Two weeks after the activity"),
    (
        state,
        obstacles,
        told,
        Question(
            "handover",
            _("Could you hand it over?"),
            Type.ONE,
            "Takeaway.handover",
            choices(Takeaway.Handover),
            is_per_thing=True,
            is_optional=True,
            hint=_("Asked of things not marked yet."),
        ),
        new,
        share,
    ),
    most_things=DEFAULTS.load.things_f3,
)

MONTHS = Form(
    "F4",
    _("After three months"),
    _("Three months after the activity; eight weeks before the project ends"),
    (
        state,
        effect,
        story_of,
        Question("story", _("What changed, and for whom?"), Type.TEXT, "FollowUp.texts", asked_if=When("story_of")),
        without,
        Question(
            "confirm",
            _("Can anyone confirm it?"),
            Type.ONE,
            "FollowUp.evidence",
            (("person", _("A person")), ("link", _("A link or file")), ("nobody", _("Nobody"))),
            asked_if=When("story_of"),
        ),
        Question("confirm_person", _("Who?"), Type.PERSON, "Prompt (F7)", asked_if=When("confirm", frozenset({"person"}))),
        Question(
            "sentence",
            _("What shall they read?"),
            Type.TEXT,
            "FollowUp.texts",
            asked_if=When("confirm", frozenset({"person"})),
            hint=_("One sentence. They get it with your name, and nothing else. Left empty, it is the thing's own words."),
        ),
        Question("confirm_link", _("Where is it?"), Type.LINK, "Artefact.link", asked_if=When("confirm", frozenset({"link"}))),
        obstacles,
        told,
        new,
        share,
    ),
    most_things=DEFAULTS.load.things_f4,
)

YEAR = Form(
    "F5",
    _("After twelve months"),
    _("Twelve months after the activity"),
    (
        *(
            replace(question, text=_("Which change mattered most, and why?")) if question.code == "story" else question
            for question in MONTHS.questions
        ),
        Question(
            "changed",
            _("Has it changed what you or your organisation find important?"),
            Type.ONE,
            "Change.changed",
            choices(Change.Changed),
        ),
        Question("stays", _("If you left tomorrow, what would stay?"), Type.ONE, "Change.stays", choices(Change.Stays)),
    ),
    most_things=DEFAULTS.load.things_f4,
)

LEAVING = Form(
    "F6",
    _("Leaving"),
    _("Ten working days before a contract ends"),
    (
        Question("stay", _("What should stay here?"), Type.THINGS, "Takeaway.importance", most=5, hint=_("Choose up to five.")),
        Question("carrier", _("Who carries it on?"), Type.PERSON, "Carrier.person", is_per_thing=True),
        Question(
            "passed",
            _("How is it passed on?"),
            Type.SOME,
            "context",
            (("note", _("A note")), ("recording", _("A recording")), ("together", _("We do it together")), ("introduce", _("I introduce somebody"))),
            is_per_thing=True,
        ),
        state,
        Question(
            "missed",
            _("How much would it be missed?"),
            Type.ONE,
            "Takeaway.importance",
            ((0, _("Hardly")), (1, _("Somewhat")), (2, _("Very much"))),
            is_per_thing=True,
        ),
        Question(
            "rest",
            _("And all the rest?"),
            Type.ONE,
            "Reflection.shown_as",
            (("name", _("Keep with my name")), ("role", _("Keep with my role")), ("delete", _("Delete"))),
        ),
        Question("meet", _("Who should the next person meet?"), Type.TEXT, "context", is_optional=True),
        Question("unwritten", _("What is written nowhere?"), Type.TEXT, "context", is_optional=True),
        Question("failed", _("What did not work?"), Type.TEXT, "context", is_optional=True),
        Question("letter", _("A letter to whoever comes next"), Type.TEXT, "Reflection.text", is_optional=True),
    ),
    most_things=5,
)

CONFIRM = Form(
    "F7",
    _("Confirm"),
    _("When somebody names you as one who can confirm it"),
    (Question("confirmed", _("Is it so?"), Type.ONE, "Confirmation.said, Carrier.confirmed_at", choices(Confirmation.Said)),),
)

CHECK_IN = Form(
    "F8",
    _("Partner check-in"),
    _("Every three to six months, for coordinators and partner admins"),
    (
        Question("wanted", _("What did we want to learn?"), Type.TEXT, "CheckIn.wanted"),
        Question("fitted", _("Did the activities fit?"), Type.ONE, "CheckIn.fitted", choices(CheckIn.Fitted)),
        Question("helped", _("What helped people to learn and use it?"), Type.TEXT, "CheckIn.helped", is_optional=True),
        replace(obstacles, text=_("What stopped people?"), feeds="CheckIn.obstacles"),
        Question("stopped", _("What was it exactly?"), Type.TEXT, "CheckIn.stopped", is_optional=True),
        Question("stage", _("How far has it come with us?"), Type.ONE, "PracticeStage.stage", choices(PracticeStage.Stage), is_per_thing=True),
        Question("first", _("Which story first?"), Type.THING, "CheckIn.story", is_optional=True),
        Question("why", _("Why this one?"), Type.TEXT, "CheckIn.why", asked_if=When("first")),
    ),
    version="2",
    most_things=12,
)

FORMS = {form.code: form for form in (AIM, NOTE, AFTER, WEEKS, MONTHS, YEAR, LEAVING, CONFIRM, CHECK_IN)}
