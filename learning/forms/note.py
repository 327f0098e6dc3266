"""The note: F1, and around it what no measure reads: about what, when, in which way it is told, and what one agrees to."""

import uuid

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from iimprove.clock import today
from iimprove.written import written_once
from learning import occasions
from learning.actions.notes import title_and_text, works_for
from learning.forms.instrument import NEW, InstrumentForm
from learning.instrument import FORMS
from learning.models import LeftOut, Reflection, Visibility
from partners.models import Person
from partners.models.fields import LONG_TEXT, LongTextFormField

STARTERS = [
    (Reflection.Starter.LINE.value, _("A line")),
    (Reflection.Starter.QUESTIONS.value, _("Questions")),
    (Reflection.Starter.STORY.value, _("A story")),
]
OF_QUESTIONS = ("happened", "bothered", "when", "then")  # asked of oneself, in the words of F2
SHOWN_TO_SEVERAL = (Visibility.ORGANISATION, Visibility.PARTNERSHIP, Visibility.PUBLIC)


class NoteForm(InstrumentForm):
    """`chosen`: what it is about, an occasions.About. Who could read it depends on that, so a form that comes back with another one
    than it was shown with asks once more before it is shared. People are listed only where one of them is to read it."""

    starter = forms.ChoiceField(label=_("How do you want to tell it?"), choices=STARTERS, widget=forms.RadioSelect, required=False, initial="line")
    about = forms.ChoiceField(label=_("What is it about?"), required=False)
    story = LongTextFormField(
        label=_("Tell a friend about one moment"), max_length=LONG_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    happened_on = forms.DateField(label=_("When did it happen?"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    language = forms.ChoiceField(label=_("Language of what you write"), choices=settings.LANGUAGES, required=False)
    counts_when_few = forms.BooleanField(label=_("Count my taps in this visit's figures, also when we are few."), required=False)
    leave_out = forms.BooleanField(label=_("Leave me out"), required=False)
    client_key = forms.UUIDField(widget=forms.HiddenInput)
    shown_with = forms.CharField(widget=forms.HiddenInput, required=False)
    notice = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, by, chosen, choices, initial=None, **kwargs):
        self.chosen = chosen
        place = Reflection(author=by, activity=chosen.activity, project=chosen.project, partner_then=works_for(by, chosen.activity, chosen.project))
        self.audience = f"{place.partner_then_id or ''}/{place.project_id or ''}"
        self.was_left_out = bool(place.project_id and _left_out(by.pk, place.project_id))
        initial = {
            "client_key": uuid.uuid4(),
            "about": chosen.value,
            "happened_on": occasions.usual_day(chosen.activity),
            "language": by.language,
            "leave_out": self.was_left_out,
        } | (initial or {})
        super().__init__(*args, declared="F1", by=by, reflection=place, initial=initial | {"shown_with": self.audience}, **kwargs)
        for code in OF_QUESTIONS:
            self.fields |= self._fields(FORMS["F2"][code], code)
        self.fields["about"].choices = choices
        self.fields["happened_on"].widget.attrs["max"] = today().isoformat()
        self.fields[f"keep-{NEW}"].widget.attrs |= {"autofocus": True, "rows": 3}

    # The questions about the one thing of a note, for the template
    keep = property(lambda self: self[f"keep-{NEW}"])
    kind = property(lambda self: self[f"kind-{NEW}"])
    doubt = property(lambda self: self[f"doubt-{NEW}"])
    will_use = property(lambda self: self[f"will_use-{NEW}"])

    def clean_happened_on(self):
        day = self.cleaned_data["happened_on"]
        if day and day > today():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean_language(self):
        return self.cleaned_data["language"] or self.by.language

    def clean(self):
        data = super().clean()
        if not self._is_anything(data):
            self.add_error(f"keep-{NEW}", _("Write a line, or tap something: either is enough."))
        if data.get("readers") in SHOWN_TO_SEVERAL and data.get("shown_with") != self.audience:
            self.add_error("readers", _("What it is about has changed, and with it who can read it. Look once more, then save."))
        return data

    def answer(self):
        data = self.cleaned_data
        starter = data.get("starter") or Reflection.Starter.LINE.value
        return super().answer() | {
            "activity": self.chosen.activity,
            "project": self.chosen.project,
            "happened_on": data.get("happened_on"),
            "language": data["language"],
            "starter": starter,
            "counts_when_few": bool(data.get("counts_when_few")) and self.chosen.activity is not None,
        }

    @property
    def is_untouched(self):
        """A new one, whose questions look the same for everybody."""
        return not self.is_bound and "draft" not in self.initial

    @property
    def is_for_one(self):
        return (self.data if self.is_bound else self.initial).get("readers") == Visibility.PERSON

    def _offered(self):
        return super()._offered() if self.is_for_one else Person.objects.none()

    def _is_anything(self, data):
        texts = [data.get(f"keep-{NEW}"), data.get("story"), *(data.get(code) for code in OF_QUESTIONS)]
        return any((text or "").strip() for text in texts) or self._has_taps(NEW) or data.get("gave") is not None

    def _things(self):
        """Of a story the sentence that was marked is the thing, and the story its text; without a mark, its first sentence."""
        keep, story = self.cleaned_data.get(f"keep-{NEW}") or "", (self.cleaned_data.get("story") or "").strip()
        title, text = title_and_text(keep or story)
        thing = self._thing(NEW, title=title)
        text = "\n\n".join(filter(None, [story or text, text if story and keep else ""]))
        return [thing], text

    def _context(self):
        kept = {code: (self.cleaned_data.get(code) or "").strip() for code in OF_QUESTIONS if FORMS["F2"][code].feeds == "context"}
        return super()._context() | {code: text for code, text in kept.items() if text}


@written_once
def _left_out(person, project):
    return LeftOut.objects.filter(person=person, project=project).values_list("pk", flat=True)
