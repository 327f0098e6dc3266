"""The installation's calendar day: whose access has ended must not depend on the reader's time zone."""

from django.utils import timezone


def today():
    """Today in settings.TIME_ZONE, whatever zone the reader has chosen."""
    return timezone.localdate(timezone=timezone.get_default_timezone())
