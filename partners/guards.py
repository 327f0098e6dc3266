"""How a view is opened. Each view states its rule by one of these; tests/test_access.py finds the marks.

Reach: what one has no part in does not exist (404). Permit: what one may know but not do is refused (403); what is not even
to be read (`otherwise=Http404`) looks as if it did not exist.

What writes has its activity, else its project or organisation, to itself until it is done: of two clicks, or two people at
the same moment, the second finds what the first did, and forms say it at the field.
"""

from contextlib import contextmanager, nullcontext
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from partners import standing
from partners.models import Partner, Places, Project


def partner_view(permission, *, otherwise=PermissionDenied):
    """Open a view of the partner in the address to whom `permission(partner, by=standing)` allows it.

    The view gets the Partner; `request.standing` is a PartnerStanding.
    """

    def decorate(view):
        @wraps(view)
        def wrapper(request, partner, **kwargs):
            with _alone(request, Partner.objects.all()) as partners:
                partner = get_object_or_404(partners, slug=partner)
                _look_again(request)
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
    return _in_project(permission, public, otherwise, _alone)


def _in_project(permission, public, otherwise, reach):
    def decorate(view):
        @wraps(view)
        def wrapper(request, project, **kwargs):
            with reach(request, Project.objects.all()) as projects:
                return answer(request, get_object_or_404(projects, slug=project), **kwargs)

        def answer(request, project, **kwargs):
            _look_again(request)
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

    Codes are read in any case and answered at their own address. The view gets the Project and the Activity.
    """

    def decorate(view):
        @wraps(view)
        def wrapper(request, project, code, **kwargs):
            with _alone(request, project.activities.readable_by(request.standing).with_partners()) as activities:
                activity = get_object_or_404(activities, code__iexact=code)
                activity.project = project
                if activity.code != code and request.method != "POST":
                    match = request.resolver_match
                    return redirect(reverse(match.view_name, kwargs={**match.kwargs, "code": activity.code}, query=request.GET))
                if permission and not permission(activity, by=request.standing):
                    raise PermissionDenied
                return view(request, project, activity, **kwargs)

        opened = _in_project(None, public, PermissionDenied, _together)(wrapper)
        opened.permission = permission
        return opened

    return decorate


@contextmanager
def _alone(request, rows):
    """`rows`, such that the one that is got from them is locked while a POST is answered. Rows that refer to it can be added meanwhile."""
    if request.method != "POST":
        yield rows
        return
    with transaction.atomic():
        yield rows.select_for_update(of=("self",), no_key=True)


def _look_again(request):
    """Who somebody is here is read behind the lock: what was read before it may have changed."""
    if request.method == "POST" and request.user.is_authenticated:
        Places.keep(request.user)


def _together(request, rows):
    return nullcontext(rows)


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
