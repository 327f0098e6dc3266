"""What a form is made of. Plain data: forms, minutes, mails, exports and docs are generated from it."""

from dataclasses import dataclass
from enum import StrEnum


class Type(StrEnum):
    """How a question is answered, and how long that takes."""

    TEXT = "text"
    ONE = "one"  # a tap: one of the choices
    SOME = "some"  # taps: any of the choices, at most `most`
    YES = "yes"  # a tap, or none
    THINGS = "things"  # own things are ticked, one may be added in words
    THING = "thing"  # a tap: one of the own things
    READERS = "readers"  # who may read it
    PARTNERS = "partners"  # host and guests are offered, and the choices
    PERSON = "person"
    LINK = "link"

    @property
    def is_written(self):
        return self in (Type.TEXT, Type.LINK)


@dataclass(frozen=True)
class When:
    """Asked only if the answer to `code` is one of `values`; of texts and ticks: if there is any (`values` empty)."""

    code: str
    values: frozenset = frozenset()

    def holds(self, answers):
        given = answers.get(self.code)
        if not self.values:
            return bool(given)
        return bool(self.values & set(given if isinstance(given, (list, tuple, set)) else [given]))


@dataclass(frozen=True)
class Question:
    """One question, with the words people see. `code` is a word and never changes; texts may be mended in a new version."""

    code: str
    text: str  # lazy
    type: Type
    feeds: str  # "Takeaway.kinds": a column that measures read; "context": Reflection.answers; "plan": shown again, not counted
    choices: tuple = ()  # (value, words)
    behind_else: tuple = ()  # choices that open behind "Something else…"
    most: int | None = None
    is_per_thing: bool = False
    is_more: bool = False  # folded away under "More, if you like"
    is_optional: bool = False  # in sight, but not counted in the minutes
    asked_if: When | None = None
    hint: str = ""

    @property
    def all_choices(self):
        return self.choices + self.behind_else

    @property
    def is_promised(self):
        """Does it count in the minutes that the mail promises?"""
        return not (self.is_more or self.is_optional or self.asked_if)


@dataclass(frozen=True)
class Form:
    code: str
    title: str  # lazy
    when: str  # lazy: said in the mail and in the docs
    questions: tuple
    version: str = "1"
    most_things: int = 1

    def __getitem__(self, code):
        return next(question for question in self.questions if question.code == code)

    def asked(self, answers):
        """The questions left when those are dropped whose condition the answers do not meet."""
        return [question for question in self.questions if question.asked_if is None or question.asked_if.holds(answers)]


def choices(enum, *, without=()):
    """(value, words) of a Django choices class."""
    return tuple((member.value, member.label) for member in enum if member not in without)
