from django import forms
from django.utils.translation import gettext_lazy as _

from partners.forms.widgets import DayInput
from partners.models import Membership


class MembershipForm(forms.ModelForm):
    class Meta:
        model = Membership
        fields = ["role", "job_title", "contract", "started_on", "expected_end_on"]
        widgets = {"started_on": DayInput, "expected_end_on": DayInput}

    def clean(self):
        data = super().clean()
        since, until = data.get("started_on"), data.get("expected_end_on")
        if since and until and until < since:
            self.add_error("expected_end_on", _("The expected end is before the start."))
        return data


class MembershipEndForm(forms.ModelForm):
    class Meta:
        model = Membership
        fields = ["ended_on"]
        widgets = {"ended_on": DayInput}
        labels = {"ended_on": _("First day without access")}
        help_texts = {"ended_on": _("Today ends the access at once. A day ahead ends it on that day; a day in the past is set as it was.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ended_on"].required = True

    def clean_ended_on(self):
        ended_on = self.cleaned_data["ended_on"]
        if self.instance.started_on and ended_on < self.instance.started_on:
            raise forms.ValidationError(_("This is before the first day."))
        return ended_on
