"""What allauth changes in an account, and what follows from it here."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import email_changed
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver

from partners.models import Event
from partners.models.event import record


@receiver(email_changed)
def address_changed(user, **kwargs):
    """Person.email has followed the primary address already; the old one gets a mail (adapters.send_notification_mail)."""
    record(Event.Verb.EMAIL_CHANGED, by=user, person=user)


@receiver(authenticator_added)
def second_factor_shown(request, user, authenticator, **kwargs):
    """Who has just set up a second factor has just used it: they are not asked for it again at once."""
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True)
