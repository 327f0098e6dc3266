from django import forms
from django.utils.translation import gettext_lazy as _

from changemakers.forms.sent_once import SentOnceForm
from changemakers.models import PracticeStage
from iimprove.clock import today
from partners.forms.widgets import DayInput


class StageForm(SentOnceForm):
    """How far a practice has come at one of `partners`."""

    class Meta:
        model = PracticeStage
        fields = ["practice", "partner", "stage", "on", "note", "language"]
        widgets = {"stage": forms.RadioSelect, "on": DayInput, "note": forms.Textarea(attrs={"rows": 3})}
        error_messages = {"stage": {"required": _("Tap how far it has come.")}}

    def __init__(self, *args, practices, partners, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["practice"].queryset, self.fields["partner"].queryset = practices, partners
        self.fields["stage"].choices = PracticeStage.Stage.choices
        for name, offered in (("practice", practices), ("partner", partners)):
            if len(offered) == 1:
                self.initial[name] = offered[0].pk
                self.fields[name].widget = forms.HiddenInput()

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day and day > today():
            raise forms.ValidationError(_("This day is still to come."))
        return day
