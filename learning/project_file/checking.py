"""What must hold between rows and keys that can each be read: names used once, references, dates in order."""

import datetime
from collections import Counter

from changemakers.models import Choice
from learning.project_file.checking_notes import check_notes
from learning.project_file.schema import FILE
from learning.project_file.values import ListOf, Ref, Rows
from partners.models import PlanChange

LATEST, EARLIEST = datetime.date.max, datetime.date.min


def check(file):
    """The problems of a file that was read, as far as it could be read."""
    known = _known(file)
    problems = list(_section(FILE, file, known, is_sample=file.get("sample", False)))
    problems += _changes_elsewhere(file.get("project", {}), is_period=True)
    for activity in file.get("activities", []):
        problems += _sides(activity)
        problems += _changes_elsewhere(activity, is_period=False)
        problems += _vague_dates(activity)
    problems += _alone(file, "partners", "part", "lead", "There is a lead partner already")
    problems += _chosen_once(file)
    problems += _others_affairs(file)
    problems += _unconnected(file)
    problems += check_notes(file)
    return problems


NAMED_BY = {"partners": "slug", "people": "email", "changemakers": "slug", "activities": "code", "reflections": "id"}


def _known(file):
    """The names by which the rows of a section can be referred to."""
    known = {name: {row.get(key) for row in file.get(name, [])} for name, key in NAMED_BY.items()}
    known["practices"] = {f"{row.get('slug')}/{below.get('slug')}" for row in file.get("changemakers", []) for below in row.get("practices", [])}
    known["takeaways"] = {below.get("id") for row in file.get("reflections", []) for below in row.get("takeaways", [])}
    return known


def _section(section, row, known, is_sample):
    """The problems of one row and of all rows below it."""
    for key in section.keys:
        value = row.get(key.name)
        if not value:
            continue
        if key.is_sample_only and not is_sample:
            yield row.problem(
                key.name, "Only a file marked “sample: true” may carry this; a real project's file holds no people, and nothing that is only theirs."
            )
        if isinstance(key.kind, Rows):
            rows = [value] if key.kind.is_single else value
            for below in rows:
                yield from _section(key.kind.section, below, known, is_sample)
            yield from _given_twice(key.kind.section, rows)
            yield from _overlapping(key.kind.section, rows)
        else:
            yield from _unknown(key, row, value, known)
    for first, last in section.in_order:
        if row.get(first) and row.get(last) and row[last] < row[first]:
            yield row.problem(last, f"{row[last]} is before {first} ({row[first]}).")


def _given_twice(section, rows):
    seen = {}
    for row in rows:
        name = tuple(_folded(row.get(key)) for key in section.unique)
        if not name or None in name:
            continue
        if name in seen:
            yield row.problem(section.unique[0], f"“{_words(row, section)}” is given twice, first in line {seen[name]}.")
        seen.setdefault(name, row.line)


def _overlapping(section, rows):
    if not section.spell:
        return
    spells = []
    for row in rows:
        start, end = row.get("started_on") or EARLIEST, row.get("ended_on") or LATEST
        if row.get(section.spell) and start < end:  # who ended on the first day was never there
            spells.append((row[section.spell], start, end, row))
    longest = {}
    for name, start, end, row in sorted(spells, key=lambda spell: spell[:3]):
        until, earlier = longest.get(name, (EARLIEST, None))
        if start < until:
            first, second = sorted([earlier, row], key=lambda row: row.line)
            yield second.problem("started_on", f"This overlaps with what stands in line {first.line}.")
        if end > until:
            longest[name] = end, row


def _unknown(key, row, value, known):
    kind, names = key.kind, [value]
    if isinstance(kind, ListOf):
        kind, names = kind.item, value
    if isinstance(kind, Ref):
        for name in names:
            if name not in known[kind.section]:
                yield row.problem(key.name, f"“{name}” is not among the file's {kind.section}.")


def _sides(activity):
    host, guests = activity.get("host"), activity.get("guests") or []
    if host and host in guests:
        yield activity.problem("guests", f"“{host}” is the host already, and cannot be its own guest.")
    for guest, times in Counter(guests).items():
        if times > 1:
            yield activity.problem("guests", f"“{guest}” is given twice.")


def _vague_dates(activity):
    if activity.get("starts_on") and (activity.get("month_on") or activity.get("alternatives")):
        yield activity.problem("starts_on", "Give the first day, or what is known instead of it, not both.")


def _changes_elsewhere(row, *, is_period):
    for change in row.get("plan_changes", []):
        if "kind" in change and (change["kind"] == PlanChange.Kind.PERIOD) != is_period:
            yield change.problem("kind", "The period is changed in the project, and all else in an activity.")


def _alone(file, section, key, value, words):
    first, *others = [row for row in file.get(section, []) if row.get(key) == value] or [None]
    for row in others:
        yield row.problem(key, f"{words}, in line {first.lines[key]}.")


def _chosen_once(file):
    seen = {}
    for row in file.get("choices", []):
        partner = row.get("partner")
        if row.get("state") == "chosen" and seen.setdefault(partner, row) is not row:
            yield row.problem("state", f"“{partner}” has chosen a changemaker already, in line {seen[partner].line}.")


def _others_affairs(file):
    for row in file.get("choices", []):
        if row.get("state") == Choice.State.CANDIDATE and not file.get("sample"):
            yield row.problem("state", "Only a file marked “sample: true” may carry candidates: they are the partner's own affair.")


def _unconnected(file):
    """Who and what nothing connects with the project would be on the site, and missing in the project's next file."""
    chosen = {row.get("changemaker") for row in file.get("choices", [])}
    there = {row.get("person") for activity in file.get("activities", []) for row in activity.get("attendance", [])}
    there |= {row.get("author") for row in file.get("reflections", [])}
    for row in file.get("changemakers", []):
        if "slug" in row and row["slug"] not in chosen:
            yield row.problem("slug", "No choice names this changemaker.")
    for row in file.get("people", []):
        if not (row.get("memberships") or row.get("project_roles") or row.get("email") in there):
            yield row.problem("email", "This person has no membership, no role and was nowhere.")


def _folded(value):
    return value.lower() if isinstance(value, str) else value


def _words(row, section):
    return " ".join(str(row[key]) for key in section.unique)
