from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from partners.forms.zones import ZoneField
from partners.models import Partner


class PartnerForm(forms.ModelForm):
    """An organisation's details. Its short address does not change."""

    time_zone = ZoneField(help_text=_("Type a city to search."))
    languages = forms.MultipleChoiceField(
        label=_("Languages"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("In which you work and can be written to.")
    )

    class Meta:
        model = Partner
        fields = ["name", "short_name", "kind", "city", "country", "languages", "time_zone", "website", "about"]
        help_texts = {"kind": _("In a few words: public library, foundation, cultural association.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = dict(settings.LANGUAGES)
        self.fields["languages"].choices = [*known.items(), *((code, code) for code in self.instance.languages if code not in known)]
