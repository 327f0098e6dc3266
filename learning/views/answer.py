"""The link of a prompt: answered without signing in. DESIGN §4, RELIABILITY §2 rules 22 to 25.

Reading changes nothing, however often. The token leaves the address at once, into a cookie that only the pages of this question get.
Whoever holds the link sees the own titles it asks about, and after answering what that person may read of that visit.
"""

import uuid
from functools import wraps

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import date as in_words
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from learning import emails, policies
from learning.actions.asked import no_more_mails
from learning.actions.consent import accept_notice
from learning.actions.notes import answer_prompt, save_draft, works_for
from learning.defaults import DEFAULTS
from learning.forms.answer import AnswerForm
from learning.instrument import FORMS, minutes
from learning.models import Prompt, Reflection, Takeaway
from partners.guards import public_view

COOKIE, SALT = "answer", "learning.answer"
NOT_TYPED = ("csrfmiddlewaretoken", "client_key")
OWN, CARDS = 12, 40  # own notes that can be ticked, cards of others that are shown
LEAST_SECONDS = 600  # also of a question that is closed: its page says so
INSTEAD = {
    "later": "answer_later",
    "not-relevant": "answer_decline",
    "fewer": "answer_fewer",
    "stop": "answer_stop",
    "settings": "answer_settings",
}


@public_view
def answer(request, prompt_token, instead=""):
    """The address in the mail. It only puts the token into the cookie."""
    prompt = Prompt.objects.from_token(prompt_token).select_related("person", "activity__project").first()
    if prompt is None or (instead and instead not in INSTEAD):
        return _no_link(request, _uuid(prompt_token.partition(".")[0]))
    return _with_cookie(redirect(f"learning:{INSTEAD.get(instead, 'answer_begin')}", prompt.pk), prompt, _key(request, prompt))


@csrf_exempt
@public_view
@require_POST
def answer_unsubscribe(request, prompt_token):
    """RFC 8058: the mail program's own button. No cookie, no question asked; questions can be switched on again in the settings."""
    if prompt := Prompt.objects.from_token(prompt_token).select_related("person").first():
        no_more_mails(by=prompt.person)
    return JsonResponse({})


def of_prompt(view, *, even_closed=False):
    """Open a view of one prompt to whoever holds its link, and to the person it was for; in the language of that person."""

    @wraps(view)
    def wrapper(request, prompt):
        found = _asked(request, prompt)
        if found is None:
            return _no_link(request, prompt)
        with translation.override(found.person.language):
            if not even_closed and not policies.can_answer(found, by=found.person):
                return _unreferred(render(request, "learning/answer_closed.html", {"prompt": found}, status=410))
            return _unreferred(view(request, found))

    return public_view(wrapper)


def of_link(view):
    """As of_prompt, also when the question is closed: old mails can be stopped, too."""
    return of_prompt(view, even_closed=True)


@of_prompt
def answer_begin(request, prompt):
    """One button. A mail scanner that presses it has changed nothing either."""
    if request.method == "POST":
        draft = _own_draft(request, prompt)
        key = draft.client_key if draft else _fresh(prompt, _key(request, prompt))
        return _with_cookie(redirect("learning:answer_form", prompt.pk), prompt, key)
    context = {
        "prompt": prompt,
        "person": prompt.person,
        "organisation": works_for(prompt.person, prompt.activity),
        "minutes": minutes(FORMS[prompt.form], things=len(_own(prompt))),
    }
    return render(request, "learning/answer_begin.html", context)


@of_prompt
def answer_form(request, prompt):
    key = _key(request, prompt)
    if key is None:
        return redirect("learning:answer_begin", prompt.pk)
    place = Reflection(author=prompt.person, activity=prompt.activity, project=prompt.activity.project)
    place.partner_then = works_for(prompt.person, prompt.activity)
    kept = prompt.person.reflections.filter(client_key=key).first()
    if request.method != "POST" and kept and kept.submitted_at:
        return redirect("learning:answer_thanks", prompt.pk)
    form = AnswerForm(request.POST or None, prompt=prompt, reflection=place, own=_own(prompt), initial=_typed_before(kept))
    if form.is_valid() and _keep(form, prompt, key):
        return redirect("learning:answer_thanks", prompt.pk)
    context = {"prompt": prompt, "form": form, "key": key, "restored": bool(kept and kept.draft), "organisation": place.partner_then}
    return render(request, "learning/answer_form.html", context)


