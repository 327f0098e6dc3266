"""A partner's check-in in a project: the form for those who speak for it, the earlier ones below for its people and the coordinators."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, Max, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from changemakers.models import Practice, PracticeStage, last_stages
from learning import policies
from learning.actions.check_ins import check_in as keep
from learning.dots import with_dots
from learning.forms.check_in import CheckInForm
from learning.instrument import FORMS, minutes
from learning.models import CheckIn, Takeaway
from learning.models.visibility import AT_LEAST_ORGANISATION
from partners import kept, standing
from partners.guards import partner_view
from partners.policies import can_read_members

MOST_STORIES = 50


@partner_view(can_read_members, otherwise=Http404)
def check_in(request, partner, project):
    project = get_object_or_404(partner.projects, slug=project)
    by = standing.in_project(project, request.user)
    if not policies.can_read_check_ins(partner, by=by):
        raise Http404
    may_write = policies.can_check_in(partner, by=by)
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    form = _form(request, partner, project) if may_write else None
    if request.method == "POST" and form.is_valid():
        keep(form.check_in(), stages=form.stages(), by=request.user)
        messages.success(request, _("Kept. Thank you: the next one is due in three to six months."))
        return redirect("learning:check_in", partner.slug, project.slug)
    return render(
        request,
        "learning/check_in.html",
        {
            "partner": partner,
            "project": project,
            "form": form,
            "last": _last(partner, form) if form else [],
            "minutes": minutes(FORMS["F8"], things=len(form.own)) if form else None,
            "earlier": _earlier(partner, project, request.user),
        },
    )


def _form(request, partner, project):
    row = CheckIn(partner=partner, project=project, language=get_language())
    typed = request.POST or kept.take(request)
    return CheckInForm(typed or None, row=row, by=request.user, practices=_practices(partner, project), stories=_stories(project, request.user))


def _practices(partner, project):
    """Those of the project's changemakers; the ones not spoken of for longest first, if there are more than one sitting takes."""
    said = Max("stages__recorded_at", filter=Q(stages__partner=partner, stages__taken_back_at=None))
    practices = Practice.objects.chosen_in(project).select_related("changemaker").annotate(said_at=said)
    chosen = practices.order_by(F("said_at").asc(nulls_first=True), "pk")[: FORMS["F8"].most_things]
    return sorted(chosen, key=lambda practice: (practice.changemaker.name, practice.name))


def _stories(project, reader):
    """Things the writer may read, as far as at least an organisation reads them: what was sent to one person is no story for others."""
    readable = Takeaway.objects.visible_to(reader).submitted().filter(reflection__project=project, visibility__in=AT_LEAST_ORGANISATION)
    latest = readable.exclude(title="").latest_first().values_list("pk", flat=True)[:MOST_STORIES]
    return Takeaway.objects.filter(pk__in=list(latest)).select_related("reflection").latest_first()


def _last(partner, form):
    """(practice, its question, what was last said of it)."""
    stages = PracticeStage.objects.standing().filter(partner=partner, practice__in=form.own).as_said()
    known = last_stages(stages)
    return [(practice, field, known.get((partner.pk, practice.pk))) for practice, field in form.practices()]


def _earlier(partner, project, reader):
    """Each with its story, as far as the reader may read that."""
    rows = list(CheckIn.objects.filter(partner=partner, project=project))
    stories = Takeaway.objects.visible_to(reader).submitted().filter(pk__in=[row.story_id for row in rows if row.story_id])
    cards = {card.pk: card for card in with_dots(stories.select_related("reflection__author", "reflection__partner_then"), reader)}
    for row in rows:
        row.card = cards.get(row.story_id)
    return rows
