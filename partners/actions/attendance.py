"""Who was there, and how many others. Every change leaves an event."""

from django.db import transaction

from partners.models import Attendance, Event
from partners.models.event import record


@transaction.atomic
def record_attendance(activity, rows, *, by):
    """`rows`: (person, partner or None, state) each; an empty state takes the person off the list. Only what differs is written."""
    present = {row.person_id: row for row in activity.attendances.select_related("partner")}
    for person, partner, state in rows:
        row = present.get(person.pk)
        before = row.state if row else ""
        if before == state and (row is None or row.partner == partner):
            continue
        if state:
            activity.attendances.update_or_create(person=person, defaults={"partner": partner, "state": state, "recorded_by": by})
        else:
            row.delete()
        record(
            Event.Verb.ATTENDANCE_RECORDED,
            by=by,
            project=activity.project,
            activity=activity,
            partner=partner,
            person=person,
            details={"before": before, "after": state},
        )


def say_i_was_there(activity, *, by, partner):
    """Of oneself, for the partner one came for, or none. It stays what it is if it was recorded already."""
    row = activity.attendances.filter(person=by).first()
    record_attendance(activity, [(by, row.partner if row else partner, Attendance.State.ATTENDED)], by=by)


def say_i_was_not_there(activity, *, by):
    """Takes the own word back; what somebody else recorded becomes "was not there"."""
    if row := activity.attendances.filter(person=by).first():
        record_attendance(activity, [(by, row.partner, "" if row.recorded_by == by else Attendance.State.ABSENT)], by=by)


@transaction.atomic
def record_headcounts(activity, formset, *, by):
    """Save the rows of `formset`, a formset of Headcount for this activity."""
    formset.save()
    record(Event.Verb.HEADCOUNT_RECORDED, by=by, project=activity.project, activity=activity)
