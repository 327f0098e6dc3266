"""The grammar of the declaration: keys, the sections they stand in, and both made from a model's own fields."""

from dataclasses import dataclass, field

from django.db import models

from learning.project_file import values
from learning.project_file.values import Kind, ListOf, Ref, Texts


@dataclass(frozen=True)
class Key:
    """One key of a row. `source` is the attribute of the model it is read from, where that has another name."""

    name: str
    kind: object
    about: str = ""
    source: str = ""
    default: object = None
    is_required: bool = False
    is_always_written: bool = False
    is_sample_only: bool = False

    @property
    def attribute(self):
        return self.source or self.name

    @property
    def is_field(self):
        """Whether it stands for a plain field of the model, of the same name."""
        item = self.kind.item if isinstance(self.kind, ListOf) else self.kind
        return self.name == "sources" or (isinstance(item, Kind | Texts) and self.attribute.rpartition(".")[2] == self.name)

    @property
    def is_written_when_empty(self):
        return self.is_required or self.is_always_written


@dataclass(frozen=True)
class Section:
    """Rows of one kind.

    `unique`: these keys together name a row; `order`: by these keys rows are written, the unique ones where it is not given;
    `keeps_order`: they stay as they are given; `in_order`: the second date is not before the first; `spell`: for the same value of this key no two rows share a day.
    """

    name: str
    about: str
    keys: tuple
    unique: tuple = ()
    order: tuple = ()
    keeps_order: bool = False
    in_order: tuple = ()
    spell: str = ""
    by_name: dict = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self):
        object.__setattr__(self, "by_name", {key.name: key for key in self.keys})

    @property
    def sorted_by(self):
        return self.order or self.unique

    def fields(self, row, *, via=""):
        """The values of `row` that are plain fields of the model, or of the model it reaches through `via`."""
        keys = [key for key in self.keys if key.is_field and key.name in row and key.attribute.rpartition(".")[0] == via]
        return {key.name: [dict(source) for source in row["sources"]] if key.name == "sources" else row[key.name] for key in keys}


def of(model, names, *, via="", **overrides):
    """Keys named, typed, limited and described as the fields of `model`. `overrides`: per name, what is different here."""
    return tuple(_key(model._meta.get_field(name), via, overrides.get(name, {})) for name in names.split())


def _key(model_field, via, different):
    is_flag = isinstance(model_field, models.BooleanField)
    kind = different.get("kind") or values.of_field(model_field)
    told = {
        "about": str(model_field.help_text or model_field.verbose_name),
        "source": f"{via}.{model_field.name}" if via else "",
        "default": model_field.get_default(),
        "is_required": not (model_field.blank or model_field.null or is_flag),
    }
    if told["is_required"]:
        told["default"] = None
    return Key(model_field.name, kind, **{**told, **{name: value for name, value in different.items() if name != "kind"}})


def published(about):
    return Key("published", values.FLAG, about, source="published_at", default=False)


LANGUAGES = {"kind": ListOf(values.LANGUAGE)}
PERSON = {"kind": Ref("people"), "is_sample_only": True}
PARTNER = {"kind": Ref("partners")}
