"""What somebody had typed when their session was over, or the form's token: kept on the server, for them alone, till they are back.

A form that must not be lost carries `{% kept_mark %}`: a signed word that says for whom the page was made. Nothing that lacks it is kept.
"""

from django.conf import settings
from django.core import signing
from django.http import QueryDict
from django.shortcuts import resolve_url
from django.utils.http import urlencode

FIELD = "kept_for"
SESSION_KEY = "kept"
MOST = 200_000  # characters of one form
OLDEST = 7 * 24 * 3600  # seconds since the page was made
signer = signing.TimestampSigner(salt="partners.kept")


def mark(person):
    return signer.sign(str(person.pk))


def keep(request):
    """Put the form aside; returns whether it will be there again."""
    whose = _whose(request.POST.get(FIELD, ""))
    typed = request.POST.urlencode()
    if whose is None or len(typed) > MOST:
        return False
    request.session[SESSION_KEY] = {"whose": whose, "path": request.path, "form": typed}
    return True


def sign_in_and_back(request):
    """The address of the sign-in page that leads back to the form."""
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}"


def take(request):
    """The form that was put aside here by the person who is back, or None. It is given once."""
    found = request.session.get(SESSION_KEY)
    if not found or found["path"] != request.path:
        return None
    del request.session[SESSION_KEY]
    return QueryDict(found["form"]) if found["whose"] == str(request.user.pk) else None


def _whose(signed):
    try:
        return signer.unsign(signed, max_age=OLDEST)
    except signing.BadSignature:
        return None
