"""Shared cards of an activity: read side by side, taken too, answered. VALUE_MODEL §8."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from learning import disclosure, policies
from learning.actions import cards
from learning.actions.deletion import delete, delete_reply
from learning.dots import with_dots
from learning.figures import told_only_one
from learning.models import Kind, Reflection, Reply, Takeaway, Visibility
from partners.guards import activity_view

PER_PAGE = 24
IN_ORDER = ("kinds__0", "reflection__author__name", "reflection__happened_on", "position", "pk")
ALONE = "alone"  # what only one noticed, among the kinds to choose from


def shared_cards(request, activity):
    """What was shared from this activity, as far as the reader may read it: by kind, then by person, nothing averaged."""
    reader, by = request.user, request.standing
    readable = _readable(reader, activity)
    every = list(readable.order_by(*IN_ORDER).values_list("pk", "kinds", "taken_from"))
    figures = disclosure.cards(disclosure.stored_cards(readable, to=request.user)) if every else {}
    kind = request.GET.get("kind", "") if request.GET.get("kind", "") in [*Kind.values, ALONE] else ""
    page = Paginator(_chosen(every, kind, figures), PER_PAGE).get_page(request.GET.get("page"))
    _fetch(page)
    taken = _taken_by(reader, page)
    for card in with_dots(page, reader):
        card.is_own = reader.is_authenticated and card.reflection.author_id == reader.pk
        card.is_taken = card.pk in taken
        card.is_alone = card.pk in figures["M7c"].value
        card.may_reply = by.is_inside and (card.is_own or policies.is_inside(card, by=reader) or card.visibility == Visibility.PERSON)
        card.first_kind = Kind(card.kinds[0]) if card.kinds else Kind.OTHER
        card.source = card.taken_from if card.taken_from_id in {pk for pk, _kinds, _source in every} else None
        card.reply_key = uuid.uuid4()
        card.may_narrow = not card.is_own and policies.looks_after(card, by=reader)
    return {
        "is_shown": by.is_inside or bool(every),
        "page": page,
        "count": len(every),
        "states": _states(figures),
        "only_one": told_only_one(figures["M7c"]).sentence if len(every) > 1 else "",
        "tabs": _tabs(every, kind, figures),
        "query": request.GET,
        "reader": reader,
        "is_inside": by.is_inside,
    }


@activity_view()
@require_POST
def card_take(request, project, activity, card):
    takeaway = get_object_or_404(_readable(request.user, activity), pk=card)
    if not policies.can_submit(by=request.user) and policies.can_take_too(takeaway, by=request.user):
        messages.warning(request, _("Before your first own note, read what holds for notes: open Note. Then take this, too."))
        return _back(activity, card)
    cards.take_too(takeaway, by=request.user)
    messages.success(request, _("You take this with you, too. Only you read that, unless you share it."))
    return _back(activity, card)


@activity_view()
@require_POST
def card_leave(request, project, activity, card):
    """Takes "I take this too" back."""
    takeaway = get_object_or_404(_readable(request.user, activity), pk=card)
    own = Reflection.objects.submitted().filter(author=request.user, client_key=uuid.uuid5(takeaway.pk, str(request.user.pk))).first()
    if own:
        delete(own, by=request.user)
        messages.success(request, _("Taken back."))
    return _back(activity, card)


@activity_view()
@require_POST
def card_reply(request, project, activity, card):
    takeaway = get_object_or_404(_readable(request.user, activity), pk=card)
    text = request.POST.get("text", "").strip()
    if not text:
        messages.warning(request, _("Write a line first."))
        return _back(activity, card)
    try:
        cards.reply(takeaway, by=request.user, text=text, client_key=uuid.UUID(request.POST.get("client_key", "")))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except ValueError as error:
        raise PermissionDenied from error
    else:
        messages.success(request, _("Your answer stands below the card. Its author is told by mail."))
    return _back(activity, card)


@activity_view()
@require_POST
def reply_delete(request, project, activity, reply):
    row = get_object_or_404(Reply.objects.filter(author=request.user, takeaway__reflection__activity=activity), pk=reply)
    delete_reply(row, by=request.user)
    messages.success(request, _("Deleted."))
    return _back(activity, row.takeaway_id)


def _chosen(every, kind, figures):
    """The keys of those of one kind; of all of them without one."""
    if kind == ALONE:
        return [pk for pk, _kinds, _source in every if pk in figures["M7c"].value]
    return [pk for pk, kinds, _source in every if not kind or kind in kinds]


def _fetch(page):
    """Put the cards themselves in the place of their keys, with their answers."""
    replies = Prefetch("replies", Reply.objects.filter(deleted_at=None).select_related("author"))
    rows = Takeaway.objects.select_related("reflection__author", "reflection__partner_then", "taken_from").prefetch_related(replies)
    found = rows.in_bulk(page.object_list)
    page.object_list = [found[pk] for pk in page.object_list if pk in found]


def _tabs(every, kind, figures):
    """All of them, the kinds there are, and what only one noticed."""
    tabs = [{"label": _("All"), "url": "?#today", "is_current": not kind, "count": len(every)}]
    counts = [(choice.value, choice.label, sum(choice.value in kinds for _pk, kinds, _source in every)) for choice in Kind]
    if len(every) > 1:
        counts.append((ALONE, _("Only one noticed it"), len(figures["M7c"].value)))
    return tabs + [
        {"label": label, "url": f"?kind={value}#today", "is_current": value == kind, "count": count} for value, label, count in counts if count
    ]


def _readable(reader, activity):
    """Shared by their authors, and read by `reader`; also one's own shared ones."""
    rows = Takeaway.objects.visible_to(reader).submitted().filter(reflection__activity=activity)
    return rows.exclude(visibility=Visibility.ONLY_ME)


def _taken_by(reader, page):
    if reader.is_anonymous:
        return set()
    own = Takeaway.objects.submitted().filter(reflection__author=reader, taken_from__in=[card.pk for card in page])
    return set(own.values_list("taken_from", flat=True))


def _states(figures):
    """How many are in use, tried, …: in words, with their counts."""
    if not figures:
        return []
    words = {"in_use": _("in use"), "other": _("used by someone else"), "tried": _("tried"), "none_yet": _("nothing yet"), "stopped": _("stopped")}
    words |= {"wont": _("not to be used"), "unsure": _("not known"), "unknown": _("not known yet")}
    counts = dict(figures["state"].value)
    return [(words[state], counts[state]) for state in words if state in counts]


def _back(activity, card):
    return redirect(f"{activity.get_absolute_url()}#card-{card}")
