"""Who looks after other people's data needs a second factor."""

from allauth.mfa.models import Authenticator
from django.conf import settings

from partners.accounts.confirmation import STRONG
from partners.models import Places

DEMO = "demo"  # in the session of who came by the local one-click sign-in
WAITING = "after_second_factor"  # in the session: the page that was asked for before


def is_missing(person):
    """Partner admins, coordinators and platform admins need one; true if this one has none. Asked before each page."""
    return _is_in_charge(person) and not Authenticator.objects.filter(user=person, type__in=STRONG).exists()


def _is_in_charge(person):
    places = Places.of(person)
    return person.is_staff or person.is_superuser or bool(places.admin_of or places.coordinates)


def is_missing_in(request):
    """As `is_missing`, but invented people who came by the local one-click sign-in are let through."""
    if settings.LOCAL and request.user.is_sample and request.session.get(DEMO):
        return False
    return is_missing(request.user)
