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
from partners import standing
from partners.guards import partner_view, project_view, public_view
from partners.models import Event, Partner, Project, ProjectRole
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


@public_view
def changemaker_detail(request, changemaker):
    changemaker = get_object_or_404(Changemaker.objects.visible_to(request.user), slug=changemaker)
    choices = list(changemaker.choices.visible_to(request.user).select_related("partner", "project").order_by("state", "partner__short_name"))
    return render(
        request,
        "changemakers/changemaker_detail.html",
        {
            "changemaker": changemaker,
            "practices": changemaker.practices.all(),
            "choices": [choice for choice in choices if not choice.is_candidate],
            "candidacies": [choice for choice in choices if choice.is_candidate],
            "known_partners": _known_partners(request.user),
            "public_project": next((choice.project for choice in choices if choice.project.is_published and not choice.is_candidate), None),
            "publishing_project": _publishing_project(changemaker, request.user),
            **_own(choices, request.user),
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


def _publishing_project(changemaker, person):
    """The project in which the reader, as its coordinator, publishes this page, or None."""
    if person.is_anonymous:
        return None
    coordinated = person.project_roles.current().filter(role=ProjectRole.Role.COORDINATOR).values("project")
    return Project.objects.filter(pk__in=coordinated).filter(pk__in=changemaker.choices.made().values("project")).first()


def _own(choices, person):
    """The choice through which the reader may describe this changemaker, if there is one."""
    for choice in choices if person.is_authenticated else []:
        if policies.can_describe(choice, by=standing.at_partner(choice.partner, person)):
            return {"own_choice": choice, "can_describe": True}
    return {"own_choice": None, "can_describe": False}


def _known_partners(person):
    """The organisations whose pages the reader can open."""
    if person.is_anonymous:
        return set()
    mine = person.memberships.current().values_list("partner", flat=True)
    return {*mine, *Partner.objects.filter(projects__in=Project.objects.of(person)).values_list("pk", flat=True)}
