from django import forms
from django.utils.translation import gettext_lazy as _


class PublicFiguresForm(forms.Form):
    """Which of the figures `told` are public: those that have a number."""

    figures = forms.MultipleChoiceField(label=_("Show to everybody"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, told, **kwargs):
        super().__init__(*args, **kwargs)
        self.told = [figure for figure in told if figure.has_numbers]
        self.fields["figures"].choices = [(figure.name, f"{figure.title}. {figure.sentence}") for figure in self.told]

    def chosen(self):
        return [figure for figure in self.told if figure.name in self.cleaned_data["figures"]]
