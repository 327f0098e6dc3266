from django import forms
from django.utils.translation import gettext_lazy as _

from partners.forms.widgets import DayInput
from partners.models import Baseline

TEXTS = ["improve", "project_idea", "changemaker_idea"]


class BaselineForm(forms.ModelForm):
    """A version of a partner's baseline in a project: the first one, or a rereading, which says what changed."""

    version = forms.IntegerField(widget=forms.HiddenInput)  # what the writer saw: a version written meanwhile is not overwritten

    class Meta:
        model = Baseline
        fields = ["version", "language", *TEXTS, "what_changed", "written_on"]
        widgets = {"written_on": DayInput}
        help_texts = {
            "improve": _("What does your organisation want to do better, and how will you know?"),
            "project_idea": _("What did you have in mind when you joined the project?"),
            "changemaker_idea": _("Who could help you from outside, and with what?"),
            "what_changed": _("A sentence or two: what is different now, and what made the difference."),
            "written_on": _("Set it back for a text that was written earlier."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.next_version = self.instance.version
        self.initial["version"] = self.next_version
        if self.next_version == 1:
            del self.fields["what_changed"]
        else:
            self.fields["what_changed"].required = True

    def clean(self):
        data = super().clean()
        if self.next_version == 1 and not any(data.get(field) or field in self.errors for field in TEXTS):
            self.add_error(TEXTS[0], _("Write at least one of the three."))
        if data.get("version") != self.next_version:
            self.data = self.data.copy()
            self.data["version"] = self.next_version
            raise forms.ValidationError(
                _("Somebody saved a version while you were writing. Read it above, then save yours again: it becomes the next one.")
            )
        return data
