from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from changemakers import policies
from changemakers.forms.practice import PracticeForm
from changemakers.models import Practice
from partners.guards import partner_view


@partner_view(policies.can_consider)
def practice_create(request, partner, choice):
    choice = _described(request, partner, choice)
    form = PracticeForm(request.POST or None, instance=Practice(changemaker=choice.changemaker))
    return _saved(request, form) or render(request, "changemakers/practice_create.html", {"partner": partner, "choice": choice, "form": form})


@partner_view(policies.can_consider)
def practice_edit(request, partner, choice, practice):
    choice = _described(request, partner, choice)
    practice = get_object_or_404(choice.changemaker.practices, pk=practice)
    form = PracticeForm(request.POST or None, instance=practice)
    may_delete = policies.can_delete_practice(practice, by=request.standing)
    context = {"partner": partner, "choice": choice, "practice": practice, "form": form, "may_delete": may_delete}
    return _saved(request, form) or render(request, "changemakers/practice_edit.html", context)


@partner_view(policies.can_consider)
def practice_delete(request, partner, choice, practice):
    choice = _described(request, partner, choice)
    practice = get_object_or_404(choice.changemaker.practices, pk=practice)
    if not policies.can_delete_practice(practice, by=request.standing):
        raise PermissionDenied
    if request.method == "POST":
        practice.delete()
        messages.success(request, _("“%(name)s” is deleted.") % {"name": practice})
        return redirect(choice.changemaker)
    return render(request, "changemakers/practice_delete.html", {"partner": partner, "choice": choice, "practice": practice})


def _described(request, partner, choice):
    choice = get_object_or_404(partner.choices.select_related("changemaker", "partner"), pk=choice)
    if not policies.can_describe(choice, by=request.standing):
        raise PermissionDenied
    return choice


def _saved(request, form):
    if not form.is_valid():
        return None
    practice = form.save()
    messages.success(request, _("Saved."))
    return redirect(practice.changemaker)
