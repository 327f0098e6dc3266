"""A project → rows → YAML. The same rows give the same bytes, on every machine and in every language."""

import json
import re
from functools import cached_property

import yaml
from django.db.models import Prefetch, Q
from django.utils import translation

from changemakers.models import Changemaker, Choice, Practice, PracticeStage
from learning.project_file.dumping import Dumper
from learning.project_file.exporting_notes import Notes
from learning.project_file.schema import FILE, FORMAT, VERSION
from learning.project_file.values import FLAG, ListOf, Ref, Rows
from partners.models import Activity, Attendance, Event, Invitation, Membership, Person, WriteUp, WriteUpRevision

HEADER = "# A project file of I_Improve: docs/project-file.md says what each key means.\n"


def export(project):
    """The text of the project's file."""
    return HEADER + yaml.dump(contents(project), Dumper=Dumper, allow_unicode=True, sort_keys=False, width=120)


def contents(project):
    """What all partners may read, as nested dicts in the order of the declaration; the rest as counts."""
    with translation.override("en"):
        return row_of(Whole(project), FILE, is_sample=project.is_sample)


class Whole:
    """The project as the file shows it: an attribute for each key of the declaration."""

    format, version = FORMAT, VERSION

    def __init__(self, project):
        self.project, self.sample = project, project.is_sample
        project.changes_of_period = project.plan_changes.filter(activity=None).select_related("by")

    @cached_property
    def partners(self):
        return self.project.parts.select_related("partner")

    @cached_property
    def everybody(self):
        return Person.objects.filter(
            Q(pk__in=self._memberships.values("person"))
            | Q(pk__in=self.project.roles.values("person"))
            | Q(pk__in=self._attendances.values("person"))
            | Q(pk__in=self.project.activities.values("write_ups__author"))
            | Q(pk__in=self.project.baselines.values("by"))
            | Q(pk__in=self.project.plan_changes.values("by"))
            | Q(pk__in=self.project.reflections.submitted().values("author"))
        )

    @cached_property
    def people(self):
        """Nobody who is not invented, even if somebody joined the sample."""
        people = list(self.everybody.filter(is_sample=True)) if self.sample else []
        for person in people:
            person.memberships_here = self._memberships.filter(person=person).select_related("partner")
            person.roles_here = self.project.roles.filter(person=person)
        return people

    @cached_property
    def activities(self):
        return self.project.activities.prefetch_related(
            "sides__partner",
            "headcounts",
            "plan_changes__by",
            Prefetch("attendances", self._shared_attendances.select_related("person", "partner")),
            Prefetch("write_ups", self._write_ups.filter(partner__in=self._members).select_related("partner", "author")),
        )

    @cached_property
    def baselines(self):
        return self.project.baselines.filter(partner__in=self._members).select_related("partner", "by")

    @cached_property
    def choices(self):
        """Candidates are read by the partner that considers them, and by nobody else."""
        choices = self.project.choices.filter(partner__in=self._members).select_related("partner", "changemaker")
        return choices if self.sample else choices.exclude(state=Choice.State.CANDIDATE)

    @cached_property
    def changemakers(self):
        return Changemaker.objects.filter(pk__in=self.choices.values("changemaker")).prefetch_related("practices")

    @cached_property
    def stages(self):
        """Of the practices whose changemakers were chosen here, at the project's partners."""
        standing = PracticeStage.objects.standing().filter(practice__in=Practice.objects.chosen_in(self.project), partner__in=self._members)
        return standing.select_related("practice__changemaker", "partner")

    @cached_property
    def notes(self):
        notes = Notes(self.project, self.people, self.changemakers)
        notes.link()
        return notes

    @property
    def reflections(self):
        return self.notes.reflections

    @property
    def obstacles(self):
        return self.notes.occasions["obstacles"]

    @property
    def passings(self):
        return self.notes.occasions["passings"]

    @property
    def changes(self):
        return self.notes.occasions["changes"]

    @property
    def check_ins(self):
        return self.notes.check_ins

    @cached_property
    def not_contained(self):
        """Counts of what stays behind, and of what stayed behind when this project itself came out of a file."""
        counts = self._left_out()
        for event in Event.objects.filter(project=self.project, verb=Event.Verb.IMPORTED):
            for name, number in event.details.get("not_contained", {}).items():
                counts[name] = counts.get(name, 0) + number
        return {name: number for name, number in sorted(counts.items()) if number}

    def _left_out(self):
        of_real_people = Q(person__is_sample=False) if self.sample else Q()
        candidates = self.project.choices.filter(state=Choice.State.CANDIDATE)
        of_former_partners = [self.project.baselines, self.project.choices, self._write_ups]
        invitations = Q(project=self.project) | Q(partner__in=self._members)
        return {
            "people": self.everybody.count() - len(self.people),
            "memberships": self._memberships.filter(of_real_people).count(),
            "project_roles": self.project.roles.filter(of_real_people).count(),
            "attendance": self._attendances.count() - (self._shared_attendances.count() if self.sample else 0),
            "candidates": 0 if self.sample else candidates.filter(partner__in=self._members).count(),
            "of_former_partners": sum(rows.exclude(partner__in=self._members).count() for rows in of_former_partners),
            "write_up_revisions": WriteUpRevision.objects.filter(write_up__activity__project=self.project).count(),
            "invitations": Invitation.objects.filter(invitations).count(),
            **self.notes.left_out(),
        }

    @property
    def _members(self):
        return self.project.parts.values("partner")

    @property
    def _memberships(self):
        return Membership.objects.filter(partner__in=self._members)

    @property
    def _attendances(self):
        return Attendance.objects.filter(activity__project=self.project)

    @property
    def _shared_attendances(self):
        return self._attendances.filter(Q(partner=None) | Q(partner__in=self._members), person__is_sample=True)

    @property
    def _write_ups(self):
        return WriteUp.objects.filter(activity__project=self.project)


