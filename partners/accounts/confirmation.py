"""Is it still the same person at the keyboard? Asked before anything that would let somebody else in."""

import time

from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled

STRONG = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def has_second_factor(person):
    return is_mfa_enabled(person, STRONG)


def confirmed_lately(request):
    """Signed in, or confirmed again, within the last minutes; who has a second factor did so with it."""
    since = time.time() - REAUTHENTICATION_TIMEOUT
    fresh = [record for record in get_authentication_records(request, request.user) if record["at"] > since]
    if has_second_factor(request.user):
        return any(record["method"] == "mfa" or record.get("reauthenticated") for record in fresh)
    return bool(fresh)


def can_confirm_by_code(person):
    """An e-mailed code is one factor, so it confirms only accounts that have no second one."""
    return not has_second_factor(person)


def require(request):
    """Before a step that matters: who was not confirmed lately confirms first, and comes back to this very step."""
    if not confirmed_lately(request):
        raise ReauthenticationRequired
