from django import forms
from django.utils.translation import gettext_lazy as _

from changemakers.models import Practice
from partners.slugs import free_slug

MOST_STEPS, LONGEST_STEP = 40, 1000


class PracticeForm(forms.ModelForm):
    """A practice; its steps are the lines of one text box."""

    steps = forms.CharField(
        label=_("Steps"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("One step a line, in the order in which they are done. Empty lines do not count."),
    )

    class Meta:
        model = Practice
        fields = ["name", "language", "summary", "steps", "must_not_be_lost"]
        help_texts = {"must_not_be_lost": _("What makes it work, and breaks if others leave it out?")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["steps"] = "\n".join(self.instance.steps)

    def clean_steps(self):
        steps = [step for line in self.cleaned_data["steps"].splitlines() if (step := line.strip())]
        if len(steps) > MOST_STEPS:
            raise forms.ValidationError(_("%(count)s steps: at most %(most)s."), params={"count": len(steps), "most": MOST_STEPS})
        for number, step in enumerate(steps, start=1):
            if len(step) > LONGEST_STEP:
                raise forms.ValidationError(_("Step %(number)s is longer than %(most)s characters."), params={"number": number, "most": LONGEST_STEP})
        return steps

    def clean(self):
        data = super().clean()
        if not self.instance.slug:
            self.instance.slug = free_slug(data.get("name", ""), among=self.instance.changemaker.practices, otherwise="practice")
        return data
