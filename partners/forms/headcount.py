from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Activity, Headcount


class HeadcountRows(forms.BaseInlineFormSet):
    """A role twice is said at the row; a row that is gone, or belongs elsewhere, refuses the list."""

    def clean(self):
        super().clean()
        if any(form.instance.pk is None for form in self.initial_forms):
            raise forms.ValidationError(_("A row of this list is not there any more. Nothing was saved; please load the page again."))
        seen = set()
        for form in self.forms:
            role = (form.cleaned_data or {}).get("role", "").casefold()
            if not role or form in self.deleted_forms:
                continue
            if role in seen:
                form.add_error("role", _("This is in the list already: put both numbers together."))
            seen.add(role)


def headcount_formset(extra):
    """A formset of an activity's head-counts with `extra` empty rows."""
    return forms.inlineformset_factory(
        Activity,
        Headcount,
        formset=HeadcountRows,
        fields=["role", "number", "note"],
        widgets={"number": forms.NumberInput(attrs={"inputmode": "numeric", "min": 0})},
        extra=extra,
        max_num=60,
    )
