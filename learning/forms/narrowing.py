from django import forms
from django.utils.translation import gettext_lazy as _

from learning.models import Visibility


class NarrowingForm(forms.Form):
    """Who may still read what somebody else wrote. `levels`: those that are left to choose from."""

    level = forms.ChoiceField(label=_("Who may still read it"), widget=forms.RadioSelect)

    def __init__(self, *args, levels, partner, **kwargs):
        super().__init__(*args, **kwargs)
        words = {
            Visibility.PARTNERSHIP: Visibility.PARTNERSHIP.label,
            Visibility.ORGANISATION: _("Everybody at %(organisation)s") % {"organisation": partner},
            Visibility.ONLY_ME: _("Only its author"),
        }
        self.fields["level"].choices = [(level, words[level]) for level in levels]
