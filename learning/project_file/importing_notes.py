"""The notes of a project file → rows, with the instants the file says."""

from learning.models import Artefact, Carrier, Change, CheckIn, Confirmation, FollowUp, KeepMark, Obstacle, Passing, Reflection, Reply, Takeaway
from learning.project_file.schema import notes as schema

OCCASIONS = [("obstacles", Obstacle, schema.OBSTACLES), ("passings", Passing, schema.PASSINGS), ("changes", Change, schema.CHANGES)]


def taken_ids(file):
    """Problems: what is on the site already cannot be made by a file."""
    notes = file.get("reflections", [])
    things = [thing for told in notes for thing in told.get("takeaways", [])]
    for rows, model in ((notes, Reflection), (things, Takeaway)):
        by_id = {row["id"]: row for row in rows if row.get("id")}
        for pk in model.objects.filter(pk__in=by_id).values_list("pk", flat=True):
            yield by_id[str(pk)].problem("id", "What has this id is on the site already.")


def make_notes(file, project, made):
    """`made` knows people, partners, activities and practices by the names the file calls them."""
    making = _Making(project, made)
    for row in file.get("reflections", []):
        making.reflection(row)
    making.write()
    for name, model, section in OCCASIONS:
        _write(model, [making.occasion(model, section, row) for row in file.get(name, [])], stamp="said_at")
    _write(CheckIn, [making.check_in(row) for row in file.get("check_ins", [])], stamp="written_at")


class _Making:
    """The rows, level by level, so that each table is written at once."""

    def __init__(self, project, made):
        self.project, self.made = project, made
        self.reflections, self.takeaways, self.follow_ups, self.confirmations = [], [], [], []
        self.carriers, self.artefacts, self.keep_marks, self.replies, self.sources = [], [], [], [], []

    def reflection(self, row):
        told = Reflection(
            **_id(row),
            project=self.project,
            author=self.made.people[row.get("author")],
            partner_then=self.made.partners.get(row.get("partner")),
            activity=self.made.activities[row.get("activity")],
            created_at=row["submitted_at"],
            **self.shared(row, schema.REFLECTIONS),
        )
        self.reflections.append(told)
        for position, thing in enumerate(row.get("takeaways", [])):
            self.takeaway(thing, told, position)

    def takeaway(self, row, told, position):
        thing = Takeaway(
            **_id(row),
            reflection=told,
            position=position,
            practice=self.made.practices[row.get("practice")],
            taken_from_id=row.get("taken_from"),
            **self.shared(row, schema.TAKEAWAY),
        )
        self.takeaways.append(thing)
        self.sources += [thing.source_partners.through(takeaway=thing, partner=self.made.partners[name]) for name in row.get("source_partners", [])]
        self.carriers += self.by_people(row, "carriers", Carrier, schema.CARRIER, takeaway=thing)
        self.keep_marks += self.by_people(row, "keep_marks", KeepMark, schema.KEEP_MARK, takeaway=thing)
        self.replies += [Reply(takeaway=thing, author=self.made.people[one["author"]], **schema.REPLY.fields(one)) for one in row.get("replies", [])]
        self.artefacts += [
            Artefact(takeaway=thing, checked_by=self.made.people[one.get("checked_by")], **schema.ARTEFACT.fields(one))
            for one in row.get("artefacts", [])
        ]
        for one in row.get("follow_ups", []):
            self.follow_up(one, thing)

    def follow_up(self, row, thing):
        follow_up = FollowUp(
            takeaway=thing,
            activity=self.made.activities[row.get("activity")],
            reflection_id=row.get("reflection"),
            **self.shared(row, schema.FOLLOW_UP),
        )
        self.follow_ups.append(follow_up)
        self.confirmations += self.by_people(row, "confirmations", Confirmation, schema.CONFIRMATION, follow_up=follow_up)

    def occasion(self, model, section, row):
        is_whole = not (row.get("activity") or row.get("reflection"))
        return model(
            person=self.made.people[row["person"]],
            activity=self.made.activities[row.get("activity")],
            moment_id=row.get("reflection"),
            project=self.project if is_whole else None,
            **section.fields(row),
        )

    def check_in(self, row):
        return CheckIn(
            project=self.project,
            partner=self.made.partners[row["partner"]],
            story_id=row.get("story"),
            by=self.made.people[row.get("by")],
            **schema.CHECK_INS.fields(row),
        )

    def shared(self, row, section):
        people = self.made.people
        return {"reader": people[row.get("reader")], "approved_by": people[row.get("approved_by")], **section.fields(row)}

    def by_people(self, row, name, model, section, **of):
        return [model(person=self.made.people[one["person"]], **of, **section.fields(one)) for one in row.get(name, [])]

    def write(self):
        _write(Reflection, self.reflections, stamp="created_at")
        for model, rows in [
            (Takeaway, self.takeaways),
            (Takeaway.source_partners.through, self.sources),
            (FollowUp, self.follow_ups),
            (Confirmation, self.confirmations),
            (Carrier, self.carriers),
            (Artefact, self.artefacts),
        ]:
            model.objects.bulk_create(rows)
        _write(KeepMark, self.keep_marks, stamp="at")
        _write(Reply, self.replies, stamp="created_at")


def _write(model, rows, *, stamp):
    """Rows whose `stamp` the model sets itself when they are made; afterwards it is as the file says."""
    said = [getattr(row, stamp) for row in rows]
    model.objects.bulk_create(rows)
    for row, instant in zip(rows, said, strict=True):
        setattr(row, stamp, instant)
    model.objects.bulk_update(rows, [stamp])


def _id(row):
    return {"id": row["id"]} if row.get("id") else {}
