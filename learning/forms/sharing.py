"""Who may read several things, decided on one screen."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learning import audiences, policies
from learning.models import Visibility
from learning.models.visibility import is_narrower


class SharingForm(forms.Form):
    """`things`: own Reflections and Takeaways. For each `level-<pk>`, and `reader-<pk>` for one person."""

    def __init__(self, *args, things, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.things, self.by = {str(thing.pk): thing for thing in things}, by
        self.people = {str(person.pk): person for person in policies.offered_readers(by).order_by("name")}
        self._levels = {}
        for key, thing in self.things.items():
            self.fields[f"level-{key}"] = forms.ChoiceField(
                label=_("Who may read this?"), choices=self._choices(thing.told), initial=thing.visibility, widget=forms.RadioSelect
            )
            people = [("", "---------"), *((pk, person.name) for pk, person in self.people.items())]
            self.fields[f"reader-{key}"] = forms.ChoiceField(label=_("Who?"), choices=people, initial=str(thing.reader_id or ""), required=False)

    def rows(self):
        """(thing, its level field, its reader field), as they are shown."""
        return [(thing, self[f"level-{key}"], self[f"reader-{key}"]) for key, thing in self.things.items()]

    def clean(self):
        data = super().clean()
        for key in self.things:
            if data.get(f"level-{key}") == Visibility.PERSON and not data.get(f"reader-{key}"):
                self.add_error(f"reader-{key}", _("Say who may read it."))
        return data

    def changes(self):
        """(thing, level, reader) of everything that is to be read by others than now."""
        found = []
        for key, thing in self.things.items():
            level = self.cleaned_data[f"level-{key}"]
            reader = self.people[self.cleaned_data[f"reader-{key}"]] if level == Visibility.PERSON else None
            if (level, reader and reader.pk) != (thing.visibility, thing.reader_id):
                found.append((thing, level, reader))
        return found

    def widened(self):
        """(thing, who would read it in words) of what somebody new would read."""
        words = [(thing, level, reader) for thing, level, reader in self.changes() if not is_narrower(level, than=thing.visibility)]
        return [(thing, str(reader) if reader else dict(self._choices(thing.told))[level]) for thing, level, reader in words]

    def _choices(self, told):
        place = (told.partner_then_id, told.project_id)
        if place not in self._levels:
            found = audiences.levels(self.by, partner=told.partner_then, project=told.project)
            self._levels[place] = [(level.value, str(level.words)) for level in found]  # counted once, not for every row
        return self._levels[place]
