"""Questions in words: what they are about."""

from django import template
from django.utils.translation import gettext as _

from partners import dates

register = template.Library()


@register.filter
def occasion(row):
    """What a question is about, to the person who is asked: a visit, an everyday moment, a whole project, or a colleague's word."""
    if row.activity_id:
        return str(row.activity)
    if row.moment_id:
        return _("what you noted on %(day)s") % {"day": dates.day(row.moment.happened_on)}
    if row.project_id:
        return _("the whole of %(project)s") % {"project": row.project}
    return _("what a colleague said came of something")
