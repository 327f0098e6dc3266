"""The link of a prompt: answered without signing in. DESIGN §4.

Whoever holds the link sees the own titles it asks about, and after answering what that person may read of that visit.
"""

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import date as in_words
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from learning import about, emails
from learning.actions.follow_ups import is_sent
from learning.actions.notes import save_draft
from learning.dots import with_dots
from learning.instrument import FORMS, minutes
from learning.models import Prompt, Takeaway
from learning.signing import with_names
from learning.views.answer_pages import OWN, answer_page, own_notes, place_of
from learning.views.prompt_link import key_of, next_key, no_link, of_prompt, unreferred, uuid_of, with_cookie
from partners.guards import public_view
from partners.models import Places

NOT_TYPED = ("csrfmiddlewaretoken", "client_key")
CARDS = 40  # of others that are shown
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
        return no_link(request, uuid_of(prompt_token.partition(".")[0]))
    return with_cookie(redirect(f"learning:{INSTEAD.get(instead, 'answer_begin')}", prompt.pk), prompt, key_of(request, prompt))


@of_prompt
def answer_begin(request, prompt):
    """One button. A mail scanner that presses it has changed nothing either."""
    if request.method == "POST":
        return with_cookie(redirect("learning:answer_form", prompt.pk), prompt, next_key(request, prompt))
    context = {
        "prompt": prompt,
        "person": prompt.person,
        "organisation": place_of(prompt).partner_then,
        "minutes": minutes(FORMS[prompt.form], things=_count(prompt)),
    }
    return render(request, "learning/answer_begin.html", context)


@of_prompt
def answer_form(request, prompt):
    if (key := key_of(request, prompt)) is None:
        return redirect("learning:answer_begin", prompt.pk)
    if request.method != "POST" and is_sent(prompt, key):
        return redirect("learning:answer_thanks", prompt.pk)
    return answer_page(request, prompt, key)


@of_prompt
@require_POST
def answer_draft(request, prompt):
    """What is typed so far, for the browser that holds the key, and for the person once signed in. What comes late, after sending, is let go."""
    if (key := key_of(request, prompt)) is None:
        raise PermissionDenied
    typed = {name: values for name, values in request.POST.lists() if name not in NOT_TYPED and any(values)}
    if not is_sent(prompt, key):
        save_draft(by=prompt.person, client_key=key, data=typed, activity=prompt.activity, project=about.project_of(prompt), prompt=prompt)
    return JsonResponse({"words": _("Saved %(time)s") % {"time": in_words(timezone.localtime(), "H:i")}})


@of_prompt
def answer_thanks(request, prompt):
    """The reward comes at once: the own things with what became of them, and what the others took from the same visit, as far as this person
    may read it."""
    key = key_of(request, prompt)
    if prompt.outcome != Prompt.Outcome.ANSWERED or key is None:
        return redirect("learning:answer_begin", prompt.pk)
    cards = _cards(prompt) if prompt.activity else Takeaway.objects.none()
    own = about.things_of(prompt)[:OWN] if prompt.wave and prompt.form != Prompt.Form.AFTER else []
    Places.keep(prompt.person)
    context = {
        "prompt": prompt,
        "key": key,
        "cards": with_names(cards[:CARDS], prompt.person),
        "count": cards.count(),
        "own": with_dots(own, prompt.person),
    }
    return render(request, "learning/answer_thanks.html", context)


@public_view
@require_POST
def answer_again(request, prompt):
    """A new link goes to the address the question went to; whether there is such a question is not said."""
    if found := Prompt.objects.filter(pk=prompt).select_related("person").first():
        emails.new_link(found)
    return unreferred(render(request, "learning/answer_mailed.html"))


def _cards(prompt):
    cards = Takeaway.objects.visible_to(prompt.person).submitted().filter(reflection__activity=prompt.activity)
    return cards.exclude(reflection__author=prompt.person).select_related("reflection__author", "reflection__partner_then").latest_first()


def _count(prompt):
    """How many own things its form lists."""
    if prompt.form == Prompt.Form.AFTER:
        return len(own_notes(prompt))
    return min(about.things_of(prompt).count(), about.most_things(prompt)) if prompt.wave else 0
