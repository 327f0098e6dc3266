"""A changemaker's page: what they do, who chose them and why, how far it has come with others, what people took from it."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from changemakers import policies
from changemakers.models import Changemaker, PracticeStage
from changemakers.views.stage import stage_form
from learning import figures
from learning.spread import Spread
from learning.views.figure import as_csv
from partners import standing
from partners.guards import public_view
from partners.models import Partner, Project, ProjectRole

PER_PAGE = 24
OF_CARD = ("reflection__author", "reflection__partner_then", "reflection__project", "reflection__activity")


@public_view
def changemaker_detail(request, changemaker):
    changemaker = _readable(request, changemaker)
    choices = list(changemaker.choices.visible_to(request.user).select_related("partner", "project").order_by("state", "partner__short_name"))
    spread = Spread(changemaker, request.user)
    speaks_in = _speaks_in(choices, request.user)
    page = Paginator(spread.things.select_related(*OF_CARD).latest_first(), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "learning/changemaker_detail.html",
        {
            "changemaker": changemaker,
            "practices": spread.practices,
            "choices": [choice for choice in choices if not choice.is_candidate],
            "candidacies": [choice for choice in choices if choice.is_candidate],
            "known_partners": _known_partners(request.user),
            "public_project": next((choice.project for choice in choices if choice.project.is_published and not choice.is_candidate), None),
            "publishing_project": _publishing_project(changemaker, request.user),
            "lines": spread.lines(),
            "figures": spread.figures(),
            "entries": (entries := _with_ways_back(spread.entries(), speaks_in, request.user)),
            "trials": [entry for entry in entries if entry.is_trial and not entry.taken_back_at],
            "is_sample": spread.is_sample,
            "stage_forms": [(by.project, stage_form(request, by.project, changemaker, by=by)) for by in speaks_in],
            "page": page,
            "cards": spread.cards(page),
            "query": request.GET,
            **_own(choices, request.user),
        },
    )


@public_view
def changemaker_stages(request, changemaker):
    """The grid as a table to take along: what the page shows."""
    changemaker = _readable(request, changemaker)
    return as_csv(figures.grid_lines(Spread(changemaker, request.user).lines()), name=f"{changemaker.slug}-stages")


def _readable(request, slug):
    return get_object_or_404(Changemaker.objects.visible_to(request.user), slug=slug)


def _speaks_in(choices, person):
    """The standings in those projects of the changemaker in which the reader says how far it has come."""
    if person.is_anonymous:
        return []
    projects = {choice.project_id for choice in choices if not choice.is_candidate}
    return [by for pk, by in standing.in_projects(person).items() if pk in projects and policies.can_record_stages(by.project, by=by)]


def _with_ways_back(entries, speaks_in, person):
    """Each entry knows the project through which the reader takes it back, if that is possible."""
    last = PracticeStage.objects.last_said().filter(pk__in=[entry.pk for entry in entries])
    ways = {
        entry.pk: by.project
        for by in speaks_in
        for entry in last.filter(by=person, partner__parts__project=by.project)
        if policies.can_take_back(entry, by=by)
    }
    for entry in entries:
        entry.way_back = ways.get(entry.pk)
    return entries


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
