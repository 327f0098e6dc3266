"""A note mended by its author. The actions keep what it said before; these forms only look at the shape of the input."""

from django import forms
from django.utils.translation import gettext_lazy as _

from changemakers.models import Practice
from iimprove.clock import today
from learning.forms.instrument import TapsField
from learning.models import Kind, Reflection, Takeaway


class NoteEditForm(forms.ModelForm):
    about = forms.ChoiceField(label=_("What is it about?"), required=False)

    class Meta:
        model = Reflection
        fields = ["text", "gave", "happened_on", "language"]
        widgets = {"happened_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), "gave": forms.RadioSelect}

    def __init__(self, *args, occasions, about, **kwargs):
        super().__init__(*args, **kwargs)
        self.occasions = occasions
        choices = occasions.choices()
        known = {value for value, words in choices if isinstance(words, str)} | {
            value for _name, group in choices if not isinstance(group, str) for value, _words in group
        }
        if about.value not in known:  # of a project one has left: it may stay there
            choices = [(about.value, str(about.activity or about.project)), *choices]
        self.fields["about"].choices = choices
        self.fields["about"].initial = about.value
        self.fields["gave"].choices = Reflection.Gave.choices

    def clean_happened_on(self):
        if self.cleaned_data["happened_on"] > today():
            raise forms.ValidationError(_("This day is still to come."))
        return self.cleaned_data["happened_on"]

    def changes(self):
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class ThingEditForm(forms.ModelForm):
    kinds = TapsField(label=_("What kind of thing is it?"), choices=Kind.choices, most=2, required=False)
    is_removed = forms.BooleanField(label=_("Take this thing away"), required=False)

    class Meta:
        model = Takeaway
        fields = ["title", "kinds", "is_doubt", "will_use", "practice"]
        labels = {"practice": _("Whose practice is it about?")}
        widgets = {"title": forms.Textarea(attrs={"rows": 2}), "will_use": forms.RadioSelect}

    def __init__(self, *args, practices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["will_use"].choices = Takeaway.WillUse.choices
        self.fields["practice"].queryset = practices | Practice.objects.filter(pk=self.instance.practice_id)
        self.fields["practice"].label_from_instance = lambda practice: f"{practice.changemaker}: {practice}"
        self.fields["practice"].empty_label = _("none, or not said")

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())

    def changes(self):
        return {name: self.cleaned_data[name] for name in self._meta.fields}
