"""Middleware that knows no app."""

from django.core.exceptions import BadRequest
from django.template.loader import render_to_string


def private_pages(get_response):
    """What a signed-in person saw is kept by no cache and leaves no trace in the browser's history after signing out."""

    def middleware(request):
        response = get_response(request)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", "camera=(self), microphone=(self), geolocation=()")
        return response

    return middleware


def page_for_lost_clicks(get_response):
    """Where only a button leads, a page was asked for: after signing in again, say. The browser would show an error of its own."""

    def middleware(request):
        response = get_response(request)
        if response.status_code == 405 and request.method == "GET" and not response.content:
            response.content = render_to_string("405.html", request=request)
        return response

    return middleware


def no_nul_in_addresses(get_response):
    """PostgreSQL takes no NUL and nobody types one: an address that holds it is refused before any view reads it."""

    def middleware(request):
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return get_response(request)

    return middleware
