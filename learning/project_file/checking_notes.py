"""What must hold among notes, things and what became of them: who may read, who is named, what was said once."""

from learning.models import Visibility
from learning.models.visibility import WIDTH

LEVEL = Visibility.ONLY_ME.value
OCCASIONS = ("obstacles", "passings", "changes")


def check_notes(file):
    is_sample = file.get("sample", False)
    for told in file.get("reflections", []):
        yield from _level(told, told)
        yield from _in_a_real_file(told) if not is_sample else ()
        for thing in told.get("takeaways", []):
            yield from _level(thing, told)
            yield from _kinds(thing)
            for follow_up in thing.get("follow_ups", []):
                yield from _level(follow_up, told)
                yield from _wider(follow_up, thing)
    yield from _ids(file)
    for name in OCCASIONS:
        yield from _said_once(file.get(name, []))


def _level(row, told):
    level = row.get("visibility", LEVEL)
    if (level == Visibility.PERSON) != bool(row.get("reader")):
        yield row.problem("visibility", "One person may read it exactly where a reader is named.")
    if level in (Visibility.ORGANISATION, Visibility.PUBLIC) and not told.get("partner"):
        yield row.problem("visibility", "The note names no partner that could read or check it.")
    if level != Visibility.PUBLIC and row.get("approved_at"):
        yield row.problem("approved_at", "Only what is public was checked.")
    if row.get("approved_by") and not row.get("approved_at"):
        yield row.problem("approved_by", "When was it checked?")


def _in_a_real_file(told):
    """Nothing in it is read by fewer, or by more, than all partners."""
    things = told.get("takeaways", [])
    has_words = told.get("text") or not things
    for row in [*([told] if has_words else []), *things, *(row for thing in things for row in thing.get("follow_ups", []))]:
        if row.get("visibility", LEVEL) != Visibility.PARTNERSHIP:
            yield row.problem("visibility", "Only a file marked “sample: true” may carry what not all partners read, or strangers, too.")


def _kinds(thing):
    kinds = thing.get("kinds") or []
    if len(kinds) > 2 or len(set(kinds)) < len(kinds):
        yield thing.problem("kinds", "One kind, or two.")


def _wider(follow_up, thing):
    level, most = follow_up.get("visibility", LEVEL), thing.get("visibility", LEVEL)
    readers = {follow_up.get("reader"), thing.get("reader")} if level == most == Visibility.PERSON else {None}
    if WIDTH[level] > WIDTH[most] or len(readers) > 1:
        yield follow_up.problem("visibility", "What became of a thing is not read more widely than the thing.")


def _ids(file):
    notes = file.get("reflections", [])
    things = [thing for told in notes for thing in told.get("takeaways", [])]
    for rows in (notes, things):
        seen = {}
        for row in rows:
            if row.get("id") and seen.setdefault(row["id"], row) is not row:
                yield row.problem("id", f"This id is given twice, first in line {seen[row['id']].line}.")
    for thing in things:
        if thing.get("taken_from") and thing["taken_from"] == thing.get("id"):
            yield thing.problem("taken_from", "A thing is not taken from itself.")


def _said_once(rows):
    seen = {}
    for row in rows:
        if row.get("activity") and row.get("reflection"):
            yield row.problem("reflection", "Give the activity or the note, not both.")
        name = tuple(row.get(key) for key in ("person", "activity", "reflection", "wave"))
        if seen.setdefault(name, row) is not row:
            yield row.problem("person", f"They said this at that time already, in line {seen[name].line}.")
