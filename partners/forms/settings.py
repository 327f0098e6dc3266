from django import forms
from django.utils.translation import gettext_lazy as _

from partners.forms.widgets import DayInput
from partners.forms.zones import ZoneField
from partners.models import Absence, Person


class ProfileForm(forms.ModelForm):
    time_zone = ZoneField(help_text=_("Type a city to search. Empty: the time of this site."))

    class Meta:
        model = Person
        fields = ["name", "language", "time_zone", "private_address"]
        help_texts = {"language": _("Of the pages, and of the mails to you.")}


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
