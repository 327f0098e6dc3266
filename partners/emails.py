"""The mails of this app: for each, one function that queues it and one that says it when it is sent."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from iimprove import mail


def invitation(invitation):
    """Queued with the caller's transaction; not sent if accepted or withdrawn meanwhile, or sent again since."""
    mail.queue("invitation", to=invitation.email, language=invitation.language, about=invitation, facts={"nonce": invitation.nonce})


def invitation_bounced(invitation):
    invitation.bounced_at = timezone.now()
    invitation.save(update_fields=["bounced_at"])


@mail.message("invitation", refused=invitation_bounced)
def invitation_now(invitation, facts):
    if invitation is None or not invitation.is_open or invitation.nonce != facts["nonce"]:
        raise mail.NoLongerWanted("accepted, withdrawn, expired or sent again")
    return {"invitation": invitation, "url": settings.SITE_URL + reverse("partners:invitation_accept", args=[invitation.token])}
