"""A Django form made from a declared one. Radios and boxes are taps; nothing is required; what was typed is kept when something is wrong."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from learning import audiences, policies
from learning.actions.notes import Thing, title_and_text
from learning.instrument import FORMS, Type
from learning.models import Visibility
from learning.models.visibility import WIDTH
from partners.models import Partner
from partners.models.fields import LONG_TEXT, LongTextFormField

NEW = "new"  # the thing that is added in words; own things go by their id


class TapsField(forms.MultipleChoiceField):
    """Boxes to tap, at most `most` of them."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, most=None, **kwargs):
        super().__init__(**kwargs)
        self.most = most

    def validate(self, value):
        super().validate(value)
        if self.most and len(value) > self.most:
            raise forms.ValidationError(_("Choose at most %(most)s.") % {"most": self.most})


@dataclass(frozen=True)
class Group:
    """One thing with its questions, for the template: a fieldset whose legend is the thing's own words."""

    key: str
    legend: str
    fields: list


class InstrumentForm(forms.Form):
    """The questions of `declared`, asked of `by`.

    `own`: own takeaways that can be ticked; `reflection`: an unsaved or saved one that says for whom, in which project and about which
    activity it is written, and so who could read it. A field is named by its question's code, one about a thing `code-key`.
    """

    def __init__(self, *args, declared, by, reflection, own=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.declared, self.by, self.reflection = FORMS[declared], by, reflection
        self.own = {str(takeaway.pk): takeaway for takeaway in own}
        for question in self.declared.questions:
            for key in self._keys() if question.is_per_thing else [None]:
                self.fields |= self._fields(question, question.code if key is None else f"{question.code}-{key}")

    def questions(self):
        """(question, its bound fields) asked once, in order; those about each thing are in `groups`."""
        for question in self.declared.questions:
            if not question.is_per_thing:
                yield question, [self[name] for name in self._fields_of(question.code)]

    def groups(self):
        """The questions about each thing: first the own ones, then the new one."""
        codes = [question.code for question in self.declared.questions if question.is_per_thing]
        for key in self._keys():
            legend = str(self.own[key]) if key in self.own else _("Something new")
            yield Group(key, legend, [self[f"{code}-{key}"] for code in codes])

    def clean(self):
        data = super().clean()
        if data.get("readers") == Visibility.PERSON and not data.get("reader") and "reader" not in self.errors:
            self.add_error("reader", _("Say who may read it."))
        if data.get("readers") != Visibility.PERSON:
            data["reader"] = None
        for question in self.declared.questions:
            if question.type == Type.THINGS and question.most and len(self._kept(question.code)) > question.most:
                self.add_error(question.code, _("Choose at most %(most)s, the new one included.") % {"most": question.most})
            if question.asked_if:
                self._drop_unasked(question)
        return data

    def answer(self):
        """What `note` and `answer_prompt` take, of a valid form."""
        data = self.cleaned_data
        things, text = self._things()
        return {
            "things": things,
            "text": text,
            "instrument": f"{self.declared.code}.{self.declared.version}",
            "gave": data.get("gave"),
            "answers": self._context(),
            "visibility": data.get("readers") or Visibility.ONLY_ME,
            "reader": data.get("reader"),
        }

    # Building

    def _keys(self):
        return [*self.own, NEW]

    def _fields_of(self, code):
        return [name for name in (code, f"{code}_new", "reader" if code == "readers" else "") if name in self.fields]

    def _fields(self, question, name):
        shown = {"label": question.text, "help_text": question.hint, "required": False}
        match question.type:
            case Type.TEXT:
                return {name: _prose(**shown)}
            case Type.LINK:
                return {name: forms.URLField(**shown, assume_scheme="https")}
            case Type.YES:
                return {name: forms.BooleanField(**shown)}
            case Type.ONE:
                return {name: _one(question, **shown)}
            case Type.SOME:
                return {name: TapsField(choices=lambda: question.all_choices, most=question.most, **shown)}
            case Type.PARTNERS:
                return {name: TapsField(choices=[*self._sides(), *question.choices], **shown)}
            case Type.THINGS:
                ticks = {name: TapsField(choices=[(key, str(takeaway)) for key, takeaway in self.own.items()], **shown)}
                return ticks | {f"{name}_new": _prose(label=_("Something new"), required=False)}
            case Type.THING:
                own = [(key, str(takeaway)) for key, takeaway in self.own.items()]
                return {name: forms.ChoiceField(choices=own, widget=forms.RadioSelect, **shown)}
            case Type.PERSON:
                return {name: forms.ModelChoiceField(self._offered(), **shown)}
            case Type.READERS:
                return self._readers(name, shown)

    def _readers(self, name, shown):
        found = audiences.levels(self.by, partner=self.reflection.partner_then, project=self.reflection.project)
        choice = forms.ChoiceField(
            choices=[(level.value, level.words) for level in found], widget=forms.RadioSelect, initial=Visibility.ONLY_ME, **shown
        )
        return {name: choice, "reader": forms.ModelChoiceField(self._offered(), label=_("Who?"), required=False)}

    def _offered(self):
        return policies.offered_readers(self.by)

    def _sides(self):
        """Host and guests of the activity, but one's own organisation."""
        activity = self.reflection.activity
        partners = activity.partners.exclude(pk=self.reflection.partner_then_id) if activity else Partner.objects.none()
        return [(partner.slug, partner.short_name) for partner in partners]

    # Reading

    def _kept(self, code):
        """Keys of the things that are ticked, and of the new one if it has words or taps."""
        data = self.cleaned_data
        new = [NEW] if (data.get(f"{code}_new") or "").strip() or self._has_taps(NEW) else []
        return [*data.get(code, []), *new]

    def _has_taps(self, key):
        per_thing = [question.code for question in self.declared.questions if question.is_per_thing]
        return any(self.cleaned_data.get(f"{code}-{key}") not in (None, "", [], False) for code in per_thing)

    def _drop_unasked(self, question):
        for key in self._keys() if question.is_per_thing else [None]:
            suffix = "" if key is None else f"-{key}"
            condition = question.asked_if.code + (suffix if question.asked_if.code + suffix in self.fields else "")
            if not question.asked_if.holds({question.asked_if.code: self.cleaned_data.get(condition)}):
                self.cleaned_data[question.code + suffix] = None

    def _things(self):
        """The things of this answer, and the text that was more than a title."""
        keep = self.declared["keep"]
        if keep.type == Type.TEXT:
            title, text = title_and_text(self.cleaned_data.get(f"keep-{NEW}") or "")
            return [self._thing(NEW, title=title)], text
        title, text = title_and_text(self.cleaned_data.get("keep_new") or "")
        return [self._thing(key, title=title if key == NEW else "") for key in self._kept("keep")], text

    def _thing(self, key, title):
        data = self.cleaned_data
        return Thing(
            title=title,
            kinds=tuple(data.get(f"kind-{key}") or ()),
            is_doubt=bool(data.get(f"doubt-{key}")),
            will_use=data.get(f"will_use-{key}"),
            visibility=data.get("readers") if self._widens(key) else None,
            reader=data.get("reader") if self._widens(key) else None,
            source_partners=self._sources(),
            plan_when=data.get("when") or "",
            plan_then=data.get("then") or "",
            takeaway=self.own.get(key),
        )

    def _widens(self, key):
        """One choice for all lets more people read an own thing; it never takes one back that was shared before."""
        level = self.cleaned_data.get("readers")
        return key in self.own and bool(level) and WIDTH[level] > WIDTH[self.own[key].visibility]

    def _sources(self):
        slugs, activity = self.cleaned_data.get("source"), self.reflection.activity
        return tuple(activity.partners.filter(slug__in=slugs)) if slugs and activity else ()

    def _context(self):
        """Answers that feed no column, by question code."""
        answers = {}
        for question in self.declared.questions:
            value = self.cleaned_data.get(question.code)
            if question.type == Type.PARTNERS:
                value = [code for code in value or [] if code in dict(question.choices)]
            if value and "context" in question.feeds:
                answers[question.code] = value
        return answers


def _prose(**shown):
    return LongTextFormField(max_length=LONG_TEXT, widget=forms.Textarea(attrs={"rows": 3}), **shown)


def _one(question, **shown):
    """Numbers come back as numbers, no tap as None. Choices are looked through only where they are shown or checked."""
    is_number = isinstance(question.all_choices[0][0], int)
    return forms.TypedChoiceField(
        choices=lambda: question.all_choices,
        coerce=int if is_number else str,
        empty_value=None if is_number else "",
        widget=forms.RadioSelect,
        **shown,
    )
