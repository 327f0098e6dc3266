"""What an organisation keeps of what its people learned: read and looked after by its members, nobody else."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from learning import disclosure, figures
from learning.actions import memory
from learning.dots import with_dots
from learning.forms.memory import LinkForm
from learning.models import Artefact, KeepMark, Takeaway
from learning.models.visibility import AT_LEAST_ORGANISATION
from partners import policies
from partners.guards import partner_view

PER_PAGE = 24
members_view = partner_view(policies.can_read_memory, otherwise=Http404)
VERBS = {
    "keep": (memory.keep, gettext_lazy("Marked as to be kept.")),
    "keep-no-longer": (memory.keep_no_longer, gettext_lazy("Your mark is taken back.")),
    "carry": (memory.carry, gettext_lazy("Noted: you can carry this on.")),
    "carry-no-longer": (memory.carry_no_longer, gettext_lazy("Noted: you do not carry this any more.")),
}


@members_view
def memory_list(request, partner):
    cards = _cards(partner)
    held = disclosure.cards(disclosure.stored_memory(partner, cards), own=partner.pk)
    alone, soon = set(held["M9"].value.one), set(held["M9"].value.soon)
    shown = {"alone": cards.filter(pk__in=alone), "kept": cards.filter(_is_kept()), "gone": cards.filter(_of_former(partner))}
    view = request.GET.get("show", "")
    found = shown.get(view, cards).select_related("reflection__author", "reflection__partner_then", "reflection__activity__project")
    found = found.prefetch_related("carriers__person", "artefacts__checked_by", "keep_marks").latest_first()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    for card in with_dots(page, request.user):
        card.is_alone = card.pk in alone
        card.ends_soon = card.pk in soon and (request.standing.is_admin or card.reflection.author_id == request.user.pk)
        card.marked_by_me = any(mark.person_id == request.user.pk for mark in card.keep_marks.all())
        card.carried_by_me = any(carrier.person_id == request.user.pk for carrier in card.carriers.all())
    return render(
        request,
        "learning/memory.html",
        {
            "partner": partner,
            "page": page,
            "is_sample": partner.parts.filter(project__is_sample=True).exists(),
            "query": request.GET,
            "show": view if view in shown else "",
            "counts": {"all": cards.count()} | {name: rows.count() for name, rows in shown.items()},
            "figures": [figures.told_held_by_one(held["M9"]), figures.told_retained(held["M10"])],
            "link_form": LinkForm(),
        },
    )


@members_view
@require_POST
def memory_act(request, partner, card, verb):
    """Keep, carry, and take each back."""
    if verb not in VERBS:
        raise Http404
    act, words = VERBS[verb]
    act(get_object_or_404(_cards(partner), pk=card), by=request.user)
    messages.success(request, words)
    return _back(partner, card)


@members_view
@require_POST
def memory_link(request, partner, card):
    """Where it stands written; an address that is none comes back with what is wrong."""
    takeaway = get_object_or_404(_cards(partner), pk=card)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return render(request, "learning/memory_link.html", {"partner": partner, "card": takeaway, "form": form}, status=422)
    memory.add_link(takeaway, form.cleaned_data["link"], by=request.user)
    messages.success(request, _("Kept: it stands there."))
    return _back(partner, card)


@members_view
@require_POST
def memory_artefact(request, partner, card, artefact):
    """It is still there; or it is not, then the link goes."""
    found = get_object_or_404(Artefact, pk=artefact, takeaway__in=_cards(partner).filter(pk=card))
    if "remove" in request.POST:
        memory.remove(found, by=request.user)
        messages.success(request, _("The link is removed."))
    else:
        memory.check(found, by=request.user)
        messages.success(request, _("Noted: you looked today, and it is there."))
    return _back(partner, card)


def _cards(partner):
    """What everybody at `partner` may read of what was written for it: the same for all its members."""
    return Takeaway.objects.submitted().filter(reflection__partner_then=partner, visibility__in=AT_LEAST_ORGANISATION)


def _is_kept():
    return Q(kept_at__isnull=False) | Q(Exists(KeepMark.objects.filter(takeaway=OuterRef("pk"))))


def _of_former(partner):
    return ~Q(reflection__author__in=partner.memberships.current().values("person"))


def _back(partner, card):
    return redirect(reverse("learning:memory_list", args=[partner.slug], fragment=f"card-{card}"))
