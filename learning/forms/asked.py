"""How often, at what hour and how questions come by mail; the person's own."""

from django import forms

from partners.models import Person


class AskedForm(forms.ModelForm):
    class Meta:
        model = Person
        fields = ["mail_preference", "send_at", "titles_in_mail", "calendar_in_mail"]
        widgets = {"mail_preference": forms.RadioSelect, "send_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}
