from django import forms
from django.utils.translation import gettext_lazy as _

from changemakers.models import Changemaker
from changemakers.slugs import free_slug


class ChangemakerForm(forms.ModelForm):
    class Meta:
        model = Changemaker
        fields = ["name", "name_note", "kind", "what", "place", "country", "website", "about", "credit"]
        help_texts = {"name_note": _("Another spelling, a former name.")}


class NewChangemakerForm(ChangemakerForm):
    """The least that tells who it is; the rest is added later."""

    class Meta(ChangemakerForm.Meta):
        fields = ["name", "kind", "what", "place", "country", "website"]

    def clean(self):
        data = super().clean()
        self.instance.slug = free_slug(data.get("name", ""), among=Changemaker.objects, otherwise="changemaker")
        return data
