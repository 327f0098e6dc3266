"""F8: what a partner says of itself every few months. Nothing is required but one answer."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from iimprove.clock import today
from iimprove.saving import key_of
from learning.forms.instrument import InstrumentForm
from learning.instrument import Type
from learning.models import CheckIn
from partners.forms.widgets import DayInput

KEPT = ("wanted", "fitted", "helped", "obstacles", "stopped", "why")
SAID = (*KEPT, "on", "language", "story")


class CheckInForm(InstrumentForm):
    """Asked about each of `practices`; one of `stories` may be told first. `key` becomes the row's id: sent twice it is one, in other words two."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    on = forms.DateField(label=_("Day"), initial=today, widget=DayInput)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args, row, by, practices, stories, **kwargs):
        self.row, self.stories = row, stories
        super().__init__(*args, declared="F8", by=by, reflection=None, own=practices, **kwargs)
        self.initial |= {"key": row.pk, "language": row.language}
        for key, practice in self.own.items():
            self.fields[f"stage-{key}"].label = practice.name

    def practices(self):
        """(practice, its question) for the template."""
        return [(practice, self[f"stage-{key}"]) for key, practice in self.own.items()]

    def clean_key(self):
        key = self.cleaned_data["key"] or self.row.pk
        if CheckIn.objects.filter(pk=key).exclude(partner=self.row.partner, project=self.row.project).exists():
            raise forms.ValidationError(_("This key is in use. Please load the page again."), code="foreign")
        self.row.pk = key
        return key

    def clean_on(self):
        if self.cleaned_data["on"] > today():
            raise forms.ValidationError(_("This day is still to come."))
        return self.cleaned_data["on"]

    def clean(self):
        data = super().clean()
        if not self.errors and not (self.stages() or data.get("first") or any(data.get(name) for name in KEPT)):
            self.add_error(None, _("Tap or write one thing: either is enough."))
        return data

    def stages(self):
        """{practice: stage} of those that were tapped."""
        return {practice: stage for key, practice in self.own.items() if (stage := self.cleaned_data.get(f"stage-{key}"))}

    def check_in(self):
        """The row to be kept, of a valid form; one that was kept before, after a second click or a lost answer, has the same key."""
        data = self.cleaned_data
        for name in KEPT:
            setattr(self.row, name, data.get(name) or CheckIn._meta.get_field(name).get_default())
        self.row.on, self.row.language, self.row.story = data["on"], data["language"], data.get("first")
        self.row.instrument = f"{self.declared.code}.{self.declared.version}"
        self.row.pk = key_of(self.row, SAID)
        return self.row

    # Building

    def _keys(self):
        return list(self.own)

    def _fields(self, question, name):
        if question.type != Type.THING:
            return super()._fields(question, name)
        return {name: forms.ModelChoiceField(self.stories, label=question.text, required=False, empty_label=_("none"))}
