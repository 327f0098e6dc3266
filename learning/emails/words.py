"""What a question asks, and why somebody gets it, in a sentence each."""

from django.utils.translation import gettext as _

from learning.models import Prompt
from partners import dates


def question(prompt):
    """An activity with its code, as partners call it; of a moment only its day; of a confirmation who asks for it."""
    if prompt.follow_up:
        return _("%(name)s asks: can you confirm what became of something?") % {"name": prompt.follow_up.takeaway.reflection.author.name}
    if prompt.moment:
        return _("What became of what you noted on %(day)s?") % {"day": dates.day(prompt.moment.happened_on)}
    if prompt.project:
        return _("What became of what you took with you in %(project)s?") % {"project": prompt.project}
    if prompt.form == Prompt.Form.AFTER:
        return _("What do you take with you from %(activity)s?") % {"activity": prompt.activity}
    return _("What became of what you took from %(activity)s?") % {"activity": prompt.activity}


def reason(prompt):
    """Why this person gets it."""
    if prompt.follow_up:
        return _("You were named as somebody who can confirm it; one tap is enough.")
    if prompt.form == Prompt.Form.AFTER:
        return _("You are on the list of who was there.")
    return _("You noted something from it that you may use.")
