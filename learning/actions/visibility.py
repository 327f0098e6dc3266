"""Who may read, changed: by the author at any time, narrowed by a moderator, checked before it is public. Each change leaves a row."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning import policies
from learning.models import FollowUp, Reflection, Takeaway, Visibility, VisibilityChange
from learning.models.visibility import WIDTH

COLUMNS = {Reflection: "reflection", Takeaway: "takeaway", FollowUp: "follow_up"}


@transaction.atomic
def set_visibility(thing, level, *, by, reader=None):
    """Let others read `thing` up to `level`, from this moment; what is public waits for the organisation's check.

    Raises PermissionDenied unless `can_set_visibility`. What became of a thing never stays wider than the thing.
    """
    thing = _locked(thing)
    if not policies.can_set_visibility(thing, level, by=by, reader=reader):
        raise PermissionDenied(_("You cannot change who may read this in that way."))
    if (thing.visibility, thing.reader) == (level, reader):
        return thing
    before, kind = thing.visibility, VisibilityChange.Kind.SET if thing.told.author_id == by.pk else VisibilityChange.Kind.MODERATED
    _write(thing, level, reader)
    keep_visibility(thing, before=before, by=by, kind=kind)
    if isinstance(thing, Takeaway):
        _narrow_follow_ups(thing, by, kind)
    return thing


@transaction.atomic
def approve_public(thing, *, by):
    """From now on anybody on the internet may read it."""
    thing = _locked(thing)
    if not policies.can_approve_public(thing, by=by):
        raise PermissionDenied(_("There is nothing to check here."))
    thing.approved_at, thing.approved_by = timezone.now(), by
    thing.save(update_fields=["approved_at", "approved_by"])
    keep_visibility(thing, before=Visibility.PUBLIC, by=by, kind=VisibilityChange.Kind.APPROVED)
    return thing


@transaction.atomic
def decline_public(thing, *, by):
    """It stays with all partners."""
    thing = _locked(thing)
    if not policies.can_decline_public(thing, by=by):
        raise PermissionDenied(_("There is nothing to check here."))
    _write(thing, Visibility.PARTNERSHIP, None)
    keep_visibility(thing, before=Visibility.PUBLIC, by=by, kind=VisibilityChange.Kind.DECLINED)
    if isinstance(thing, Takeaway):
        _narrow_follow_ups(thing, by, VisibilityChange.Kind.DECLINED)
    return thing


def ask_again(thing, *, by):
    """Its text changed: what was checked is checked again, in the caller's transaction."""
    if thing.approved_at:
        thing.approved_at = thing.approved_by = None
        thing.save(update_fields=["approved_at", "approved_by"])
        keep_visibility(thing, before=Visibility.PUBLIC, by=by, kind=VisibilityChange.Kind.REVISED)


def keep_visibility(thing, *, before, by, kind=VisibilityChange.Kind.SET):
    """Leave a row, in the caller's transaction; a thing that was and stays its author's alone leaves none."""
    if before == thing.visibility == Visibility.ONLY_ME:
        return
    about = {COLUMNS[type(thing)]: thing}
    VisibilityChange.objects.create(kind=kind, before=before, after=thing.visibility, reader=thing.reader, by=by, **about)


def _locked(thing):
    """The row as it stands, so that two changes at once follow one another."""
    rows = type(thing).objects.select_for_update(of=["self"])
    related = {Takeaway: "reflection", FollowUp: "takeaway__reflection"}.get(type(thing))
    return (rows.select_related(related) if related else rows).get(pk=thing.pk)


def _write(thing, level, reader):
    thing.visibility, thing.reader, thing.approved_at, thing.approved_by = level, reader, None, None
    thing.save(update_fields=["visibility", "reader", "approved_at", "approved_by"])


def _narrow_follow_ups(takeaway, by, kind):
    for follow_up in takeaway.follow_ups.select_for_update():
        wider = WIDTH[follow_up.visibility] > WIDTH[takeaway.visibility]
        somebody_else = follow_up.visibility == takeaway.visibility == Visibility.PERSON and follow_up.reader_id != takeaway.reader_id
        if wider or somebody_else:
            before = follow_up.visibility
            _write(follow_up, Visibility.ONLY_ME if somebody_else else takeaway.visibility, None if somebody_else else takeaway.reader)
            keep_visibility(follow_up, before=before, by=by, kind=kind)
