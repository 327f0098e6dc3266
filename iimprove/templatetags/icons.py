"""`{% icon "house" %}` in every template."""

from functools import cache

from django import template
from django.template.loader import get_template

register = template.Library()


@register.simple_tag
@cache
def icon(name):
    """Written once in each process: a list has one on each of its lines, and including a template takes as long as ten variables."""
    return get_template("ui/icon.html").render({"name": name})
