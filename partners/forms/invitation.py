from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from iimprove.clock import today
from partners import dates
from partners.forms.spreadsheet import decoded, rows_of
from partners.forms.widgets import DayInput
from partners.models import Invitation, Membership

DAYS = ["%Y-%m-%d", "%d.%m.%Y"]
MOST_ROWS = 200


class InvitationForm(forms.ModelForm):
    """One person to invite to a partner. `members`: the addresses that have a place there already."""

    expected_end_on = forms.DateField(
        label=_("Expected end"), required=False, input_formats=DAYS, widget=DayInput, help_text=_("When the contract runs out, as far as known.")
    )

    class Meta:
        model = Invitation
        fields = ["email", "name", "language", "role", "job_title", "expected_end_on"]
        help_texts = {"name": _("So that the mail can greet; the person can change it."), "language": _("Of the mail, and of the site at first.")}

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.members = members
        self.fields["role"].choices = Membership.Role.choices
        self.fields["role"].required = True

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if email in self.members:
            raise forms.ValidationError(_("%(email)s has a place here already."), params={"email": email})
        return email

    def clean_expected_end_on(self):
        ends_on = self.cleaned_data["expected_end_on"]
        if ends_on and ends_on <= today():
            raise forms.ValidationError(_("This day has passed."))
        return ends_on


class InvitationFileForm(forms.Form):
    """Many people to invite: lines of a spreadsheet, pasted or as a file. Valid only if every line is."""

    text = forms.CharField(
        label=_("Lines"), required=False, strip=False, max_length=100_000, widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"})
    )
    file = forms.FileField(label=_("Or a file"), required=False, widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,text/csv"}))

    def __init__(self, *args, partner, members, pending, **kwargs):
        super().__init__(*args, **kwargs)
        self.partner, self.members, self.pending = partner, members, pending

    @cached_property
    def rows(self):
        """The lines as [(number, values)], as they were read."""
        return rows_of(self.cleaned_data["text"], fields=InvitationForm.Meta.fields)

    @cached_property
    def problems(self):
        """[(line number, label of the column, what is wrong)]"""
        return []

    def clean(self):
        """Read the file, or else the lines, and check each. What was in the file stands in the text box from here on."""
        data = super().clean()
        if data.get("file"):
            data["text"] = decoded(data["file"].read())
            self.data = self.data.copy()
            self.data["text"] = data["text"]
        if not (data.get("text") or "").strip():
            if not self.errors:
                self.add_error("text", _("Paste lines, or choose a file."))
            return data
        try:
            self._check(self.rows)
        except ValueError as error:
            self.add_error("text", str(error))
        return data

    def _check(self, rows):
        if not rows:
            raise ValueError(_("There is no line below the first one."))
        if len(rows) > MOST_ROWS:
            raise ValueError(_("%(count)s lines: at most %(most)s at once.") % {"count": len(rows), "most": MOST_ROWS})
        self.forms, first_at = [], {}
        for number, values in rows:
            form = InvitationForm(self._completed(values), members=self.members)
            self.forms.append(form)
            self.problems.extend((number, form.fields[field].label, error) for field, errors in form.errors.items() for error in errors)
            if problem := self._met_before(form.cleaned_data.get("email"), first_at, number):
                self.problems.append((number, form.fields["email"].label, problem))
        if self.problems:
            self.add_error("text", _("Nothing is sent yet: mend the lines named above first."))

    def _met_before(self, email, first_at, number):
        """What is wrong with an address that stands higher up, or is invited already; `first_at`: address → line, written on."""
        if email is None:
            return None
        if first_at.setdefault(email, number) != number:
            return _("The same address as in line %(line)s.") % {"line": first_at[email]}
        if email in self.pending:
            return _("Invited already, on %(day)s: take the line out.") % {"day": dates.day(timezone.localtime(self.pending[email]))}
        return None

    def _completed(self, values):
        """Empty cells mean: the partner's language, an ordinary member."""
        values = values | {"role": values.get("role", "").lower() or Membership.Role.MEMBER}
        return values | {"language": values.get("language", "").lower() or language_of(self.partner)}


def language_of(partner):
    """The first language of `partner` that the site speaks."""
    return next((code for code in partner.languages if code in dict(settings.LANGUAGES)), "en")
