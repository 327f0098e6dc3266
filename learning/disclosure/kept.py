"""Releases as they are kept: exact, so that what was released stays what it was. Batches are read by the next release and by nobody else."""

from dataclasses import fields, is_dataclass
from fractions import Fraction

from learning.disclosure.figure import Figure, Hidden
from learning.disclosure.project import Batch, Release, project_figures
from learning.measures.bar import Bar
from learning.measures.breadth import Breadth
from learning.measures.change import Change
from learning.measures.difference import Difference
from learning.measures.life_table import Step
from learning.measures.response import Response
from learning.measures.time_to_note import TimeToNote

RECORDS = {kind.__name__: kind for kind in (Bar, Batch, Breadth, Change, Difference, Figure, Response, Step, TimeToNote)}
WORDS = {"Fraction": Fraction, "Hidden": Hidden, "UUID": str}  # written as text and read from it; people were once kept as UUIDs


def packed(value):
    """As JSON holds it: a list for a tuple, an object that names its type for everything else JSON does not know."""
    name = type(value).__name__
    if is_dataclass(value):
        return {"is": name, **{field.name: packed(getattr(value, field.name)) for field in fields(value)}}
    if name in WORDS:
        return {"is": name, "of": str(value)}
    if isinstance(value, frozenset):
        return {"is": name, "of": sorted(map(packed, value), key=str)}
    return [packed(item) for item in value] if isinstance(value, tuple) else value


def unpacked(value):
    """Exactly what was packed."""
    if isinstance(value, list):
        return tuple(unpacked(item) for item in value)
    if not isinstance(value, dict):
        return value
    name = value["is"]
    if name in RECORDS:
        return RECORDS[name](**{field: unpacked(item) for field, item in value.items() if field != "is"})
    return frozenset(unpacked(value["of"])) if name == "frozenset" else WORDS[name](value["of"])


def last_release(project):
    """With its batches: for the next release only. None before the first."""
    row = project.releases.last()
    return row and Release(row.at, unpacked(row.figures), unpacked(row.batches))


def released(project):
    """What everybody in the project sees: (since when, {(name, window): Figure}); (None, {}) before the first release."""
    row = project.releases.defer("batches").last()
    return (row.at, project_figures([Release(row.at, unpacked(row.figures), ())])) if row else (None, {})
