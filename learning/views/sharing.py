"""Who may read what I wrote: of one note, or of several things on one calm screen."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.actions.visibility import set_visibility
from learning.forms.sharing import SharingForm
from learning.models import LeftOut, Takeaway, Visibility
from learning.occasions import Occasions
from partners.guards import own_view

PER_PAGE = 20


@own_view
def note_readers(request, reflection):
    """The note and each thing in it. Narrower holds at once; wider after one question that names who will read it."""
    reflection = get_object_or_404(_reflections(request.user), pk=reflection)
    things = [reflection, *_takeaways(request.user).filter(reflection=reflection)]
    form = SharingForm(request.POST or None, things=things, by=request.user)
    if form.is_valid():
        return _decide(request, form, back=reverse("learning:note_detail", args=[reflection.pk]))
    return render(request, "learning/note_readers.html", {"form": form, "reflection": reflection})


@own_view
def my_sharing(request):
    """Put on the table? What is mine alone so far, of one activity or of all, to decide at leisure."""
    occasions = Occasions(request.user)
    chosen = occasions.named(request.GET.get("activity"))
    things = _takeaways(request.user).filter(visibility=Visibility.ONLY_ME).latest_first()
    if chosen and chosen.activity:
        things = things.filter(reflection__activity=chosen.activity)
    page = Paginator(things, PER_PAGE).get_page(request.GET.get("page"))
    shown = page.object_list
    if request.method == "POST":
        shown = [thing for thing in _takeaways(request.user) if f"level-{thing.pk}" in request.POST][:PER_PAGE]
    form = SharingForm(request.POST or None, things=shown, by=request.user)
    if form.is_valid():
        return _decide(request, form, back=request.get_full_path())
    left_out = set(LeftOut.objects.filter(person=request.user).values_list("project", flat=True))
    return render(
        request,
        "learning/my_sharing.html",
        {
            "form": form,
            "page": page,
            "activity": chosen and chosen.activity,
            "activities": _noted(request.user),
            "projects": [(project, pk in left_out) for pk, project in occasions.projects.items()],
        },
    )


def _decide(request, form, *, back):
    widened = form.widened()
    if widened and "confirmed" not in request.POST:
        fields = [(name, form.data[name]) for name in form.fields if name in form.data]
        return render(request, "learning/sharing_confirm.html", {"widened": widened, "fields": fields, "back": back})
    with transaction.atomic():
        changes = form.changes()
        for thing, level, reader in changes:
            set_visibility(thing, level, by=request.user, reader=reader)
    if changes:
        messages.success(
            request, ngettext("Done: it holds from now on.", "Done: all %(count)d hold from now on.", len(changes)) % {"count": len(changes)}
        )
    else:
        messages.info(request, _("Nothing changed."))
    return redirect(back)


def _reflections(person):
    return person.reflections.submitted().select_related("project", "activity", "partner_then", "reader")


def _takeaways(person):
    rows = Takeaway.objects.submitted().filter(reflection__author=person)
    return rows.select_related("reflection__project", "reflection__activity", "reflection__partner_then", "reader")


def _noted(person):
    """Activities of which something is mine alone."""
    rows = _takeaways(person).filter(visibility=Visibility.ONLY_ME, reflection__activity__isnull=False)
    return sorted({thing.reflection.activity for thing in rows}, key=lambda activity: activity.code)
