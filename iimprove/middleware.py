"""Middleware that knows no app."""


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
