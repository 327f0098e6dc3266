"""What others wrote, looked after: checked before everybody may read it, or shown to fewer. Nobody edits it, nobody widens it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from learning import policies, waiting
from learning.actions.visibility import approve_public, decline_public, set_visibility
from learning.forms.narrowing import NarrowingForm
from learning.models import Reflection, Takeaway
from partners.guards import own_view, partner_view
from partners.models import Membership

PER_PAGE = 20
DECISIONS = {"approve": approve_public, "decline": decline_public}


@partner_view(policies.can_check, otherwise=Http404)
def to_check(request, partner):
    """What people here want anyone on the internet to read, the oldest first. One's own is checked by another admin, where there is one."""
    if request.method == "POST":
        return _decide(request, partner)
    page = Paginator(waiting.refs(partner, request.user), PER_PAGE).get_page(request.GET.get("page"))
    admins = partner.memberships.current().filter(role=Membership.Role.ADMIN)
    return render(
        request,
        "learning/to_check.html",
        {
            "partner": partner,
            "page": page,
            "waiting": waiting.read(page),
            "is_alone": not admins.exclude(person=request.user).exists(),
        },
    )


@own_view
def note_narrow(request, reflection):
    rows = Reflection.objects.visible_to(request.user).submitted().select_related("author", "partner_then", "activity__project")
    return _narrow(request, get_object_or_404(rows, pk=reflection))


@own_view
def thing_narrow(request, takeaway):
    told = ("reflection__author", "reflection__partner_then", "reflection__activity__project")
    rows = Takeaway.objects.visible_to(request.user).submitted().select_related(*told)
    return _narrow(request, get_object_or_404(rows, pk=takeaway))


def _narrow(request, thing):
    """Shown to fewer, by an admin of its organisation or a coordinator; its author sees it in its history."""
    is_note = isinstance(thing, Reflection)
    told = thing.told
    levels = policies.narrower_levels(thing, by=request.user)
    if not levels:
        raise PermissionDenied
    form = NarrowingForm(request.POST or None, levels=levels, partner=told.partner_then)
    is_inside = policies.can_read_name(thing, by=request.user)
    back = told.activity.get_absolute_url() if told.activity else "/"
    if form.is_valid():
        set_visibility(thing, form.cleaned_data["level"], by=request.user)
        messages.success(request, _("It holds from now on. Its author sees it in the history of the note."))
        return redirect(back)
    context = {"thing": thing, "is_note": is_note, "told": told, "is_inside": is_inside, "form": form, "back": back}
    return render(request, "learning/narrow.html", context)


def _decide(request, partner):
    """As said on the page; what was decided or reworded meanwhile, or taken back by its author, is left as it is."""
    kind, _dot, pk = request.POST.get("thing", "").partition(".")
    act = DECISIONS.get(request.POST.get("decision"))
    if not act or (kind, pk) not in {(kind, str(pk)) for kind, pk, _at in waiting.refs(partner, request.user)}:
        messages.info(request, _("That does not wait any more."))
        return redirect("learning:to_check", partner.slug)
    model, _told = waiting.KINDS[kind]
    with transaction.atomic():
        thing = model.objects.select_for_update(of=["self"]).get(pk=pk)
        if act is approve_public and request.POST.get("mark") != waiting.mark(kind, thing):
            messages.warning(request, _("Its words have changed since you looked. Look once more, then decide."))
        else:
            act(thing, by=request.user)
            messages.success(request, _("Anyone on the internet may read it now.") if act is approve_public else _("It stays with all partners."))
    return redirect("learning:to_check", partner.slug)
