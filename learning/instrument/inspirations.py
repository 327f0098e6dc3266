"""Questions to begin from, for whom an empty box says nothing. They are no part of any form: nothing is stored of them, nothing counted."""

from django.utils.translation import gettext_lazy as _

INSPIRATIONS = (
    _("What will you tell the first colleague you meet?"),
    _("What did somebody do differently from how you would have done it?"),
    _("Whose name do you want to remember, and why?"),
    _("What did you see there that could not be sent in a mail?"),
    _("What have you stopped believing?"),
    _("Which small thing would work at home tomorrow?"),
    _("What would never work at home, and what does that say about home?"),
    _("What went wrong, and what was good about it?"),
    _("What did you find out about yourself?"),
    _("What question did you go away with?"),
    _("What did the people say who are not paid to be there?"),
    _("What cost little and did much?"),
    _("What would you ask them if you had one more hour?"),
    _("What did you do today that you could not have done a year ago?"),
)


def inspiration(number):
    """(its number, the question): any number will do, they go round."""
    number %= len(INSPIRATIONS)
    return number, INSPIRATIONS[number]
