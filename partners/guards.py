"""How a view is opened. Each view states its rule by one of these; tests/test_access.py finds the marks.

Reach: what one has no part in does not exist (404). Permit: what one may know but not do is refused (403); what is not even
to be read (`otherwise=Http404`) looks as if it did not exist.
"""

from contextlib import nullcontext
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from partners import standing
from partners.models import Partner, Project


def partner_view(permission, *, otherwise=PermissionDenied):
    """Open a view of the partner in the address to whom `permission(partner, by=standing)` allows it.

    The view gets the Partner; `request.standing` is a PartnerStanding.
    """

    def decorate(view):
        @wraps(view)
        def wrapper(request, partner, **kwargs):
            partner = get_object_or_404(Partner, slug=partner)
            request.standing = standing.at_partner(partner, request.user)
            if not request.standing.is_connected:
                raise Http404
            if not permission(partner, by=request.standing):
                raise otherwise
            return view(request, partner, **kwargs)

        wrapper.guard, wrapper.permission = "partner", permission
        return wrapper

    return decorate


def project_view(permission=None, *, public=False, otherwise=PermissionDenied):
    """Open a view of the project in the address to those inside it whom `permission(project, by=standing)` allows it.

    With `public`, strangers come in too where the project is published: the view shows them the published version.
    The view gets the Project; `request.standing` is a ProjectStanding.
    """

    def decorate(view):
        @wraps(view)
        def wrapper(request, project, **kwargs):
            project = get_object_or_404(Project, slug=project)
            request.standing = standing.in_project(project, request.user)
            if not request.standing.is_inside and not (public and project.is_published):
                raise Http404
            if permission and not permission(project, by=request.standing):
                raise otherwise
            return view(request, project, **kwargs)

        wrapper.guard, wrapper.permission = "public project" if public else "project", permission
        return login_not_required(wrapper) if public else wrapper

    return decorate


def activity_view(permission=None, *, public=False):
    """As project_view, for one activity of it: to whom `permission(activity, by=standing)` allows it.

    Codes are read in any case and answered at their own address. What writes has the activity to itself until it is done.
    The view gets the Project and the Activity.
    """

    def decorate(view):
        @wraps(view)
        def wrapper(request, project, code, **kwargs):
            writes = request.method == "POST"
            with transaction.atomic() if writes else nullcontext():
                activities = project.activities.readable_by(request.standing).with_partners()
                activity = get_object_or_404(activities.select_for_update() if writes else activities, code__iexact=code)
                activity.project = project
                if activity.code != code and not writes:
                    match = request.resolver_match
                    return redirect(reverse(match.view_name, kwargs={**match.kwargs, "code": activity.code}, query=request.GET))
                if permission and not permission(activity, by=request.standing):
                    raise PermissionDenied
                return view(request, project, activity, **kwargs)

        opened = project_view(public=public)(wrapper)
        opened.permission = permission
        return opened

    return decorate


def public_view(view):
    """Open a view to everybody, signed in or not: it must show only what is published, or the reader's own."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        return view(request, *args, **kwargs)

    wrapper.guard, wrapper.permission = "public", None
    return login_not_required(wrapper)


def own_view(view):
    """Open a view to everybody who is signed in: it must show only what is the reader's own."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        return view(request, *args, **kwargs)

    wrapper.guard, wrapper.permission = "own", None
    return wrapper
