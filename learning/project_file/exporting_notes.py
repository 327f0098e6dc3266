"""What people noted in a project, as far as its file holds it."""

from functools import cached_property

from django.db.models import Prefetch, Q

from learning.models import (
    Artefact,
    Carrier,
    Change,
    Confirmation,
    FollowUp,
    KeepMark,
    Obstacle,
    Passing,
    Reflection,
    Reply,
    Takeaway,
    Visibility,
)
from learning.models.visibility import AT_LEAST_PARTNERSHIP

OCCASIONS = {"obstacles": Obstacle, "passings": Passing, "changes": Change}
AROUND = {"carriers": Carrier, "keep_marks": KeepMark, "replies": Reply, "artefacts": Artefact}  # what stands around a thing
THERE = Q(deleted_at=None)


class Notes:
    """Of a sample all that its invented people submitted; of a real project what all partners may read: by nobody, with days for instants.

    The rows get the attributes the declaration asks for, `…_here`: nothing is named in the file that is not in it.
    """

    def __init__(self, project, people, changemakers):
        self.project, self.is_sample = project, project.is_sample
        self.people = {None, *(person.pk for person in people)}
        self.changemakers = {changemaker.pk for changemaker in changemakers}
        self.partners = {None, *project.parts.values_list("partner", flat=True)}

    @cached_property
    def reflections(self):
        return [shown for told in self._submitted if (shown := self._reflection(told))]

    @cached_property
    def occasions(self):
        """What was said once for all things of an activity, of a moment that is in the file, or of the whole project."""
        if not self.is_sample:
            return {name: [] for name in OCCASIONS}
        notes = {None} | {told.pk for told in self.reflections}
        found = {name: self._about_project(model).select_related("person", "activity") for name, model in OCCASIONS.items()}
        return {name: [row for row in rows if row.person_id in self.people and row.moment_id in notes] for name, rows in found.items()}

    @cached_property
    def check_ins(self):
        if not self.is_sample:
            return []
        rows = self.project.check_ins.filter(partner__in=self.partners - {None}).select_related("partner", "by")
        return [row for row in rows if row.by_id in self.people]

    def link(self):
        """Give an id to what others name, and name it by that."""
        things = {thing.pk: thing for thing in self._things}
        notes = {told.pk: told for told in self.reflections}
        for thing in self._things:
            thing.taken_here = _called(things.get(thing.taken_from_id))
        for follow_up in self._follow_ups:
            follow_up.told_in = _called(notes.get(follow_up.reflection_id))
        for row in (row for rows in self.occasions.values() for row in rows):
            row.moment_here = _called(notes.get(row.moment_id))
        for check_in in self.check_ins:
            check_in.story_here = _called(things.get(check_in.story_id))

    def left_out(self):
        """Counts of what was submitted or begun, and is not in the file."""
        follow_ups = FollowUp.objects.filter(THERE, takeaway__in=self._every_thing)
        all_there = {"reflections": self._every_note, "takeaways": self._every_thing, "follow_ups": follow_ups}
        all_there |= {"confirmations": Confirmation.objects.filter(follow_up__in=follow_ups)}
        all_there |= {name: model.objects.filter(takeaway__in=self._every_thing) for name, model in AROUND.items()}
        all_there |= {name: self._about_project(model) for name, model in OCCASIONS.items()}
        all_there["check_ins"] = self.project.check_ins
        all_there["replies"] = all_there["replies"].filter(THERE)
        here = {"reflections": self.reflections, "takeaways": self._things, "follow_ups": self._follow_ups}
        here |= {"confirmations": [one for row in self._follow_ups for one in row.confirmations_here]}
        here |= {name: [one for thing in self._things for one in getattr(thing, f"{name}_here")] for name in AROUND}
        here |= self.occasions | {"check_ins": self.check_ins}
        drafts = self.project.reflections.drafts().count()
        return {"drafts": drafts} | {name: rows.count() - len(here[name]) for name, rows in all_there.items()}

    @property
    def _every_note(self):
        return self.project.reflections.submitted()

    @property
    def _every_thing(self):
        return Takeaway.objects.submitted().filter(reflection__project=self.project)

    @property
    def _things(self):
        return [thing for told in self.reflections for thing in told.takeaways_here]

    @property
    def _follow_ups(self):
        return [row for thing in self._things for row in thing.follow_ups_here]

    def _about_project(self, model):
        return model.objects.filter(Q(activity__project=self.project) | Q(moment__project=self.project) | Q(project=self.project))

    @property
    def _submitted(self):
        follow_ups = FollowUp.objects.filter(THERE).select_related("activity", "reader", "approved_by")
        takeaways = Takeaway.objects.filter(THERE).order_by("position", "pk").select_related("practice__changemaker", "reader", "approved_by")
        return self._every_note.select_related("author", "partner_then", "activity", "reader", "approved_by").prefetch_related(
            Prefetch("takeaways", takeaways),
            Prefetch("takeaways__follow_ups", follow_ups),
            "takeaways__follow_ups__confirmations__person",
            "takeaways__source_partners",
            "takeaways__carriers__person",
            "takeaways__keep_marks__person",
            "takeaways__artefacts__checked_by",
            Prefetch("takeaways__replies", Reply.objects.filter(THERE).select_related("author")),
        )

    def _reflection(self, told):
        """The row of a note; without its own words, where only things in it may be in the file; None where not even they may."""
        if self.is_sample and not (told.author_id in self.people and told.partner_then_id in self.partners):
            return None
        things = [self._takeaway(thing) for thing in told.takeaways.all() if self._may_hold(thing)]
        if not (things or self._may_hold(told)):
            return None
        shown = self._shared(told) if self._may_hold(told) else _without_words(told)
        shown.partner_here = told.partner_then if told.partner_then_id in self.partners else None
        shown.id_here, shown.takeaways_here = None, things
        if not self.is_sample:
            shown.submitted_at = _day(shown.submitted_at)
        return shown

    def _takeaway(self, thing):
        thing.id_here = None
        thing.sources_here = [partner for partner in thing.source_partners.all() if partner.pk in self.partners]
        thing.practice_here = thing.practice if thing.practice and thing.practice.changemaker_id in self.changemakers else None
        thing.carriers_here = [row for row in thing.carriers.all() if row.person_id in self.people]
        thing.keep_marks_here = [row for row in thing.keep_marks.all() if row.person_id in self.people]
        thing.replies_here = [row for row in thing.replies.all() if row.author_id in self.people]
        thing.artefacts_here = [row for row in thing.artefacts.all() if row.link]
        for artefact in thing.artefacts_here:
            artefact.checker_here = self._known(artefact.checked_by)
        thing.follow_ups_here = [self._follow_up(row) for row in thing.follow_ups.all() if self._may_hold(row)]
        return self._shared(thing)

    def _follow_up(self, row):
        row.activity_here = row.activity if row.activity and row.activity.project_id == self.project.pk else None
        row.confirmations_here = [one for one in row.confirmations.all() if one.person_id in self.people]
        if not self.is_sample:
            row.observed_at = _day(row.observed_at)
        return self._shared(row)

    def _may_hold(self, thing):
        return thing.reader_id in self.people if self.is_sample else thing.visibility in AT_LEAST_PARTNERSHIP

    def _shared(self, thing):
        """What strangers read is in a real project's file for its partners: somebody has to check it anew."""
        if not self.is_sample:
            thing.visibility = Visibility.PARTNERSHIP
        thing.approver_here = self._known(thing.approved_by)
        return thing

    def _known(self, person):
        return person if person and person.pk in self.people else None


def _without_words(told):
    names = ("pk", "author", "partner_then", "project", "activity", "language", "happened_on", "submitted_at")
    shown = Reflection(**{name: getattr(told, name) for name in names})
    shown.approver_here = None
    return shown


def _day(instant):
    return instant.replace(hour=0, minute=0, second=0, microsecond=0)


def _called(row):
    """The id by which the file names a row that is in it; from then on the row shows it."""
    if row is None:
        return None
    row.id_here = str(row.pk)
    return row.id_here
