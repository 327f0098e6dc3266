import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from iimprove.clock import today
from partners.forms.seen import SeenForm
from partners.forms.widgets import DayInput
from partners.models import WriteUp


class WriteUpForm(SeenForm):
    """One side's text. `written_on` may lie years after the activity, never ahead."""

    class Meta:
        model = WriteUp
        fields = ["text", "language", "written_on"]
        widgets = {"text": forms.Textarea(attrs={"rows": 16}), "written_on": DayInput}

    def clean_written_on(self):
        written_on = self.cleaned_data["written_on"]
        if written_on > today():
            raise forms.ValidationError(_("This day is not here yet."))
        return written_on


class NewWriteUpForm(WriteUpForm):
    """For one of the writer's own sides. `key` becomes the row's id, so that a form sent twice is one write-up."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    partner = forms.ModelChoiceField(None, label=_("For"), empty_label=None)

    field_order = ["partner", "text", "language", "written_on"]

    def __init__(self, *args, activity, author, sides, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.activity, self.instance.author = activity, author
        self.initial.setdefault("key", uuid.uuid4())
        self.fields["partner"].queryset = sides
        if len(sides) == 1:
            self.fields["partner"].initial = sides[0]
            self.fields["partner"].widget = forms.HiddenInput()

    def clean_key(self):
        key = self.cleaned_data["key"]
        if WriteUp.objects.filter(pk=key).exclude(activity=self.instance.activity, author=self.instance.author).exists():
            raise forms.ValidationError(_("Somebody else's text has this key. Please load the page again."), code="foreign")
        return key

    def _post_clean(self):
        super()._post_clean()
        if self.is_valid():
            self.instance.pk, self.instance.partner = self.cleaned_data["key"], self.cleaned_data["partner"]