def row_of(thing, section, *, is_sample=True):
    """The dict of one row, be it of the site or of a file: the keys of its section, without what is empty or the default."""
    keys = [key for key in section.keys if is_sample or not key.is_sample_only]
    values = {key.name: _value(thing, key, is_sample) for key in keys}
    return {key.name: values[key.name] for key in keys if key.is_written_when_empty or not _says_nothing(values[key.name], key)}


def _value(thing, key, is_sample):
    value, kind = thing.get(key.name, key.default) if isinstance(thing, dict) else _attribute(thing, key.attribute), key.kind
    if isinstance(kind, Rows) and kind.is_single:
        return row_of(value, kind.section, is_sample=is_sample)
    if isinstance(kind, Rows):
        rows = [row_of(below, kind.section, is_sample=is_sample) for below in (value.all() if hasattr(value, "all") else value)]
        return rows if kind.section.keeps_order else sorted(rows, key=lambda row: _place(row, kind.section))
    if isinstance(kind, Ref):
        return _name(value)
    if isinstance(kind, ListOf) and isinstance(kind.item, Ref):
        return sorted(_name(item) for item in value)
    return kind.write(value) if kind is FLAG or value not in (None, "") else value


def _attribute(thing, path):
    for name in path.split("."):
        thing = getattr(thing, name)
    return thing


def _name(thing):
    """What another row is called by; in a file it stands already. A real account is never named."""
    if isinstance(thing, Person):
        return thing.email if thing.is_sample else None
    if isinstance(thing, Activity):
        return thing.code
    if isinstance(thing, Practice):
        return f"{thing.changemaker.slug}/{thing.slug}"
    return getattr(thing, "slug", thing)


def _says_nothing(value, key):
    default = key.default if key.default in (None, "") or not hasattr(key.kind, "write") else key.kind.write(key.default)
    return value in (None, "", [], {}) or value == default


def _place(row, section):
    """Where a row stands among its like: by the section's own order, numbers as numbers; what is alike in that, by the rest."""
    return [_natural(row.get(name)) for name in section.sorted_by], json.dumps(row, default=str)


def _natural(value):
    parts = re.split("([0-9]+)", "" if value is None else str(value).lower())
    return [int(part) if number % 2 else part for number, part in enumerate(parts)]
