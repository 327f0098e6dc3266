"""What one is asked, and how one says later, not this, fewer, stop: each in two taps, a link in the mail and a button, without signing in.

Nothing here is for ever: each page that has done something offers to take it back.
"""

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from iimprove.clock import today
from learning.actions.asked import (
    A_PHASE,
    answer_pause,
    ask_after_all,
    decline,
    later_days,
    no_more_mails,
    open_wanted,
    phase,
    prefer,
    snooze,
    switch_on,
    unsnooze,
)
from learning.actions.unsubscribing import get_mails
from learning.forms.asked import AskedForm
from learning.models import Pause, Prompt
from learning.views.prompt_link import of_link, of_prompt, unreferred
from partners.guards import own_view, public_view
from partners.models import Person

UNDO_SALT, UNDO_SECONDS = "learning.undo", 24 * 3600
PAUSE_COOKIE, PAUSE_SECONDS = "pause", 3600


# By the link in a mail


@of_prompt
def answer_later(request, prompt):
    now, refused = timezone.now(), ""
    choices = _later_choices(prompt, now)
    if request.method == "POST":
        days = next((days for days, _words in choices if str(days) == request.POST.get("days")), choices[0][0] if choices else 0)
        try:
            after = snooze(prompt, days, by=prompt.person, now=now)
        except PermissionDenied as error:
            refused = str(error)
        else:
            undo = {"put_off_to": after.due_at.isoformat(), "due_at": prompt.due_at.isoformat(), "closes_at": prompt.closes_at.isoformat()}
            return _done(request, prompt, _("You will be asked again later. The link works until then, too."), undo, on=after.due_at)
    return render(request, "learning/answer_later.html", {"prompt": prompt, "choices": choices, "refused": refused})


@of_prompt
def answer_decline(request, prompt):
    if request.method == "POST":
        decline(prompt, by=prompt.person)
        return _done(request, prompt, _("You will not be asked about this again. If you change your mind, the link still works."), {"declined": True})
    return render(request, "learning/answer_decline.html", {"prompt": prompt})


@of_link
def answer_fewer(request, prompt):
    if request.method == "POST":
        undo = {"preference": prompt.person.mail_preference}
        prefer(Person.MailPreference.FEWER, by=prompt.person)
        return _done(request, prompt, _("From now on you are asked only after three and after twelve months."), undo)
    return render(request, "learning/answer_fewer.html", {"prompt": prompt})


@of_link
def answer_stop(request, prompt):
    if request.method == "POST":
        undo = {"preference": prompt.person.mail_preference}
        no_more_mails(by=prompt.person)
        return _done(request, prompt, _("You will get no questions by mail any more. You can switch them on again in your settings."), undo)
    return render(request, "learning/answer_stop.html", {"prompt": prompt})


@of_link
def answer_settings(request, prompt):
    """All of it on one page, for whoever holds the link; of other questions it says nothing."""
    return render(request, "learning/answer_settings.html", {"prompt": prompt, "later": later_days(prompt, timezone.now())})


@of_link
@require_POST
def answer_undo(request, prompt):
    """Takes back what the signed words say was done; what came after it stays."""
    try:
        done = signing.loads(request.POST.get("done", ""), salt=f"{UNDO_SALT}.{prompt.pk}", max_age=UNDO_SECONDS)
    except signing.BadSignature:
        raise PermissionDenied(_("This cannot be taken back here any more. Your settings say how you are asked.")) from None
    if "preference" in done:
        prefer(done["preference"], by=prompt.person)
    elif "declined" in done:
        ask_after_all(prompt, by=prompt.person)
    else:
        unsnooze(prompt, by=prompt.person, **{name: parse_datetime(instant) for name, instant in done.items()})
    return render(request, "learning/answer_done.html", {"prompt": prompt, "words": _("Taken back: you are asked as before.")})


def _later_choices(prompt, now):
    """(days, words) of what can be chosen."""
    until = phase(prompt.person, now)
    words = {until: _("After the visit I am at"), A_PHASE: _("After this phase, in a month"), 3: _("In three days"), 14: _("In two weeks")}
    return [(days, words[days]) for days in later_days(prompt, now)]


def _done(request, prompt, words, undo, on=None):
    signed = signing.dumps(undo, salt=f"{UNDO_SALT}.{prompt.pk}")
    return render(request, "learning/answer_done.html", {"prompt": prompt, "words": words, "undo": signed, "on": on})


# "More, less, stop?"


@public_view
def pause(request, pause_token):
    """The address in the mail. It only puts the token into a cookie, so that it leaves the address."""
    response = redirect("learning:pause_answer")
    response.set_cookie(
        PAUSE_COOKIE,
        pause_token,
        max_age=PAUSE_SECONDS,
        path="/pause/",
        httponly=True,
        secure=settings.USES_HTTPS,
        samesite="Lax",
    )
    return unreferred(response, "no-referrer")


@public_view
def pause_answer(request):
    """One question, three buttons, for whoever followed the link; pressed again, the last word counts."""
    rows = Pause.objects.from_token(request.COOKIES.get(PAUSE_COOKIE, "")).filter(person__is_active=True)
    if (asked := rows.select_related("person").first()) is None:
        return unreferred(render(request, "learning/pause_no_link.html", status=404))
    with translation.override(asked.person.language):
        said = request.POST.get("said", "")
        if request.method == "POST" and said in (Pause.Said.MORE, Pause.Said.LESS, Pause.Said.STOP):
            answer_pause(asked, said, now=timezone.now())
        return unreferred(render(request, "learning/pause_answer.html", {"pause": asked}))


# Signed in


@own_view
def my_questions(request):
    now, me = timezone.now(), Person.objects.get(pk=request.user.pk)  # a copy: what is typed wrong must not change the page's head
    form = AskedForm(request.POST or None, instance=me)
    if form.is_valid():
        open_wanted(by=form.save())
        get_mails(form.cleaned_data["mails"], by=me)
        messages.success(request, _("Saved."))
        return redirect("learning:my_questions")
    asked = Prompt.objects.open().filter(person=me, outcome="", closes_at__gt=now)
    asked = asked.select_related("activity__project", "moment", "project", "follow_up__takeaway__reflection__author")
    context = {
        "form": form,
        "waiting": asked.filter(due_at__lte=now),
        "coming": asked.filter(due_at__gt=now),
        "off": me.switchedoffs.select_related("activity__project", "moment", "project").order_by("-since"),
        "pause": me.pauses.filter(ended_at=None).first(),
        "absences": me.absences.filter(ends_on__gte=today()).count(),
    }
    return render(request, "learning/my_questions.html", context)


@own_view
@require_POST
def my_questions_again(request):
    """One occasion that was switched off is asked about again."""
    pk = request.POST.get("off", "")
    switch_on(get_object_or_404(request.user.switchedoffs, pk=pk if pk.isdecimal() else 0))
    messages.success(request, _("You are asked about it again."))
    return redirect("learning:my_questions")
