"""What others do with a shared card: take it too, answer it."""

import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from learning import emails, policies
from learning.actions.deletion import undo_delete
from learning.actions.notes import Thing, note
from learning.models import Reply, Takeaway
from partners.models import Membership


@transaction.atomic
def take_too(takeaway, *, by, will_use=None):
    """An own takeaway, linked to a colleague's; tapped twice it is one, and one taken back it is there again.

    The colleague's words are not copied: they are shown as long as the taker may read them, and gone when they are withdrawn.
    """
    if not policies.can_take_too(takeaway, by=by):
        raise PermissionDenied(_("You cannot take this."))
    told = takeaway.reflection
    is_inside = told.project is not None and policies.can_note(told.project, by=by)
    source = (told.partner_then,) if told.partner_then and not _is_colleague(told, by) else ()
    thing = Thing(kinds=tuple(takeaway.kinds), is_doubt=takeaway.is_doubt, will_use=will_use, source_partners=source, taken_from=takeaway)
    reflection = note(
        by=by,
        client_key=uuid.uuid5(takeaway.pk, str(by.pk)),
        activity=told.activity if is_inside else None,
        project=told.project if is_inside else None,
        things=[thing],
    )
    if reflection.deleted_at:
        undo_delete(reflection, by=by)
    return reflection.takeaways.get()


def _is_colleague(told, person):
    """Does `person` work where the author worked when it was written?"""
    return Membership.objects.current().filter(person=person, partner=told.partner_then_id).exists()


@transaction.atomic
def reply(takeaway, *, by, text, client_key, language=None):
    """Answer a shared card; its author and who else wrote in this dialogue are told. Sent twice it is one answer."""
    takeaway = Takeaway.objects.select_related("reflection__author").get(pk=takeaway.pk)
    if not policies.can_reply(takeaway, by=by):
        raise PermissionDenied(_("You cannot answer this."))
    new = Reply(takeaway=takeaway, author=by, client_key=client_key, text=text.strip(), language=language or by.language)
    new.clean_fields()
    Reply.objects.bulk_create([new], ignore_conflicts=True)
    kept = Reply.objects.get(author=by, client_key=client_key)
    if kept.pk == new.pk:
        for person in _others(takeaway, by):
            emails.reply(kept, person)
    return kept


def _others(takeaway, by):
    people = {row.author for row in takeaway.replies.filter(deleted_at=None).select_related("author")}
    people |= {takeaway.reflection.author} - {None}
    return people - {by}
