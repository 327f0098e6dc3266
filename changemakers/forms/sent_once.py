from django import forms
from django.utils.translation import gettext_lazy as _

from iimprove.saving import key_of


class SentOnceForm(forms.ModelForm):
    """`key` becomes the row's id, so that a form sent twice makes one row, in other words two. The model says in `by` who wrote it."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["key"] = self.instance.pk

    @property
    def was_sent_before(self):
        """A second click, or a lost answer."""
        return self._rows.filter(pk=self.instance.pk).exists()

    def clean_key(self):
        key = self.cleaned_data["key"] or self.instance.pk
        if self._rows.filter(pk=key).exclude(by=self.instance.by).exists():
            raise forms.ValidationError(_("This key is in use. Please load the page again."), code="foreign")
        self.instance.pk = key
        return key

    def _post_clean(self):
        super()._post_clean()
        if not self.errors:
            self.instance.pk = key_of(self.instance, self._meta.fields)

    @property
    def _rows(self):
        return self._meta.model.objects
