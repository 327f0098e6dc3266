from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_countries import countries

from changemakers import actions, policies
from changemakers.forms.changemaker import ChangemakerForm
from changemakers.models import Changemaker, Choice
from partners.guards import partner_view, project_view, public_view
from partners.models import Event, Partner
from partners.models.event import record
from partners.policies import can_coordinate

PER_PAGE = 24


@public_view
def changemaker_list(request):
    """Those published and those the reader may know of, by words, partner and country."""
    words, partner, country = (request.GET.get(key, "").strip() for key in ("q", "partner", "country"))
    choices = Choice.objects.visible_to(request.user)
    everybody = Changemaker.objects.visible_to(request.user)
    found = everybody.matching(words)
    if partner:
        found = found.filter(pk__in=choices.filter(partner__slug=partner).values("changemaker"))
    if country:
        found = found.filter(country=country)
    shown = found.by_name().prefetch_related(Prefetch("choices", choices.made().select_related("partner"), to_attr="made_choices"))
    template = "changemakers/changemaker_list.html"
    return render(
        request,
        template + "#results" if request.htmx else template,
        {
            "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
            "words": words,
            "partner": partner,
            "country": country,
            "partners": Partner.objects.filter(pk__in=choices.made().values("partner")),
            "countries": [
                (code, countries.name(code))
                for code in everybody.exclude(country="").order_by("country").values_list("country", flat=True).distinct()
            ],
            "is_filtered": bool(words or partner or country),
        },
    )


@partner_view(policies.can_consider)
def changemaker_edit(request, partner, choice):
    choice = get_object_or_404(partner.choices.select_related("changemaker", "partner"), pk=choice)
    if not policies.can_describe(choice, by=request.standing):
        raise PermissionDenied
    form = ChangemakerForm(request.POST or None, instance=choice.changemaker)
    if form.is_valid():
        changemaker = form.save()
        record(Event.Verb.PROFILE_CHANGED, by=request.user, partner=partner, details={"fields": form.changed_data})
        messages.success(request, _("Saved."))
        return redirect(changemaker)
    return render(request, "changemakers/changemaker_edit.html", {"partner": partner, "choice": choice, "form": form})


@project_view(can_coordinate)
@require_POST
def changemaker_publish(request, project, changemaker):
    changemaker = _chosen(request, project, changemaker)
    actions.publish(changemaker, project=project, by=request.user)
    messages.success(request, _("Published: anybody on the internet can read this page."))
    return redirect(changemaker)


@project_view(can_coordinate)
@require_POST
def changemaker_unpublish(request, project, changemaker):
    changemaker = _chosen(request, project, changemaker)
    actions.unpublish(changemaker, project=project, by=request.user)
    messages.success(request, _("Taken back: only people of its projects read this page."))
    return redirect(changemaker)


def _chosen(request, project, slug):
    chosen = Choice.objects.made().filter(project=project)
    changemaker = get_object_or_404(Changemaker.objects.filter(pk__in=chosen.values("changemaker")), slug=slug)
    if not policies.can_publish(changemaker, by=request.standing):
        raise PermissionDenied
    return changemaker
