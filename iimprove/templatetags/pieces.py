"""`{% icon "house" %}` and `{% piece "ui/wordmark.html" %}` in every template: what shows nothing of its page is written once in each process and language.

Every page has some of them, a list has an icon on each of its lines, and to include a template takes as long as ten variables.
"""

from functools import cache

from django import template
from django.template.loader import get_template
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
@cache
def icon(name):
    return get_template("ui/icon.html").render({"name": name})


@register.simple_tag
def piece(name):
    """A template without variables."""
    return _piece(name, get_language())


@cache
def _piece(name, _language):
    return get_template(name).render()
