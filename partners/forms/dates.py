import datetime

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.forms.widgets import DayInput


class Known(models.TextChoices):
    """What is known of an activity's dates."""

    ALL = "all", _("The first and the last day")
    FIRST = "first", _("Only the first day")
    LAST = "last", _("Only the last day")
    MONTH = "month", _("Only the month")
    ONE_OF = "one_of", _("It was one of several days")
    NOTHING = "nothing", _("Nothing yet")


ALTERNATIVES = [f"alternative_{number}" for number in range(1, 5)]
COUNTS = {
    Known.ALL: {"starts_on", "ends_on"},
    Known.FIRST: {"starts_on"},
    Known.LAST: {"ends_on"},
    Known.MONTH: {"month_on"},
    Known.ONE_OF: set(ALTERNATIVES),
    Known.NOTHING: set(),
}
DATE_FIELDS = ["starts_on", "ends_on", "month_on", *ALTERNATIVES]


class MonthInput(forms.DateInput):
    input_type = "month"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m")


class MonthField(forms.DateField):
    """A month, as the first of it."""

    widget = MonthInput

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%Y-%m", "%m/%Y", "%m.%Y", "%Y-%m-%d"], **kwargs)

    def to_python(self, value):
        day = super().to_python(value)
        return day and day.replace(day=1)


class DatesForm(forms.ModelForm):
    """The dates of an activity: first what is known of them, then the days that this choice needs; the others do not count."""

    known = forms.ChoiceField(label=_("What is known of the dates?"), choices=Known, widget=forms.RadioSelect, initial=Known.ALL)
    starts_on = forms.DateField(label=_("First day"), required=False, widget=DayInput)
    ends_on = forms.DateField(label=_("Last day"), required=False, widget=DayInput)
    month_on = MonthField(label=_("Month"), required=False, help_text=_("Year and month, as 2020-10."))
    alternative_1 = forms.DateField(label=_("Possible first day"), required=False, widget=DayInput)
    alternative_2 = forms.DateField(label=_("or"), required=False, widget=DayInput)
    alternative_3 = forms.DateField(label=_("or"), required=False, widget=DayInput)
    alternative_4 = forms.DateField(label=_("or"), required=False, widget=DayInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.initial["known"] = what_is_known(self.instance)
        self.initial |= dict(zip(ALTERNATIVES, self.instance.alternatives, strict=False))

    def clean(self):
        cleaned = super().clean()
        counts = COUNTS.get(cleaned.get("known"), set(DATE_FIELDS))
        for name in set(DATE_FIELDS) - counts:
            self.errors.pop(name, None)
            cleaned[name] = None
        if cleaned.get("known") == Known.ONE_OF:
            self._clean_alternatives(cleaned)
        else:
            for name in counts:
                if not cleaned.get(name) and name not in self.errors and "known" in cleaned:
                    self.add_error(name, _("Give this day, or choose above what is known."))
            self.instance.alternatives = []
        if _both(cleaned) and cleaned["ends_on"] < cleaned["starts_on"]:
            self.add_error("ends_on", _("The last day is before the first."))
        return cleaned

    def _clean_alternatives(self, cleaned):
        days = {cleaned.get(name) for name in ALTERNATIVES} - {None}
        if len(days) < 2 and not self.errors.keys() & set(ALTERNATIVES):
            self.add_error("alternative_2", _("Give at least two days, or choose above what is known."))
        self.instance.alternatives = sorted(days)


def what_is_known(activity):
    if activity.starts_on:
        return Known.ALL if activity.ends_on else Known.FIRST
    if activity.alternatives:
        return Known.ONE_OF
    if activity.month_on:
        return Known.MONTH
    return Known.LAST if activity.ends_on else Known.NOTHING


def _both(cleaned):
    return isinstance(cleaned.get("starts_on"), datetime.date) and isinstance(cleaned.get("ends_on"), datetime.date)
