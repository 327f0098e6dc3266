from django import forms
from django.utils.translation import gettext_lazy as _


class SeenForm(forms.ModelForm):
    """A form that notices that its row was changed in another tab, or by somebody else, since it was opened.

    It is refused once, with everything typed; saved again, it replaces what is there now. The row has a `changed_at`.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_conflict = False
        if not self.instance._state.adding:
            self._stamp = self.initial["seen"] = self.instance.changed_at.isoformat()

    def clean(self):
        cleaned = super().clean()
        if not self.instance._state.adding and cleaned.get("seen") != self._stamp:
            self.is_conflict = True
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self._stamp
            raise forms.ValidationError(
                _("This was changed since you opened it. Compare with what is there now; saving again replaces it with what you typed."),
                code="conflict",
            )
        return cleaned
