"""Write-ups: written, revised with the old text kept, and let out by the organisation's own admins."""

from django.db import transaction
from django.utils import timezone

from partners import policies
from partners.models import Event, WriteUpRevision
from partners.models.event import record


@transaction.atomic
def write(write_up, *, by):
    write_up.author = by
    write_up.save(force_insert=True)  # the key comes from the form: it must be a new one
    _record(Event.Verb.WRITE_UP_WRITTEN, write_up, by=by)
    return write_up


@transaction.atomic
def revise(write_up, *, before, by):
    """Save a changed write-up and keep the text `before`. What an admin has not read again is no longer public.

    `by`: a ProjectStanding, for whether the reviser may publish.
    """
    if write_up.text != before:
        WriteUpRevision.objects.create(write_up=write_up, text=before, replaced_by=by.person)
        write_up.revised_at = timezone.now()
        if write_up.public_at and not policies.can_publish_write_up(write_up, by=by):
            write_up.public_at = write_up.public_by = None
            _record(Event.Verb.UNPUBLISHED, write_up, by=by.person)
    write_up.save()
    _record(Event.Verb.WRITE_UP_REVISED, write_up, by=by.person)


@transaction.atomic
def publish(write_up, *, by):
    write_up.public_at, write_up.public_by = timezone.now(), by
    write_up.save()
    _record(Event.Verb.PUBLISHED, write_up, by=by)


@transaction.atomic
def unpublish(write_up, *, by):
    write_up.public_at = write_up.public_by = None
    write_up.save()
    _record(Event.Verb.UNPUBLISHED, write_up, by=by)


def _record(verb, write_up, *, by):
    activity = write_up.activity
    record(verb, by=by, project=activity.project, activity=activity, partner=write_up.partner, details={"write_up": str(write_up.pk)})
