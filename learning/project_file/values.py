"""The kinds of values a key may hold: how each is read from a YAML node, written, and called in the docs."""

import datetime
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

from babel import Locale
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, URLValidator, validate_email
from django.db import models
from django.utils import translation
from django_countries import countries
from django_countries.fields import CountryField
from yaml.constructor import SafeConstructor

from partners.models.fields import LONG_TEXT

TAG = "tag:yaml.org,2002:"
LANGUAGES = frozenset(Locale("en").languages)


class Wrong(Exception):
    """The value cannot be read; the message says why. `line`, where it is not the line of the key."""

    line = None


@dataclass(frozen=True)
class Kind:
    """A plain value. `parse` takes the scalar's text and raises ValueError or Wrong."""

    words: str
    parse: Callable
    tags: tuple = ("str",)
    write: Callable = lambda value: value
    maximum: int | None = None
    validators: tuple = ()

    def read(self, node):
        if node.id != "scalar" or node.tag.removeprefix(TAG) not in self.tags:
            raise Wrong(f"{seen(node)} instead of {self.words}{self._hint(node)}.")
        try:
            value = self.parse(node.value)
        except ValueError:
            raise Wrong(f"“{_short(node.value)}” is not {self.words}.") from None
        self._validate(value)
        return value

    def _hint(self, node):
        return ": put it in quotes" if node.id == "scalar" and self.parse is text else ""

    def _validate(self, value):
        if self.maximum and len(value) > self.maximum:
            raise Wrong(f"{len(value):,} characters, at most {self.maximum:,} are allowed.")
        with translation.override("en"):
            for validate in self.validators:
                try:
                    validate(value)
                except ValidationError as error:
                    raise Wrong(" ".join(error.messages)) from None


def text(value):
    if "\x00" in value:
        raise Wrong("The character NUL cannot be stored.")
    return value


def language(value):
    if value not in LANGUAGES:
        raise Wrong(f"“{_short(value)}” is not the code of a language (as en, sv, lt).")
    return value


def country(value):
    if value not in dict(countries):
        raise Wrong(f"“{_short(value)}” is not the code of a country (two capital letters, as SE).")
    return value


def date(value):
    if len(value) != len("2019-03-19"):
        raise ValueError
    return datetime.date.fromisoformat(value)


def month(value):
    return date(f"{value}-01")


def moment(value):
    instant = datetime.datetime.fromisoformat(value)
    if instant.tzinfo is None:
        raise Wrong("An instant needs its offset from UTC (as 2020-03-13 10:00:00+00:00).")
    return instant.astimezone(datetime.UTC)


def clock(value):
    return datetime.datetime.strptime(value, "%H:%M").time()


def number(value):
    if not (value.isascii() and value.isdecimal()):
        raise ValueError
    return int(value)


def identifier(value):
    return str(uuid.UUID(value))


def sample_address(value):
    if not value.endswith(".example") or value != value.lower():
        raise Wrong("An invented person's address is in small letters and ends in .example, so that no mail can reach anybody.")
    return value


def one_of(choices):
    names = [value for value, _label in choices if value]

    def parse(value):
        if value not in names:
            raise Wrong(f"“{_short(value)}” is none of {', '.join(names)}.")
        return value

    return Kind(f"one of {', '.join(names)}", parse, tags=("str", "bool"), write=str)  # YAML takes a bare "no" for false


def named(choices):
    """Numbers that have names: the file has the name."""
    kind = one_of([(member.name.lower(), "") for member in choices])
    return replace(kind, parse=lambda value: choices[kind.parse(value).upper()].value, write=lambda value: choices(value).name.lower())


FLAG = Kind("true or false", lambda value: SafeConstructor.bool_values[value.lower()], tags=("bool",), write=bool)
DATE = Kind("a date (2019-03-19)", date, tags=("timestamp", "str"))
MONTH = Kind("a month (2020-10)", month, write=lambda value: f"{value:%Y-%m}")
MOMENT = Kind("an instant (2020-03-13 10:00:00+00:00)", moment, tags=("timestamp", "str"), write=lambda value: value.astimezone(datetime.UTC))
CLOCK = Kind('a time of day ("17:00")', clock, tags=("str", "int"), write=lambda value: f"{value:%H:%M}")
NUMBER = Kind("a whole number from 0", number, tags=("int",))
LANGUAGE = Kind("a language code", language)
ID = Kind("an id (a UUID)", identifier)
COUNTRY = Kind("a country code", country, write=str)
SAMPLE_ADDRESS = Kind("an e-mail address ending in .example", sample_address, maximum=254, validators=(validate_email,))
WEB_ADDRESS = Kind("a web address", text, maximum=500, validators=(URLValidator(schemes=["http", "https"]),))

PLAIN = [
    (CountryField, COUNTRY),
    (models.BooleanField, FLAG),
    (models.DateTimeField, MOMENT),
    (models.DateField, DATE),
    (models.TimeField, CLOCK),
]


def of_field(field):
    """The kind that reads what the model field holds, by the field's own choices, validators and length."""
    if isinstance(field, ArrayField):
        return ListOf(of_field(field.base_field))
    if isinstance(field, models.IntegerField):
        return replace(NUMBER, validators=tuple(field.validators))
    for field_class, kind in PLAIN:
        if isinstance(field, field_class):
            return kind
    if field.choices:
        return one_of(field.choices)
    validators = tuple(validate for validate in field.validators if not isinstance(validate, MaxLengthValidator))
    noun = {models.SlugField: "a short address", models.URLField: "a web address"}.get(type(field), "a text")
    return Kind(f"{noun}, at most {field.max_length:,} characters", text, maximum=field.max_length, validators=validators)


@dataclass(frozen=True)
class Ref:
    """The name of a row in another section of the same file; `checking` looks whether it is there."""

    section: str

    @property
    def words(self):
        return f"one of the file's {self.section}"

    read = staticmethod(Kind("a text", text).read)
    write = staticmethod(str)


@dataclass(frozen=True)
class ListOf:
    """A list of plain values or references."""

    item: Kind | Ref

    @property
    def words(self):
        return f"a list, each {self.item.words}"

    def write(self, value):
        return [self.item.write(item) for item in value]


@dataclass(frozen=True)
class Counts:
    """Names with numbers."""

    words = "names with numbers"
    write = staticmethod(dict)


@dataclass(frozen=True)
class Rows:
    """A list of rows as another section declares them, or one row alone."""

    section: object
    is_single: bool = False

    @property
    def words(self):
        return f"`{self.section.name}`, see there" if self.is_single else f"a list of `{self.section.name}`, see there"


@dataclass(frozen=True)
class Texts:
    """What was told, by question code: a text each, or a list of chosen codes."""

    words = "names with texts"
    item = Kind("a text", text, maximum=LONG_TEXT)

    @staticmethod
    def write(value):
        return dict(sorted(value.items()))


def seen(node):
    if node.id == "sequence":
        return "A list"
    if node.id == "mapping":
        return "Keys with values"
    names = {"str": "A text", "int": "A number", "float": "A number with a point", "bool": "Yes or no", "timestamp": "A date", "null": "Nothing"}
    return names.get(node.tag.removeprefix(TAG), f"The unknown tag {node.tag}")


def _short(value):
    return value if len(value) <= 60 else value[:60] + "…"
