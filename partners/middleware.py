"""Middleware that knows people."""

import zoneinfo
from urllib.parse import urlsplit

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.middleware import LoginRequiredMiddleware, get_user
from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone, translation
from django.utils.http import urlencode

from partners import kept
from partners.accounts import second_factor

SAFE = ("GET", "HEAD", "OPTIONS")
OPEN_WITHOUT_SECOND_FACTOR = ("/account/", "/i18n/", "/healthz/", "/mailbox/")


class SignInRequired(LoginRequiredMiddleware):
    """Signed out, a part of a page must not become the sign-in page: reading goes to it whole, writing keeps what was typed."""

    def handle_no_permission(self, request, view_func):
        if "HX-Request" not in request.headers:
            if request.method not in SAFE and kept.keep(request):
                return redirect(kept.sign_in_and_back(request))
            return super().handle_no_permission(request, view_func)
        if request.method not in SAFE:
            return HttpResponse(status=401)  # static/js/trouble.js says so beside the form
        page = urlsplit(request.headers.get("HX-Current-URL", "/"))
        target = f"{resolve_url(self.get_login_url(view_func))}?{urlencode({REDIRECT_FIELD_NAME: page.path})}"
        return HttpResponse(status=204, headers={"HX-Redirect": target})


def own_language_and_zone(get_response):
    """Signed in, pages speak the person's language and show times of the person's zone."""

    def middleware(request):
        request.user = get_user(request)  # the person: Django's stand-in would look for them again at each attribute
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
            if request.user.time_zone:
                timezone.activate(zoneinfo.ZoneInfo(request.user.time_zone))
        try:
            return get_response(request)
        finally:
            timezone.deactivate()

    return middleware


def second_factor_where_required(get_response):
    """Partner admins, coordinators and platform admins set up a second factor before anything else."""

    def middleware(request):
        if request.user.is_anonymous or request.path.startswith(OPEN_WITHOUT_SECOND_FACTOR):
            return get_response(request)
        if not second_factor.is_missing_in(request):
            request.session.pop(second_factor.WAITING, None)
            return get_response(request)
        if "HX-Request" in request.headers:
            return HttpResponse(status=204, headers={"HX-Redirect": resolve_url("mfa_index")})
        if request.method == "GET":
            request.session[second_factor.WAITING] = request.get_full_path()
        return redirect("mfa_index")

    return middleware
