from django import forms
from django.utils.translation import gettext_lazy as _

from changemakers.models import Changemaker


class ChangemakerForm(forms.ModelForm):
    class Meta:
        model = Changemaker
        fields = ["name", "name_note", "kind", "what", "place", "country", "website", "about", "credit"]
        help_texts = {"name_note": _("Another spelling, a former name.")}


class NewChangemakerForm(ChangemakerForm):
    """The least that tells who it is; the rest is added later."""

    class Meta(ChangemakerForm.Meta):
        fields = ["name", "kind", "what", "place", "country", "website"]
