"""The mails of this app: for each, one function that queues it and one that says it when it is sent."""

import datetime
import zoneinfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from iimprove import mail
from partners.models import Event
from partners.models.event import record


def invitation(invitation):
    """Queued with the caller's transaction; not sent if accepted or withdrawn meanwhile, or sent again since."""
    mail.queue("invitation", to=invitation.email, language=invitation.language, about=invitation, facts={"nonce": invitation.nonce})


def cancel_invitation(invitation):
    """What has not left yet stays here."""
    mail.Mail.objects.filter(message="invitation", about_id=str(invitation.pk)).cancel("withdrawn")


def invitation_bounced(invitation):
    """Its recipient's server refused the address: shown to who invited, with what to do."""
    invitation.bounced_at = timezone.now()
    invitation.save(update_fields=["bounced_at"])
    record(Event.Verb.INVITATION_BOUNCED, by=None, partner=invitation.partner, project=invitation.project)


@mail.message("invitation", refused=invitation_bounced, by_hand=True)
def invitation_now(invitation, facts):
    if invitation is None or not invitation.is_open or invitation.nonce != facts["nonce"]:
        raise mail.NoLongerWanted("accepted, withdrawn, expired or sent again")
    return {"invitation": invitation, "url": settings.SITE_URL + reverse("partners:invitation_accept", args=[invitation.token])}


NOTICES = (
    "email_changed",
    "email_deleted",
    "password_changed",
    "password_reset",
    "password_set",
    "recovery_codes_generated",
    "second_factor_reset",
    "totp_activated",
    "totp_deactivated",
    "webauthn_added",
    "webauthn_removed",
)


def account_notice(person, notice, *, to=None, **facts):
    """News about one's own account (one of NOTICES), so that nobody is surprised. Goes to an address that was left behind, too."""
    facts |= {"at": timezone.now().isoformat()}
    mail.queue(f"account/{notice}", to=to or person.email, language=person.language, about=person, facts=facts)


def account_notice_now(person, facts):
    if person is None:
        raise mail.NoLongerWanted("the account is gone")
    zone = zoneinfo.ZoneInfo(person.time_zone) if person.time_zone else timezone.get_default_timezone()
    at = timezone.localtime(datetime.datetime.fromisoformat(facts["at"]), zone)
    return facts | {"person": person, "at": at, "url": settings.SITE_URL + reverse("partners:my_security")}


for notice in NOTICES:
    mail.message(f"account/{notice}")(account_notice_now)
