"""Who looks after other people's data needs a second factor."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from partners.accounts.confirmation import STRONG
from partners.models import Membership, Person, ProjectRole

DEMO = "demo"  # in the session of who came by the local one-click sign-in
WAITING = "after_second_factor"  # in the session: the page that was asked for before


def is_missing(person):
    """Partner admins, coordinators and platform admins need one; true if this one has none. One query."""
    here = {"person": OuterRef("pk")}
    admin = Membership.objects.current().filter(role=Membership.Role.ADMIN, **here)
    coordinator = ProjectRole.objects.current().filter(role=ProjectRole.Role.COORDINATOR, **here)
    has_one = Authenticator.objects.filter(user=OuterRef("pk"), type__in=STRONG)
    in_charge = Q(is_staff=True) | Q(is_superuser=True) | Exists(admin) | Exists(coordinator)
    return Person.objects.filter(in_charge & ~Exists(has_one), pk=person.pk).exists()


def is_missing_in(request):
    """As `is_missing`, but invented people who came by the local one-click sign-in are let through."""
    if settings.LOCAL and request.user.is_sample and request.session.get(DEMO):
        return False
    return is_missing(request.user)
