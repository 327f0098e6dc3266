"""What allauth changes in an account leaves our event."""

from allauth.account.signals import email_changed
from django.dispatch import receiver

from partners.models import Event
from partners.models.event import record


@receiver(email_changed)
def address_changed(user, **kwargs):
    """Person.email has followed the primary address already; the old one gets a mail (adapters.send_notification_mail)."""
    record(Event.Verb.EMAIL_CHANGED, by=user, person=user)
