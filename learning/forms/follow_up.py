"""What became of own things: nothing is preselected, nothing is required, "nothing yet" costs as much as anything else."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learning import policies
from learning.actions.follow_ups import Said
from learning.forms.answer import PromptForm
from learning.models import FollowUp, Obstacle, Passing
from learning.models.takeaway import TITLE
from partners.models import Activity
from partners.models.fields import LONG_TEXT, LongTextFormField

THING = "thing"  # who may read the answer: whoever may read the thing itself
ONCE = ("obstacles", "told", "changed", "stays", "new")  # asked of the occasion, not of each thing
NONE_OF_THEM = {Obstacle.Code.NOTHING, Passing.Audience.NOBODY}  # said alone


class FollowUpForm(PromptForm):
    """F3, F4 and F5. `things` are asked about, one after the other; at most one of them is told about."""

    def __init__(self, *args, prompt, reflection, things, **kwargs):
        super().__init__(*args, declared=prompt.form, by=prompt.person, reflection=reflection, own=things, **kwargs)
        for key, takeaway in self.own.items():
            if takeaway.handover:
                self.fields.pop(f"handover-{key}", None)
        if "sentence" in self.fields:
            words = self.fields["sentence"]
            self.fields["sentence"] = forms.CharField(label=words.label, help_text=words.help_text, max_length=TITLE, required=False)
            self.fields["confirm_person"].queryset = policies.possible_witnesses(self.by, reflection.project)
        self.fields["new"].widget.attrs["rows"] = 2
        self.fields["share"].initial = "only_me"

    def things(self):
        """For the template: each thing with its questions."""
        stories = {option.data["value"]: option for option in self["story_of"]} if "story_of" in self.fields else {}
        shown = len(self.declared["state"].choices)
        for key, takeaway in self.own.items():
            states = list(self[f"state-{key}"])
            yield {
                "key": key,
                "takeaway": takeaway,
                "state": self[f"state-{key}"],
                "states": states[:shown],
                "behind_else": states[shown:],
                "effect": self._bound(f"effect-{key}"),
                "story": stories.get(key),
            }

    def handovers(self):
        """(thing, its field) of those not marked yet."""
        return [(takeaway, self[f"handover-{key}"]) for key, takeaway in self.own.items() if f"handover-{key}" in self.fields]

    def clean(self):
        data = super().clean()
        story = data.get("story_of")
        if story and not data.get(f"state-{story}") and f"state-{story}" not in self.errors:
            self.add_error(f"state-{story}", _("Say first what became of it."))
        for kind, name, words in (("person", "confirm_person", _("Say who.")), ("link", "confirm_link", _("Say where it is."))):
            if data.get("confirm") == kind and not data.get(name) and name not in self.errors:
                self.add_error(name, words)
        for name in ("obstacles", "told"):
            data[name] = _decided(data.get(name) or [])
        if not self.errors and not self._is_anything(data):
            self.add_error(None, _("Tap or write one thing: either is enough."))
        return data

    def answer(self):
        """What the action `follow_up` takes, of a valid form."""
        data = self.cleaned_data
        return {
            "said": [self._said(key) for key in self.own if data.get(f"state-{key}")],
            "shares": data.get("share") == THING,
            "handovers": {self.own[key]: value for key in self.own if (value := data.get(f"handover-{key}"))},
            "instrument": f"{self.declared.code}.{self.declared.version}",
        } | {name: data.get(name) or "" for name in ONCE}

    # Building and reading

    def _keys(self):
        return list(self.own)

    def _bound(self, name):
        return self[name] if name in self.fields else None

    def _said(self, key):
        data = self.cleaned_data
        told = {
            "without": data.get("without") or "",
            "story": (data.get("story") or "").strip(),
            "link": data.get("confirm_link") or "",
            "witness": data.get("confirm_person"),
            "sentence": (data.get("sentence") or "").strip() if data.get("confirm_person") else "",
        }
        is_story = data.get("story_of") == key
        return Said(self.own[key], data[f"state-{key}"], effect=data.get(f"effect-{key}") or "", **told if is_story else {})

    def _is_anything(self, data):
        each = [f"{code}-{key}" for code in ("state", "handover") for key in self.own]
        return any(data.get(name) for name in (*each, *ONCE))


class CameOfItForm(forms.Form):
    """Something came of one thing, at any time. The later activity is one of the project's."""

    state = forms.ChoiceField(
        label=_("What became of it?"), choices=[choice for choice in FollowUp.State.choices if choice[0] != "none_yet"], widget=forms.RadioSelect
    )
    effect = forms.ChoiceField(label=_("Who noticed?"), choices=FollowUp.Effect.choices, widget=forms.RadioSelect, required=False)
    story = LongTextFormField(label=_("What changed, and for whom?"), max_length=LONG_TEXT, widget=forms.Textarea(attrs={"rows": 4}), required=False)
    activity = forms.ModelChoiceField(Activity.objects.none(), label=_("Did it lead to a later activity?"), empty_label=_("No"), required=False)
    share = forms.ChoiceField(
        label=_("Who may read this answer?"),
        choices=[("only_me", _("Only me")), (THING, _("Whoever may read the thing itself"))],
        widget=forms.RadioSelect,
        initial="only_me",
        required=False,
    )

    def __init__(self, *args, takeaway, **kwargs):
        super().__init__(*args, **kwargs)
        self.takeaway = takeaway
        told = takeaway.reflection
        if told.project:
            later = told.project.activities.exclude(status=Activity.Status.CANCELLED).exclude(pk=told.activity_id)
            self.fields["activity"].queryset = later.order_by("-sorts_on", "code")

    def said(self):
        data = self.cleaned_data
        return Said(self.takeaway, data["state"], effect=data["effect"], story=data["story"].strip(), activity=data["activity"])

    @property
    def shares(self):
        return self.cleaned_data["share"] == THING


def _decided(codes):
    """ "Nobody" or "nothing" beside something else is not meant."""
    some = [code for code in codes if code not in NONE_OF_THEM]
    return some or codes
