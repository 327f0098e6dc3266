from django import forms
from django.utils.translation import gettext_lazy as _

from learning.models import Artefact


class LinkForm(forms.ModelForm):
    """Where it stands written."""

    link = forms.URLField(label=_("Where does it stand written?"), max_length=500, assume_scheme="https", widget=forms.URLInput)

    class Meta:
        model = Artefact
        fields = ["link"]
