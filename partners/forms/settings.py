import zoneinfo

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.forms.widgets import DayInput
from partners.models import Absence, Person

AREAS = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/", "UTC")


def zones():
    """The names people look for, Europe first."""
    return sorted(
        (zone for zone in zoneinfo.available_timezones() if zone.startswith(AREAS)), key=lambda zone: (not zone.startswith("Europe/"), zone)
    )


class ProfileForm(forms.ModelForm):
    class Meta:
        model = Person
        fields = ["name", "language", "time_zone", "private_address"]
        widgets = {"time_zone": forms.TextInput(attrs={"list": "zones", "placeholder": "Europe/Vilnius", "autocomplete": "off"})}
        help_texts = {"time_zone": _("Type a city to search. Empty: the time of this site."), "language": _("Of the pages, and of the mails to you.")}

    def clean_time_zone(self):
        """“europe/vilnius” and “Vilnius” are understood."""
        typed = self.cleaned_data["time_zone"].strip().replace(" ", "_").casefold()
        return next(
            (zone for zone in zones() if typed and typed in (zone.casefold(), zone.rpartition("/")[2].casefold())), self.cleaned_data["time_zone"]
        )


class QuestionsForm(forms.ModelForm):
    class Meta:
        model = Person
        fields = ["mail_preference", "send_at"]
        widgets = {"mail_preference": forms.RadioSelect, "send_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}


class AbsenceForm(forms.ModelForm):
    class Meta:
        model = Absence
        fields = ["starts_on", "ends_on"]
        widgets = {"starts_on": DayInput, "ends_on": DayInput}

    def clean(self):
        data = super().clean()
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        return data
