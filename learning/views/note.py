"""A note from anywhere in a minute; kept while it is typed, and never lost."""

import uuid

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import date as in_words
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from iimprove.clock import today
from iimprove.written import written_once
from learning import policies
from learning.actions.consent import accept_notice, count_in, leave_out
from learning.actions.notes import note as keep_note
from learning.actions.notes import save_draft
from learning.defaults import DEFAULTS
from learning.forms.note import NoteForm
from learning.instrument.inspirations import inspiration
from learning.models import Reflection, Takeaway
from learning.occasions import About, Occasions, strip
from learning.signing import with_names
from partners import kept
from partners.guards import own_view

NOT_TYPED = ("csrfmiddlewaretoken", "client_key", "notice", kept.FIELD)
YEARS_AGO = (1, 2, 3)
MANY = 12


@own_view
def note(request):
    if request.htmx and "question" in request.GET:
        return render(request, "learning/note.html#inspiration", {"inspiration": inspiration(_number(request.GET["question"]))})
    occasions = Occasions(request.user)
    if request.method == "POST":
        form = _form(request, occasions, request.POST)
        if form.is_valid() and (reflection := _keep(form, request.user)):
            return redirect("learning:note_kept", reflection.pk)
    else:
        form = _begun(request, occasions)
    template = "learning/note.html" + ("#readers" if request.htmx and request.method == "GET" else "")
    return render(
        request,
        template,
        {
            "form": form,
            "inspiration": inspiration(today().toordinal()),
            "strip": strip(request.user, occasions),
            "notice": None if policies.can_submit(by=request.user) else DEFAULTS.notice,
            "organisation": form.reflection.partner_then,
            "project": form.reflection.project,
            "restored_at": getattr(form, "restored_at", None),
            "unfinished": None if form.is_bound or form.initial.get("draft") else _unfinished(request.user),
        },
    )


@own_view
@require_POST
def note_draft(request):
    """What is typed so far. Nothing is checked: a draft is kept as it is, for its author alone."""
    try:
        key = uuid.UUID(request.POST.get("client_key", ""))
    except ValueError as error:
        raise Http404 from error
    about = Occasions(request.user).named(request.POST.get("about")) or About()
    typed = {name: values for name, values in request.POST.lists() if name not in NOT_TYPED and any(values)}
    save_draft(by=request.user, client_key=key, data=typed, activity=about.activity, project=about.project)
    at = in_words(timezone.localtime(), "H:i")
    return JsonResponse({"words": _("Saved %(time)s") % {"time": at}})


@own_view
def note_kept(request, reflection):
    """What was kept, how to take it back, and what others took from the same activity."""
    reflection = get_object_or_404(request.user.reflections.submitted().select_related("activity__project", "project"), pk=reflection)
    return render(
        request,
        "learning/note_kept.html",
        {
            "reflection": reflection,
            "takeaways": reflection.takeaways.filter(deleted_at=None),
            "years_ago": _years_ago(request.user),
            "others": _of_others(request.user, reflection.activity),
        },
    )


def _form(request, occasions, data=None, initial=None):
    value = (data or {}).get("about") if data is not None else (initial or {}).get("about")
    chosen = occasions.named(value) or About()
    return NoteForm(data, by=request.user, chosen=chosen, choices=occasions.choices, initial=initial)


def _begun(request, occasions):
    """The form as it was when the session ended; else the draft in the address; else a new one about what is named there, or what is usual."""
    if typed := kept.take(request):
        form = _form(request, occasions, typed)
        form.restored_at = timezone.now()
        return form
    if request.htmx:
        return _form(request, occasions, initial=_typed(request.GET))
    if draft := _draft(request):
        form = _form(request, occasions, initial=_typed_before(draft))
        form.restored_at = draft.draft and timezone.now()
        return form
    asked = occasions.named(request.GET.get("activity")) if "activity" in request.GET else None
    return _form(request, occasions, initial={"about": (asked or occasions.usual()).value})


def _draft(request):
    try:
        key = uuid.UUID(request.GET.get("draft", ""))
    except ValueError:
        return None
    return request.user.reflections.drafts().filter(client_key=key).first()


def _typed_before(draft):
    return {name: values if name in ("kind-new",) else values[0] for name, values in draft.draft.items()} | {
        "client_key": draft.client_key,
        "draft": True,
    }


def _typed(query):
    return {name: query[name] for name in ("about", "readers", "reader", "counts_when_few") if name in query}


def _unfinished(person):
    """The key of the latest draft that is no answer."""
    return next(iter(_drafts(person.pk)), None)


@written_once
def _drafts(person):
    drafts = Reflection.objects.drafts().filter(author=person, prompt=None).exclude(draft={})
    return drafts.order_by("-created_at").values_list("client_key", flat=True)[:1]


def _keep(form, person):
    """Keep what was agreed to, then the note; None, with the reason in the form, where something changed meanwhile."""
    data, place = form.cleaned_data, form.reflection
    if data.get("notice") == DEFAULTS.notice:
        accept_notice(by=person, version=DEFAULTS.notice, partner=place.partner_then)
    if place.project and data["leave_out"] != form.was_left_out:
        (leave_out if data["leave_out"] else count_in)(place.project, by=person)
    try:
        return keep_note(by=person, client_key=data["client_key"], reworded_is_new=True, **form.answer())
    except (PermissionDenied, ValidationError) as error:
        form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        return None


def _number(text):
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _years_ago(person):
    """Own notes of this day in earlier years."""
    day = today()
    days = [day.replace(year=day.year - years, day=28 if (day.month, day.day) == (2, 29) else day.day) for years in YEARS_AGO]
    return person.reflections.submitted().filter(happened_on__in=days).prefetch_related("takeaways").latest_first()


def _of_others(person, activity):
    """Cards of the same activity that `person` may read."""
    if activity is None:
        return []
    cards = Takeaway.objects.visible_to(person).submitted().filter(reflection__activity=activity).exclude(reflection__author=person)
    return with_names(cards.select_related("reflection__author", "reflection__partner_then").latest_first()[:MANY], person)
