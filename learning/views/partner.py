from datetime import timedelta
from itertools import groupby

from django.contrib.postgres.lookups import Unaccent
from django.db.models import F, Max, Q
from django.db.models.functions import Lower
from django.http import Http404
from django.shortcuts import render

from changemakers.models import Choice
from iimprove.clock import today
from partners import policies
from partners.guards import partner_view
from partners.models import Activity, ActivityPartner, Membership, Project, ProjectRole

MANY_DAYS = 60  # an end nearer than this is marked
CHECK_IN_AGAIN = timedelta(days=90)  # three months after the last one the next is due
LATEST_FIRST = [F("ended_on").desc(nulls_first=True), F("started_on").desc(nulls_last=True)]
BY_NAME = [Lower(Unaccent("person__name")), "person_id"]


@partner_view(policies.can_read_partner)
def partner_detail(request, partner):
    """An organisation to those who meet it: what it shares with the reader's projects; its people only to its members and coordinators."""
    mine = Project.objects.of(request.user)
    activities = Activity.objects.visible_to(request.user)
    hosted, visited = (
        activities.filter(sides__side=side, sides__partner=partner).in_time_order().with_partners().select_related("project")
        for side in ActivityPartner.Side
    )
    reads_members = policies.can_read_members(partner, by=request.standing)
    return render(
        request,
        "learning/partner_detail.html",
        {
            "partner": partner,
            "parts": partner.parts.filter(project__in=Project.objects.visible_to(request.user))
            .select_related("project")
            .order_by("project__starts_on"),
            "choices": Choice.objects.visible_to(request.user)
            .filter(partner=partner)
            .exclude(state=Choice.State.CANDIDATE)
            .select_related("changemaker", "project"),
            "hosted": hosted,
            "visited": visited,
            "check_ins": _check_ins(partner, request.standing) if reads_members else [],
            "baselines": mine.filter(parts__partner=partner),
            "reads_members": reads_members,
            "memberships": partner.memberships.current().select_related("person").order_by(*BY_NAME) if reads_members else None,
            "can_edit": policies.can_edit_partner(partner, by=request.standing),
        },
    )


@partner_view(policies.can_read_members, otherwise=Http404)
def member_list(request, partner):
    """Who works here, who did, who is invited. Somebody who left and came back is one person with several spells."""
    spells = partner.memberships.select_related("person").order_by(*BY_NAME, *LATEST_FIRST)
    people = [sorted(own, key=lambda spell: not spell.is_current) for _person, own in groupby(spells, key=lambda spell: spell.person_id)]
    return render(
        request,
        "learning/member_list.html",
        {
            "partner": partner,
            "here": [own for own in people if not all(spell.is_ended for spell in own)],
            "left": [own for own in people if all(spell.is_ended for spell in own)],
            "many_days": MANY_DAYS,
            "admin_count": partner.memberships.current().filter(role=Membership.Role.ADMIN).count(),
            "invitations": partner.invitations.pending().select_related("sent_by"),
            "can_manage": policies.can_manage_members(partner, by=request.standing),
        },
    )


def _check_ins(partner, by):
    """The projects in which the reader reads its check-ins, each with the day of the last, and whether that is long ago."""
    projects = partner.projects.all()
    if not by.is_inside:
        coordinated = by.person.project_roles.current().filter(role=ProjectRole.Role.COORDINATOR)
        projects = projects.filter(pk__in=coordinated.values("project"))
    projects = list(projects.annotate(checked_in_on=Max("check_ins__on", filter=Q(check_ins__partner=partner))))
    for project in projects:
        is_running = project.ends_on is None or project.ends_on >= today()
        project.is_check_in_due = is_running and (project.checked_in_on is None or project.checked_in_on + CHECK_IN_AGAIN <= today())
    return projects
