"""Which mails, other than questions, somebody gets."""

from django.db import transaction

from learning.actions.asked import no_more_mails
from learning.models import Unsubscription
from learning.models.unsubscription import QUESTIONS


def unsubscribe(kind, *, by):
    """No more mails of this kind; pressed again it changes nothing."""
    if kind == QUESTIONS:
        no_more_mails(by=by)
    else:
        Unsubscription.objects.get_or_create(person=by, kind=kind)


@transaction.atomic
def get_mails(kinds, *, by):
    """Of these kinds, and of no others."""
    by.unsubscriptions.filter(kind__in=kinds).delete()
    others = set(Unsubscription.Kind.values) - set(kinds)
    Unsubscription.objects.bulk_create([Unsubscription(person=by, kind=kind) for kind in others], ignore_conflicts=True)
