"""My page: everything I noted, and what I do with it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from changemakers.models import Practice
from learning import my_data, policies
from learning.actions.consent import set_counts_when_few
from learning.actions.deletion import UNDO, delete, undo_delete
from learning.actions.edits import edit_reflection, edit_takeaway, move_to
from learning.dots import with_dots
from learning.forms.edit import NoteEditForm, ThingEditForm
from learning.models import Kind, Reflection, Takeaway, Visibility
from learning.models.search import beginning_with
from learning.occasions import About, Occasions, strip
from partners.guards import own_view

PER_PAGE = 25


@own_view
def my_notes(request):
    """Drafts first, then the timeline, with filters; what was deleted lately can be taken back."""
    person = request.user
    filters = {name: request.GET.get(name, "").strip() for name in ("q", "kind", "about", "readers")}
    mine = person.reflections.submitted()
    found = _filtered(mine, **filters).select_related("project", "activity__project", "partner_then", "reader").latest_first()
    page = Paginator(found.prefetch_related(_things()), PER_PAGE).get_page(request.GET.get("page"))
    with_dots((thing for note in page for thing in note.things), person)
    occasions = Occasions(person)
    template = "learning/my_notes.html" + ("#results" if request.htmx else "")
    return render(
        request,
        template,
        {
            "page": page,
            "total": mine.count(),
            "filters": filters,
            "is_filtered": any(filters.values()),
            "drafts": person.reflections.drafts().exclude(draft={}).filter(prompt=None).order_by("-created_at")[:PER_PAGE],
            "deleted": Reflection.objects.deleted_by(person).filter(deleted_at__gt=timezone.now() - UNDO).prefetch_related("takeaways")[:PER_PAGE],
            "strip": strip(person, occasions),
            "kinds": Kind.choices,
            "levels": Visibility.choices,
            "activities": _noted(mine),
            "has_private": Takeaway.objects.submitted().filter(reflection__author=person, visibility=Visibility.ONLY_ME).exists(),
        },
    )


@own_view
def note_detail(request, reflection):
    """One own note, with what it said before and who could read it; a draft opens as the form it is."""
    reflection = get_object_or_404(request.user.reflections.filter(deleted_at=None), pk=reflection)
    if reflection.is_draft:
        return redirect(f"{reverse('learning:note')}?draft={reflection.client_key}")
    takeaways = reflection.takeaways.filter(deleted_at=None).select_related("reader", "reflection__author", "reflection__partner_then")
    of_note = Q(reflection=reflection) | Q(takeaway__in=takeaways)
    revisions = [*reflection.revisions.all(), *(row for thing in takeaways.prefetch_related("revisions") for row in thing.revisions.all())]
    changes = reflection.visibility_changes.model.objects.filter(of_note).select_related("by", "reader", "takeaway")
    return render(
        request,
        "learning/note_detail.html",
        {
            "reflection": reflection,
            "takeaways": with_dots(takeaways, request.user),
            "revisions": sorted(revisions, key=lambda row: row.replaced_at, reverse=True),
            "changes": changes.order_by("-at"),
        },
    )


@own_view
def note_edit(request, reflection):
    reflection = get_object_or_404(request.user.reflections.submitted().select_related("activity", "project"), pk=reflection)
    occasions, about = Occasions(request.user), About(reflection.project, reflection.activity)
    form = NoteEditForm(request.POST or None, instance=reflection, occasions=occasions, about=about)
    practices = _practices(reflection.project, request.user)
    takeaways = reflection.takeaways.filter(deleted_at=None)
    things = [ThingEditForm(request.POST or None, instance=thing, prefix=str(thing.pk), practices=practices) for thing in takeaways]
    if request.method == "POST" and all([form.is_valid(), *(thing.is_valid() for thing in things)]) and _save(form, things, about, request.user):
        messages.success(request, _("Saved. What it said before stays in its history, for you alone."))
        return redirect("learning:note_detail", reflection.pk)
    return render(request, "learning/note_edit.html", {"form": form, "things": things, "reflection": reflection})


@own_view
@require_POST
def note_taps(request, reflection):
    """Count my taps about a visit also when we are few, or no longer."""
    reflection = get_object_or_404(request.user.reflections.submitted().exclude(activity=None), pk=reflection)
    set_counts_when_few(reflection, "count" in request.POST, by=request.user)
    messages.success(request, _("It holds from now on."))
    return redirect("learning:note_detail", reflection.pk)


@own_view
@require_POST
def note_delete(request, reflection):
    """Unreadable at once; taken back for some days from my page."""
    delete(get_object_or_404(request.user.reflections.filter(deleted_at=None), pk=reflection), by=request.user)
    messages.success(request, _("Taken away. Nobody can read it now. You can have it back below for some days."))
    return redirect("learning:my_notes")


@own_view
@require_POST
def note_restore(request, reflection):
    undo_delete(get_object_or_404(Reflection.objects.deleted_by(request.user), pk=reflection), by=request.user)
    messages.success(request, _("It is there again, read by whom it was read before."))
    return redirect("learning:my_notes")


@own_view
def my_export(request):
    """Everything of mine in one file, at once."""
    response = HttpResponse(my_data.packed(request.user), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="i-improve-{timezone.localdate():%Y-%m-%d}.zip"'
    return response


@transaction.atomic
def _save(form, things, about, person):
    try:
        with transaction.atomic():
            reflection = edit_reflection(form.instance, by=person, **form.changes())
            if form.cleaned_data["about"] != about.value:
                to = form.occasions.named(form.cleaned_data["about"])
                move_to(reflection, activity=to.activity, project=to.project, by=person)
            for thing in things:
                edit_takeaway(thing.instance, by=person, **thing.changes())
                if thing.cleaned_data["is_removed"]:
                    delete(thing.instance, by=person)
    except (PermissionDenied, ValidationError) as error:
        form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        return False
    return True


def _practices(project, person):
    """Whom a project chose is not told to who has left it."""
    is_there = project is not None and policies.can_note(project, by=person)
    return Practice.objects.chosen_in(project).select_related("changemaker") if is_there else Practice.objects.none()


def _filtered(notes, *, q, kind, about, readers):
    if q:
        words = beginning_with(q)
        things = Takeaway.objects.filter(deleted_at=None).search(q).values("reflection")
        notes = notes.filter(Q(search=words) | Q(pk__in=things)) if words else notes.none()
    if kind == "doubt":
        notes = notes.filter(takeaways__is_doubt=True, takeaways__deleted_at=None)
    elif kind:
        notes = notes.filter(takeaways__kinds__contains=[kind], takeaways__deleted_at=None)
    if about == "none":
        notes = notes.filter(activity=None)
    elif about:
        slug, _slash, code = about.partition("/")
        notes = notes.filter(project__slug=slug, activity__code=code)
    if readers:
        notes = notes.filter(Q(visibility=readers) | Q(takeaways__visibility=readers, takeaways__deleted_at=None))
    return notes.distinct()


def _things():
    live = Takeaway.objects.filter(deleted_at=None).select_related("reader", "reflection__author", "reflection__partner_then")
    return Prefetch("takeaways", queryset=live, to_attr="things")


def _noted(notes):
    rows = notes.filter(activity__isnull=False).values_list("project__slug", "activity__code").distinct().order_by("activity__code")
    return [(f"{slug}/{code}", code) for slug, code in rows]
