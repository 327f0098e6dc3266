from django import template

from partners import kept

register = template.Library()


@register.inclusion_tag("ui/kept_mark.html", takes_context=True)
def kept_mark(context):
    """Inside a form: what is typed outlives the session."""
    return {"name": kept.FIELD, "value": kept.mark(context["user"])}
