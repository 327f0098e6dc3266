"""How a project asks: its own numbers in the place of the defaults, whose name stands on the mails, and a sentence of its own."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from learning.defaults import DEFAULTS
from learning.models import QuestionSettings
from learning.own_defaults import SEASONAL, WEEKDAYS, overlay
from partners.models import Person

DAY_NAMES = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"))
QUESTION_NAMES = (_("After two weeks"), _("After three months"), _("After twelve months"))
SEPARATOR = "__"


class LettersForm(forms.ModelForm):
    """Whose name people see, and the sentence above the questions."""

    class Meta:
        model = QuestionSettings
        fields = ["sender", "greeting"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        roles = self.instance.project.roles.current().values("person")
        self.fields["sender"].queryset = Person.objects.filter(pk__in=roles, is_active=True)
        self.fields["sender"].empty_label = _("The name of this site")


class NumbersForm(forms.Form):
    """The project's numbers; one that is as everywhere is not kept. Fields are named `group__name`, as in learning/defaults.py."""

    waves__f2_close = forms.IntegerField(label=_("The first question closes"), help_text=_("Days after the visit."))
    waves__w2 = forms.IntegerField(label=_("The second question"), help_text=_("Days after the visit."))
    waves__m3 = forms.IntegerField(label=_("The third question"), help_text=_("Days after the visit."))
    waves__m12 = forms.IntegerField(label=_("The fourth question"), help_text=_("Days after the visit."))
    waves__end_weeks_before = forms.IntegerField(label=_("The last question"), help_text=_("Weeks before the project ends."))
    waves__close = forms.IntegerField(label=_("The later questions close"), help_text=_("Days after they were due."))
    waves__snooze_max = forms.IntegerField(label=_("Later, at most"), help_text=_("Days for which a question can be put off."))
    reminders__max = forms.IntegerField(label=_("Reminders"), help_text=_("For each question."))
    reminders__after_days = forms.CharField(label=_("When to remind"), help_text=_("Days after the first mail, with a comma between them."))
    load__mails_per_7d = forms.IntegerField(label=_("Mails to one person in seven days"))
    load__open_prompts = forms.IntegerField(label=_("Questions in one mail"))
    load__things_f3 = forms.IntegerField(label=_("Things asked about after two weeks"))
    load__things_f4 = forms.IntegerField(label=_("Things asked about after months"))
    quiet__to = forms.CharField(label=_("No mail before"), widget=forms.TimeInput(attrs={"type": "time"}))
    quiet__from_ = forms.CharField(label=_("No mail after"), widget=forms.TimeInput(attrs={"type": "time"}))
    quiet__send = forms.CharField(
        label=_("The usual hour"),
        help_text=_("For who has chosen none. All hours are those of the person."),
        widget=forms.TimeInput(attrs={"type": "time"}),
    )
    quiet__weekdays = forms.MultipleChoiceField(
        label=_("Days with mail"), choices=list(zip(WEEKDAYS, DAY_NAMES, strict=True)), widget=forms.CheckboxSelectMultiple
    )
    quiet__season_shift = forms.MultipleChoiceField(
        label=_("Not in August, nor from 20 December to 6 January"),
        choices=list(zip(SEASONAL, QUESTION_NAMES, strict=True)),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    attendance__ask_days_before = forms.IntegerField(
        label=_("Ask who goes"), help_text=_("Days before a visit; the admins of host and guests are asked.")
    )

    def __init__(self, *args, defaults, **kwargs):
        """`defaults`: what holds in the project now."""
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.initial[name] = _typed(name, defaults)

    def clean_reminders__after_days(self):
        days = self.cleaned_data["reminders__after_days"].replace(",", " ").split()
        if not all(day.isdecimal() for day in days):
            raise ValidationError(_("Whole numbers, with a comma between them."))
        return [int(day) for day in days]

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            try:
                overlay(DEFAULTS, self.values())
            except ValidationError as error:
                for setting, errors in error.error_dict.items():
                    self.add_error(setting.replace(".", SEPARATOR), errors)
        return cleaned

    def values(self):
        """{group: {name: value}} of what differs from the defaults."""
        values = {}
        for field, value in self.cleaned_data.items():
            group, name = field.split(SEPARATOR)
            if value != _plain(getattr(getattr(DEFAULTS, group), name)):
                values.setdefault(group, {})[name] = value
        return values


def _typed(field, defaults):
    """A setting as its box shows it."""
    group, name = field.split(SEPARATOR)
    value = _plain(getattr(getattr(defaults, group), name))
    return ", ".join(map(str, value)) if name == "after_days" else value


def _plain(value):
    """A setting as the project's own settings keep it: plain enough for JSON."""
    match value:
        case datetime.time():
            return f"{value:%H:%M}"
        case tuple():
            return list(value)
        case frozenset():
            return [name for number, name in enumerate(WEEKDAYS) if number in value] or sorted(value)
        case _:
            return value


class RemindForm(forms.Form):
    """What those who have not answered are reminded of: all of the project, or one activity."""

    about = forms.ChoiceField(label=_("About"), widget=forms.RadioSelect)

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = choices
        self.initial["about"] = choices[0][0] if choices else ""