@of_prompt
@require_POST
def answer_draft(request, prompt):
    """What is typed so far, for the browser that holds the key, and for the person once signed in."""
    if (key := _key(request, prompt)) is None:
        raise PermissionDenied
    typed = {name: values for name, values in request.POST.lists() if name not in NOT_TYPED and any(values)}
    save_draft(by=prompt.person, client_key=key, data=typed, activity=prompt.activity, prompt=prompt)
    return JsonResponse({"words": _("Saved %(time)s") % {"time": in_words(timezone.localtime(), "H:i")}})


@of_prompt
def answer_thanks(request, prompt):
    """The reward comes at once: what the others took from the same visit, as far as this person may read it."""
    if prompt.outcome != Prompt.Outcome.ANSWERED or _key(request, prompt) is None:
        return redirect("learning:answer_begin", prompt.pk)
    cards = Takeaway.objects.visible_to(prompt.person).submitted().filter(reflection__activity=prompt.activity)
    cards = cards.exclude(reflection__author=prompt.person).select_related("reflection__author", "reflection__partner_then").latest_first()
    return render(
        request, "learning/answer_thanks.html", {"prompt": prompt, "cards": cards[:CARDS], "count": cards.count(), "key": _key(request, prompt)}
    )


@public_view
@require_POST
def answer_again(request, prompt):
    """A new link goes to the address the question went to; whether there is such a question is not said."""
    if found := Prompt.objects.filter(pk=prompt).select_related("person").first():
        emails.new_link(found)
    return _unreferred(render(request, "learning/answer_mailed.html"))


# What the cookie says


def _asked(request, pk):
    """The prompt, to whoever holds its link, or is signed in as the person it was for."""
    prompt = Prompt.objects.from_token(_cookie(request).get("token", "")).filter(pk=pk)
    if request.user.is_authenticated:
        prompt = prompt | Prompt.objects.filter(pk=pk, person=request.user)
    return prompt.select_related("person", "activity__project").first()


def _key(request, prompt):
    """The key under which this browser answers; None before its button was pressed."""
    said = _cookie(request)
    return _uuid(said.get("key", "")) if said.get("token") == prompt.token else None


def _cookie(request):
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
    except signing.BadSignature:
        return {}


def _with_cookie(response, prompt, key):
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
    return _unreferred(response, "no-referrer")


def _fresh(prompt, key):
    """Another answer gets another key; one that is not sent yet goes on under its own."""
    if key and not Reflection.objects.filter(author=prompt.person, client_key=key, submitted_at__isnull=False).exists():
        return key
    return uuid.uuid4()


def _own_draft(request, prompt):
    """Signed in, the draft is there in any browser."""
    if request.user != prompt.person:
        return None
    return prompt.person.reflections.drafts().filter(prompt=prompt).order_by("-created_at").first()


# What is shown


def _own(prompt):
    own = Takeaway.objects.submitted().filter(reflection__author=prompt.person, reflection__activity=prompt.activity)
    return list(own.filter(taken_from=None).select_related("reflection").latest_first()[:OWN])


def _typed_before(kept):
    if not kept or not kept.draft:
        return {}
    return {name: values if name.startswith(("kind-", "keep")) and name != "keep_new" else values[0] for name, values in kept.draft.items()}


def _keep(form, prompt, key):
    try:
        with transaction.atomic():
            accept_notice(by=prompt.person, version=DEFAULTS.notice, partner=form.reflection.partner_then)
            return answer_prompt(prompt, by=prompt.person, client_key=key, **form.answer())
    except (PermissionDenied, ValidationError) as error:
        form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        return None


def _no_link(request, pk):
    """Expired, mangled or somebody else's: the same page for all, which knows nothing but the address it was asked at."""
    return _unreferred(render(request, "learning/answer_no_link.html", {"pk": pk}, status=404))


def _unreferred(response, policy="strict-origin"):
    """No address goes on. Not "no-referrer" where there is a form: browsers then hide its origin too, and the form is refused."""
    response["Referrer-Policy"] = policy
    response["Cache-Control"] = "no-store"
    return response


def _uuid(text):
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return None
