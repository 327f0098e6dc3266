"""Notes in words: their kinds, who signs, who may read."""

from django import forms, template
from django.utils.translation import gettext as _

from iimprove.templatetags.pieces import piece
from learning.instrument import FORMS
from learning.models import FollowUp, Kind, Reflection, Takeaway, Visibility

register = template.Library()
SHORT = 120  # characters
TEXTS = ("keep-new", "story", "happened", "bothered")


@register.filter
def kinds(takeaway):
    return [Kind(kind) for kind in takeaway.kinds]


@register.filter
def use_words(will_use):
    """Quicker than `get_will_use_display`, which puts all words of all choices together each time."""
    return Takeaway.WillUse(will_use).label


@register.simple_tag
def invented(reflection):
    """The mark on what an invented person noted."""
    return piece("learning/invented.html") if reflection.is_invented else ""


@register.filter
def own_words(takeaway):
    """A thing in its author's own words; what stands for them where there are none."""
    if takeaway.taken_from_id and not takeaway.title:
        return _("I take this, too")
    return str(takeaway) or _("Without words")


@register.filter
def state_words(state):
    return FollowUp.State(state).label


@register.filter
def signed(reflection, is_inside=True):
    """By whom, and for which organisation; without the name where the author chose the role, or is gone, and outside the project."""
    partner = reflection.partner_then
    named = is_inside and reflection.shown_as == Reflection.ShownAs.NAME and reflection.author
    if named:
        return f"{reflection.author} · {partner}" if partner else str(reflection.author)
    return _("Somebody at %(organisation)s") % {"organisation": partner} if partner else _("Somebody in the project")


@register.filter
def readers(thing):
    """Who may read it, in words, to its author."""
    match thing.visibility:
        case Visibility.PERSON:
            return _("%(person)s, and I") % {"person": thing.reader}
        case Visibility.ORGANISATION:
            return _("Everybody at %(organisation)s") % {"organisation": thing.told.partner_then}
        case Visibility.PUBLIC if thing.is_awaiting_approval:
            return _("All partners, and anyone on the internet once %(organisation)s has checked it") % {"organisation": thing.told.partner_then}
        case _:
            return thing.get_visibility_display()


@register.filter
def context(reflection):
    """(question, answer) of what was told beside the things, in the order of the form."""
    form = FORMS.get(reflection.instrument.partition(".")[0])
    texts = {question.code: question.text for code in ("F2", form.code if form else "F2") for question in FORMS[code].questions}
    return [(texts[code], answer) for code, answer in reflection.answers.items() if code in texts and isinstance(answer, str)]


@register.filter("of")
def named_of(words, key):
    return words[key]


@register.filter
def first_words(draft):
    """What a draft begins with, whichever box it was typed into."""
    texts = (values[0] for name, values in draft.items() if name in TEXTS)
    return next((" ".join(text.split())[:80] for text in texts if text.strip()), "")


@register.filter
def before(revision):
    """(what, as it stood) of an earlier version, in words."""
    thing = revision.takeaway or revision.reflection
    words = []
    for name, value in revision.before.items():
        field = thing._meta.get_field(name)
        choices = dict(field.flatchoices) | (dict(Kind.choices) if name == "kinds" else {})
        values = value if isinstance(value, list) else [value]
        words.append((field.verbose_name, ", ".join(str(choices.get(item, "" if item is None else item)) for item in values) or "–"))
    return words


@register.filter
def words(reflection):
    """A note in a line: its first thing, else how its text begins, else what it gave, else its day."""
    things = reflection.things if hasattr(reflection, "things") else reflection.takeaways.all()
    said = (str(thing) for thing in things if thing.deleted_at is None)
    text = " ".join(reflection.text.split())
    begun = text if len(text) <= SHORT else text[:SHORT].rsplit(" ", 1)[0] + "…"
    gave = reflection.get_gave_display() if reflection.gave is not None else ""
    return next(filter(None, [*said, begun, gave]), _("A note without words"))


@register.filter
def styled(field):
    """A box or a list with the site's look; taps have their own (ui/taps.html)."""
    is_list = isinstance(field.field.widget, forms.Select)
    return field.as_widget(attrs={"class": "form-select" if is_list else "form-control"})
