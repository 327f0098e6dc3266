from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from changemakers import actions, policies
from changemakers.forms.changemaker import NewChangemakerForm
from changemakers.forms.choice import CandidateForm, ChoiceForm, ChoosingForm, EndingForm
from changemakers.models import Changemaker, Choice
from partners.guards import partner_view

MOST_FOUND = 10


@partner_view(policies.can_read_choices, otherwise=Http404)
def choice_list(request, partner):
    """Whom we chose, whom we considered, with whom the work has ended; project by project."""
    choices = partner.choices.select_related("changemaker", "project").order_by("project__starts_on", "project_id", "changemaker__name")
    projects = [
        (project, sorted(own, key=lambda choice: not choice.is_chosen)) for project, own in groupby(choices, key=lambda choice: choice.project)
    ]
    return render(
        request,
        "changemakers/choice_list.html",
        {
            "partner": partner,
            "projects": projects,
            "can_consider": policies.can_consider(partner, by=request.standing),
            "has_project": partner.projects.exists(),
        },
    )


@partner_view(policies.can_consider)
def choice_create(request, partner):
    """A candidate: one the reader can find (`?changemaker=`), or a new one."""
    known = Changemaker.objects.visible_to(request.user)
    picked = known.filter(slug=request.GET.get("changemaker", "")).first()
    words = request.GET.get("q", "").strip()
    new = None if picked else NewChangemakerForm(request.POST or None, prefix="new")
    changemaker = picked or new.instance
    form = CandidateForm(request.POST or None, instance=Choice(partner=partner, changemaker=changemaker), projects=partner.projects.all())
    if all([form.is_valid(), new is None or new.is_valid()]):
        if not form.was_sent_before:
            actions.consider(form.instance, by=request.user)
        messages.success(request, _("%(name)s is on your list.") % {"name": changemaker})
        return redirect("changemakers:choice_list", partner.slug)
    found = known.exclude(choices__partner=partner).matching(words).by_name()[:MOST_FOUND] if words else None
    return render(
        request, "changemakers/choice_create.html", {"partner": partner, "picked": picked, "words": words, "found": found, "new": new, "form": form}
    )


@partner_view(policies.can_consider)
def choice_edit(request, partner, choice):
    choice = _permitted(request, partner, choice, policies.can_edit_choice)
    form = ChoiceForm(request.POST or None, instance=choice)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("changemakers:choice_list", partner.slug)
    return render(request, "changemakers/choice_edit.html", {"partner": partner, "choice": choice, "form": form})


@partner_view(policies.can_consider)
def choice_choose(request, partner, choice):
    choice = _permitted(request, partner, choice, policies.can_choose)
    form = ChoosingForm(request.POST or None, instance=choice)
    if form.is_valid() and _went_through(form, actions.choose, by=request.user):
        messages.success(request, _("%(name)s is your changemaker.") % {"name": choice.changemaker})
        return redirect("changemakers:choice_list", partner.slug)
    return render(request, "changemakers/choice_choose.html", {"partner": partner, "choice": choice, "form": form})


@partner_view(policies.can_consider)
def choice_end(request, partner, choice):
    choice = _permitted(request, partner, choice, policies.can_end)
    form = EndingForm(request.POST or None, instance=choice)
    if form.is_valid():
        actions.end(form.instance, by=request.user)
        messages.success(request, _("Ended. What was written stays to be read."))
        return redirect("changemakers:choice_list", partner.slug)
    return render(request, "changemakers/choice_end.html", {"partner": partner, "choice": choice, "form": form})


@partner_view(policies.can_consider)
def choice_drop(request, partner, choice):
    choice = _permitted(request, partner, choice, policies.can_drop)
    if request.method == "POST":
        actions.drop(choice)
        messages.success(request, _("%(name)s is off your list.") % {"name": choice.changemaker})
        return redirect("changemakers:choice_list", partner.slug)
    return render(request, "changemakers/choice_drop.html", {"partner": partner, "choice": choice})


def _permitted(request, partner, choice, policy):
    choice = get_object_or_404(partner.choices.select_related("changemaker", "partner", "project"), pk=choice)
    if not policy(choice, by=request.standing):
        raise PermissionDenied
    return choice


def _went_through(form, action, **kwargs):
    """What the action refuses is said in the form."""
    try:
        action(form.instance, **kwargs)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True
