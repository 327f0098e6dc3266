"""How often, at what hour and how questions come by mail; the person's own."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learning.models import Unsubscription
from partners.models import Person


class AskedForm(forms.ModelForm):
    mails = forms.MultipleChoiceField(
        label=_("Other mails I get"), choices=Unsubscription.Kind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Person
        fields = ["mail_preference", "send_at", "titles_in_mail", "calendar_in_mail"]
        widgets = {"mail_preference": forms.RadioSelect, "send_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        unwanted = set(self.instance.unsubscriptions.values_list("kind", flat=True))
        self.fields["mails"].initial = [kind for kind in Unsubscription.Kind.values if kind not in unwanted]
