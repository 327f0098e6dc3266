import zoneinfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from partners.models import Partner


def zones():
    """The zones people know by a city; abbreviations and offsets are left out."""
    return sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/", "posix/", "right/")))


class PartnerForm(forms.ModelForm):
    """An organisation's details. Its short address does not change."""

    time_zone = forms.TypedChoiceField(label=_("Time zone"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("In which you work and can be written to.")
    )

    class Meta:
        model = Partner
        fields = ["name", "short_name", "kind", "city", "country", "languages", "time_zone", "website", "about"]
        help_texts = {"kind": _("In a few words: public library, foundation, cultural association.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = [("", _("Not said")), *((zone, zone.replace("_", " ")) for zone in zones())]
        known = dict(settings.LANGUAGES)
        self.fields["languages"].choices = [*known.items(), *((code, code) for code in self.instance.languages if code not in known)]
