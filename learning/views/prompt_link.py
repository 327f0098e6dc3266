"""Who holds the link of a prompt, and what the browser remembers of it. DESIGN §4, RELIABILITY §2 rules 22 to 25.

Reading changes nothing, however often. The token leaves the address at once, into a cookie that only the pages of this question get.
"""

import uuid
from functools import wraps

from django.conf import settings
from django.core import signing
from django.shortcuts import render
from django.utils import timezone, translation

from learning import policies
from learning.actions.follow_ups import is_sent
from learning.models import Prompt
from partners.guards import public_view

COOKIE, SALT = "answer", "learning.answer"
LEAST_SECONDS = 600  # also of a question that is closed: its page says so
ABOUT = ("person", "activity__project", "moment__project", "project", "follow_up__takeaway__reflection__project")


def of_prompt(view, *, even_closed=False):
    """Open a view of one prompt to whoever holds its link, and to the person it was for; in the language of that person."""

    @wraps(view)
    def wrapper(request, prompt):
        found = _asked(request, prompt)
        if found is None:
            return no_link(request, prompt)
        with translation.override(found.person.language):
            if not even_closed and not policies.can_answer(found, by=found.person):
                return unreferred(render(request, "learning/answer_closed.html", {"prompt": found}, status=410))
            return unreferred(view(request, found))

    return public_view(wrapper)


def of_link(view):
    """As of_prompt, also when the question is closed: old mails can be stopped, too."""
    return of_prompt(view, even_closed=True)


def key_of(request, prompt):
    """The key under which this browser answers; None before its button was pressed."""
    said = _cookie(request)
    return uuid_of(said.get("key", "")) if said.get("token") == prompt.token else None


def next_key(request, prompt):
    """Another answer gets another key; one that is not sent yet goes on under its own. Signed in, a draft is there in any browser."""
    if request.user == prompt.person:
        draft = prompt.person.reflections.drafts().filter(prompt=prompt).order_by("-created_at").first()
        if draft:
            return draft.client_key
    key = key_of(request, prompt)
    return uuid.uuid4() if key is None or is_sent(prompt, key) else key


def with_cookie(response, prompt, key):
    said = {"token": prompt.token} | ({"key": str(key)} if key else {})
    seconds = max(LEAST_SECONDS, int((prompt.closes_at - timezone.now()).total_seconds()))
    response.set_cookie(
        COOKIE,
        signing.dumps(said, salt=SALT),
        max_age=seconds,
        path=f"/answer/{prompt.pk}/",
        httponly=True,
        secure=settings.USES_HTTPS,
        samesite="Lax",
    )
    return unreferred(response, "no-referrer")


def no_link(request, pk):
    """Expired, mangled or somebody else's: the same page for all, which knows nothing but the address it was asked at."""
    return unreferred(render(request, "learning/answer_no_link.html", {"pk": pk}, status=404))


def unreferred(response, policy="strict-origin"):
    """No address goes on. Not "no-referrer" where there is a form: browsers then hide its origin too, and the form is refused."""
    response["Referrer-Policy"] = policy
    response["Cache-Control"] = "no-store"
    return response


def uuid_of(text):
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return None


def _asked(request, pk):
    """The prompt, to whoever holds its link, or is signed in as the person it was for."""
    prompt = Prompt.objects.from_token(_cookie(request).get("token", "")).filter(pk=pk)
    if request.user.is_authenticated:
        prompt = prompt | Prompt.objects.filter(pk=pk, person=request.user)
    return prompt.select_related(*ABOUT).first()


def _cookie(request):
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
    except signing.BadSignature:
        return {}
