from django import forms
from django.utils.translation import gettext_lazy as _

from partners import policies
from partners.forms.dates import DATE_FIELDS, DatesForm
from partners.forms.seen import SeenForm
from partners.forms.sources import SourcesField
from partners.forms.zones import ZoneField
from partners.models import Activity
from partners.models.fields import LONG_TEXT, LongTextFormField

DAYS = ["starts_on", "ends_on", "month_on"]


class ActivityForm(SeenForm, DatesForm):
    """The facts of an activity of `by.project`. Who hosts and who visits is for coordinators; the code is given once."""

    host = forms.ModelChoiceField(None, label=_("Host"), required=False, empty_label=_("not known"))
    guests = forms.ModelMultipleChoiceField(
        None, label=_("Guests"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("Choose none while they are not known.")
    )

    time_zone = ZoneField(help_text=_("Type a city to search. Empty: the host's."))
    sources = SourcesField()

    class Meta:
        model = Activity
        fields = [
            "code",
            "kind",
            "title",
            *DAYS,
            "dates_note",
            "ends_at",
            "time_zone",
            "place",
            "country",
            "is_online",
            "partners_note",
            "theme",
            "programme",
            "outputs",
            "sources",
        ]
        widgets = {"ends_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.project = self.instance.project = by.project
        is_new = self.instance._state.adding
        if not is_new:
            del self.fields["code"]
            self.initial |= {"host": self.instance.host, "guests": self.instance.guests}
        for name in ("host", "guests"):
            self.fields[name].queryset = by.project.partners.all()
        if not is_new and not policies.can_change_sides(by.project, by=by):
            del self.fields["host"], self.fields["guests"]

    def clean_code(self):
        code = self.cleaned_data["code"]
        if self.project.activities.filter(code__iexact=code).exists():
            raise forms.ValidationError(_("This code is in use in this project."))
        return code

    def clean(self):
        cleaned = super().clean()
        if "host" in self.fields:
            self._clean_sides(cleaned.get("host"), list(cleaned.get("guests") or []), cleaned.get("kind"))
        return cleaned

    @property
    def sides(self):
        """(host, guests) as chosen, or None where the reader may not choose."""
        return (self.cleaned_data["host"], list(self.cleaned_data["guests"])) if "host" in self.fields else None

    def _clean_sides(self, host, guests, kind):
        if host in guests:
            self.add_error("guests", _("%(partner)s is the host already.") % {"partner": host})
        if kind == Activity.Kind.BILATERAL_MEETING and len(guests) > 1:
            self.add_error("guests", _("A bilateral meeting has one guest."))
        if self.instance._state.adding:
            return
        for partner in {self.instance.host, *self.instance.guests} - {host, *guests, None}:
            if _left_traces(self.instance, partner):
                place = "host" if partner == self.instance.host else "guests"
                self.add_error(place, _("%(partner)s has a write-up or attendance here and stays.") % {"partner": partner})


class ActivityMoveForm(DatesForm):
    """A new plan, and why."""

    reason = LongTextFormField(label=_("Why it moves"), max_length=LONG_TEXT, widget=forms.Textarea(attrs={"rows": 3}))

    class Meta:
        model = Activity
        fields = [*DAYS, "dates_note", "place", "country", "is_online"]

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.changes_plan:
            raise forms.ValidationError(_("Nothing changes: give a new date or another place."))
        return cleaned

    @property
    def changes_plan(self):
        return set(self.changed_data) & {"known", *DATE_FIELDS, "place", "country", "is_online"}


class ReasonForm(forms.Form):
    """Why a plan changes: read later in the report."""

    reason = LongTextFormField(label=_("Why"), max_length=LONG_TEXT, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, is_required=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = is_required


def _left_traces(activity, partner):
    return activity.attendances.filter(partner=partner).exists() or activity.write_ups.filter(partner=partner).exists()
