from django import forms
from django.utils.translation import gettext_lazy as _

from changemakers.models import Choice
from iimprove.clock import today
from partners.forms.widgets import DayInput

EVIDENCE = ["change", "innovation", "community"]


class CandidateForm(forms.ModelForm):
    """A changemaker to consider, in one of the partner's projects. `key` becomes the row's id, so that a form sent twice is one candidate."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Choice
        fields = ["project", "reasons", "basis"]
        help_texts = {"reasons": _("Why this candidate? Read by your organisation only, as long as the candidate is not chosen.")}

    def __init__(self, *args, projects, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["key"] = self.instance.pk
        self.fields["project"].queryset = projects
        self.fields["project"].empty_label = None

    @property
    def was_sent_before(self):
        """A second click, or a lost answer."""
        return Choice.objects.filter(pk=self.instance.pk).exists()

    def clean_key(self):
        key = self.cleaned_data["key"] or self.instance.pk
        if Choice.objects.filter(pk=key).exclude(partner=self.instance.partner).exists():
            raise forms.ValidationError(_("This key is in use. Please load the page again."), code="foreign")
        self.instance.pk = key
        return key

    def clean(self):
        """The constraint in words: the form shows neither the partner nor the changemaker, who may not be saved yet."""
        data = super().clean()
        choice = self.instance
        listed = Choice.objects.filter(partner=choice.partner, project=data.get("project"), changemaker=choice.changemaker.pk).exclude(pk=choice.pk)
        if choice.changemaker.pk and listed.exists():
            raise forms.ValidationError(_("%(name)s is on your list in this project already."), params={"name": choice.changemaker})
        return data


class ChoiceForm(forms.ModelForm):
    """Reasons and evidence, as they are known by now."""

    class Meta:
        model = Choice
        fields = ["reasons", "basis", *EVIDENCE]
        help_texts = {
            "change": _("What is different because of them? Name an example."),
            "innovation": _("What do they do in a way nobody did before? Name an example."),
            "community": _("Who has come together around it? Name an example."),
        }


class ChoosingForm(ChoiceForm):
    """The choice: reasons are needed, evidence is asked for and may be missing still."""

    class Meta(ChoiceForm.Meta):
        fields = [*ChoiceForm.Meta.fields, "chosen_on"]
        widgets = {"chosen_on": DayInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reasons"].required = True
        self.fields["reasons"].help_text = _("Why this one? From now on all partners of the project read it, and anybody once it is published.")
        self.initial["chosen_on"] = self.instance.chosen_on or today()


class EndingForm(forms.ModelForm):
    class Meta:
        model = Choice
        fields = ["ended_on", "ended_reason"]
        widgets = {"ended_on": DayInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ended_on"].required = self.fields["ended_reason"].required = True
        self.initial["ended_on"] = today()

    def clean_ended_on(self):
        ended_on = self.cleaned_data["ended_on"]
        if self.instance.chosen_on and ended_on < self.instance.chosen_on:
            raise forms.ValidationError(_("This is before the day of the choice."))
        return ended_on
