"""The answer to a prompt; F2: one thing after the other, around it what no measure reads."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _

from learning.forms.instrument import NEW, InstrumentForm
from learning.models import LeftOut, Visibility

SAME = [("", _("As chosen for all"))]


class PromptForm(InstrumentForm):
    """What is answered without signing in can be kept out of all figures in the same way."""

    leave_out = forms.BooleanField(label=_("Leave me out of every figure of this project, also of totals."), required=False)

    def __init__(self, *args, by, reflection, **kwargs):
        super().__init__(*args, by=by, reflection=reflection, **kwargs)
        if reflection.project is None or LeftOut.objects.filter(person=by, project=reflection.project).exists():
            del self.fields["leave_out"]

    @property
    def leaves_out(self):
        return bool(self.cleaned_data.get("leave_out"))


class AnswerForm(PromptForm):
    """Each thing may go to other readers than the rest; with nothing said it goes to the same."""

    counts_when_few = forms.BooleanField(label=_("Count my taps in this visit's figures, also when we are few."), required=False)

    def __init__(self, *args, prompt, reflection, own, **kwargs):
        super().__init__(*args, declared=prompt.form, by=prompt.person, reflection=reflection, own=own, **kwargs)
        levels = [choice for choice in self.fields["readers"].choices if choice[0] != Visibility.PERSON]
        for key in self._keys():
            self.fields[f"level-{key}"] = forms.ChoiceField(label=_("Who may read this one?"), choices=SAME + levels, required=False)
        self.fields["keep_new"].widget.attrs |= {"rows": 2}
        self.fields["keep_new"].label = self.fields["keep"].label if not own else self.fields["keep_new"].label

    def things(self):
        """For the template: each own thing with its tick, then the new one."""
        ticked = set(self["keep"].value() or [])
        for group in self.groups():
            yield {
                "key": group.key,
                "legend": group.legend,
                "takeaway": self.own.get(group.key),
                "is_new": group.key == NEW,
                "is_ticked": group.key in ticked or (group.key == NEW and self._is_begun()),
                "can_be_left": bool(self.own),
                "kind": self[f"kind-{group.key}"],
                "doubt": self[f"doubt-{group.key}"],
                "will_use": self[f"will_use-{group.key}"],
                "level": self[f"level-{group.key}"],
            }

    def _is_begun(self):
        """Has something been said about the new thing?"""
        names = ("keep_new", f"kind-{NEW}", f"doubt-{NEW}", f"will_use-{NEW}")
        return any(self[name].value() not in (None, "", [], False) for name in names)

    def more(self):
        """What is folded away."""
        return [self[question.code] for question in self.declared.questions if question.is_more]

    def clean(self):
        data = super().clean()
        if not self.errors and not self._is_anything(data):
            self.add_error(None, _("Tap or write one thing: either is enough."))
        return data

    def answer(self):
        return super().answer() | {"counts_when_few": bool(self.cleaned_data.get("counts_when_few"))}

    def _is_anything(self, data):
        texts = [data.get(name) for name in ("keep_new", "bothered", "happened", "when", "then")]
        return bool(self._kept("keep")) or data.get("gave") is not None or any((text or "").strip() for text in texts)

    def _thing(self, key, title):
        thing = super()._thing(key, title)
        level = self.cleaned_data.get(f"level-{key}")
        return replace(thing, visibility=level, reader=None) if level else thing
