"""Deleted is unreadable at once, can be taken back for some days, and is then gone."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning import policies
from learning.defaults import DEFAULTS
from learning.models import FollowUp, Reflection, Reply, Takeaway

UNDO = timedelta(days=DEFAULTS.undo_days)


def delete(thing, *, by):
    """A Reflection with all its things, or one Takeaway or FollowUp, by its author."""
    _set_deleted(thing, timezone.now(), by)


def undo_delete(thing, *, by):
    """It is again what it was, read by whom it was read. Reached through `deleted_by(person)`; refused once its days are over."""
    if thing.deleted_at is None or thing.deleted_at < timezone.now() - UNDO:
        raise PermissionDenied(_("This cannot be taken back any more."))
    _set_deleted(thing, None, by)


def delete_reply(reply, *, by):
    if reply.author_id != by.pk:
        raise PermissionDenied(_("This is not yours."))
    Reply.objects.filter(pk=reply.pk, deleted_at=None).update(deleted_at=timezone.now())


@transaction.atomic
def purge(now):
    """Remove for good what was deleted before its days of grace; returns how many rows."""
    return sum(model.objects.filter(deleted_at__lt=now - UNDO).delete()[0] for model in (Reply, FollowUp, Takeaway, Reflection))


def _set_deleted(thing, at, by):
    if not policies.can_delete(thing, by=by):
        raise PermissionDenied(_("This is not yours."))
    type(thing).objects.filter(pk=thing.pk).update(deleted_at=at)
    thing.deleted_at = at
