"""Every address of the site, as the resolver knows it."""

from dataclasses import dataclass

from django.urls import URLPattern, get_resolver

OURS = ("learning", "partners", "changemakers")


@dataclass(frozen=True)
class Route:
    name: str  # with its namespace
    parameters: tuple
    view: object

    @property
    def is_ours(self):
        return self.name.partition(":")[0] in OURS


def routes():
    """All named addresses, those without a name under their view's own name."""
    return list(_walk(get_resolver().url_patterns, "", ()))


def our_routes():
    return [route for route in routes() if route.is_ours]


def _walk(patterns, namespace, parameters):
    for pattern in patterns:
        known = (*parameters, *pattern.pattern.converters)
        if isinstance(pattern, URLPattern):
            yield Route(namespace + (pattern.name or pattern.callback.__name__), known, pattern.callback)
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, known)
