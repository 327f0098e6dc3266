"""What the mail provider reports about mails it took, by webhook: bounces and complaints. With plain SMTP there is none."""

import uuid
from contextlib import suppress

from anymail.signals import EventType, RejectReason, tracking
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.dispatch import receiver
from django.urls import include, path

from iimprove import bounces
from iimprove.mail.row import Mail
from iimprove.mail.sending import undeliverable

UNDELIVERED = {EventType.BOUNCED, EventType.REJECTED}
NO_SUCH_ADDRESS = {RejectReason.INVALID, RejectReason.BOUNCED}
ON_THE_PROVIDERS_LIST = {RejectReason.SPAM, RejectReason.UNSUBSCRIBED}


def webhooks(provider, secrets):
    """The one address at which `provider` reports; none unless it must give a secret."""
    if not secrets:
        return []
    from anymail import urls  # of all providers, with all they need: nothing for a site that sends by SMTP

    reports = [pattern for pattern in urls.urlpatterns if pattern.name == f"{provider}_tracking_webhook"]
    return [path("anymail/", include((reports, "anymail")))] if reports else []


@receiver(tracking)
def reported(event, esp_name, **kwargs):
    if event.event_type not in {*UNDELIVERED, EventType.COMPLAINED} or not event.recipient:
        return
    said = event.mta_response or event.description or event.reject_reason or ""
    event_id = event.event_id or f"{event.message_id}/{event.event_type}/{event.recipient}"
    with transaction.atomic():
        is_new = bounces.record(
            event.recipient,
            event_id=f"{esp_name}/{event_id}"[:200],
            is_permanent=stops_address(event),
            words=f"{event.event_type}: {said}",
            at=event.timestamp,
        )
        if is_new and event.event_type in UNDELIVERED:
            for mail in _mails_of(event):
                undeliverable(mail, Mail.objects.filter(pk=mail.pk, state=Mail.State.SENT), f"{event.event_type}: {said}")


def stops_address(event):
    """Nobody there, a complaint, or an address the provider itself writes to no more; not what was blocked or took too long."""
    is_listed = event.event_type == EventType.REJECTED and event.reject_reason in ON_THE_PROVIDERS_LIST
    return event.event_type == EventType.COMPLAINED or event.reject_reason in NO_SUCH_ADDRESS or is_listed


def _mails_of(event):
    """The mail that the event is about, by the provider's name for it or by our Message-ID."""
    known_as = str(event.message_id or "")
    if not known_as:
        return Mail.objects.none()
    is_it = Q(provider_id=known_as)
    with suppress(ValueError):
        is_it |= Q(pk=uuid.UUID(known_as.strip("<>").removesuffix(f"@{settings.SITE_HOST}")))
    return Mail.objects.filter(is_it, to__in={event.recipient, event.recipient.lower()})
