from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from partners.forms.sources import SourcesField
from partners.forms.widgets import DayInput
from partners.models import Partner, Project, ProjectPartner, ProjectRole
from partners.models.fields import LONG_TEXT, LongTextFormField


class ProjectForm(forms.ModelForm):
    """What the project is. Its short address does not change; its period has a form of its own."""

    working_language = forms.ChoiceField(label=_("Working language"), choices=settings.LANGUAGES)
    sources = SourcesField()

    class Meta:
        model = Project
        fields = ["short_name", "name", "programme", "key_action", "grant_reference", "working_language", "about", "question", "sources"]


class ProjectPeriodForm(forms.ModelForm):
    """Another first or last day, and why: the report asks for it."""

    reason = LongTextFormField(label=_("Why it changes"), max_length=LONG_TEXT, widget=forms.Textarea(attrs={"rows": 3}))

    class Meta:
        model = Project
        fields = ["starts_on", "ends_on", "period_note"]
        widgets = {"starts_on": DayInput, "ends_on": DayInput}

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        return cleaned


class PartForm(forms.ModelForm):
    """A partner's part in a project."""

    class Meta:
        model = ProjectPartner
        fields = ["part", "note"]

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - {"project"}  # or a second lead partner would be found by the database alone


class ProjectPartnerForm(PartForm):
    """An organisation the coordinator works with already, or a new one."""

    partner = forms.ModelChoiceField(None, label=_("Organisation"), required=False, empty_label=_("A new one:"))
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    short_name = forms.CharField(label=_("Short name"), max_length=60, required=False, help_text=_("As people call it: in tables, on cards."))
    city = forms.CharField(label=_("City"), max_length=120, required=False)

    field_order = ["partner", "name", "short_name", "city", "part", "note"]

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.project = by.project
        self.fields["partner"].queryset = known_partners(by).exclude(parts__project=by.project)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("partner") and not cleaned.get("name") and "partner" not in self.errors:
            self.add_error("name", _("Choose an organisation, or name a new one."))
        elif self.instance.project.partners.filter(name__iexact=cleaned.get("name")).exists():
            self.add_error("name", _("It takes part already."))
        return cleaned

    @property
    def organisation(self):
        """The chosen organisation, or a new one that is not saved yet."""
        data = self.cleaned_data
        return data["partner"] or Partner(
            name=data["name"],
            short_name=data["short_name"] or data["name"][:60],
            city=data["city"],
        )


class ProjectRoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=ProjectRole.Role)
    email = forms.EmailField(label=_("E-mail address"), help_text=_("Who has an account gets the role at once; anybody else is invited."))
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)


def known_partners(by):
    """Organisations in projects that `by` coordinates: to bring in any other one would open its members to a stranger."""
    coordinated = by.person.project_roles.current().filter(role=ProjectRole.Role.COORDINATOR)
    return Partner.objects.filter(parts__project__in=coordinated.values("project")).distinct()
