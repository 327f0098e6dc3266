"""Who belongs where: invitations, memberships, roles. Every change leaves an event."""

from django.db import transaction
from django.utils import timezone

from partners import emails
from partners.models import Event, Invitation
from partners.models.event import record
from partners.models.invitation import new_nonce


@transaction.atomic
def invite(*, partner, email, role, by, **details):
    """Offer `email` a place at `partner`; a pending offer is renewed and sent again, its earlier link stops working.

    `details`: name, language, job_title, expected_end_on.
    """
    invitation, _created = Invitation.objects.pending().update_or_create(
        partner=partner,
        email=email.lower(),
        defaults={"role": role, "sent_by": by, "sent_at": timezone.now(), "nonce": new_nonce(), "bounced_at": None, **details},
    )
    emails.invitation(invitation)
    record(Event.Verb.INVITED, by=by, partner=partner, details={"role": role})
    return invitation
