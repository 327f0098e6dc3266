"""Sources, one a line: what it is | its address."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from partners.models.fields import LONG_TEXT, LongTextFormField

LONGEST_TITLE, LONGEST_ADDRESS = 300, 500  # as in the project file
check_address = URLValidator(schemes=["http", "https"])


class SourcesField(LongTextFormField):
    """A list of {"title": …, "url": …}, written as lines; either part may be missing."""

    def __init__(self, **kwargs):
        told = {
            "label": _("Sources"),
            "help_text": _("One a line, what it is and its address: Report of 2019 | https://example.org/report. Either part alone will do."),
            "max_length": LONG_TEXT,
            "required": False,
            "widget": forms.Textarea(attrs={"rows": 4}),
        }
        super().__init__(**told | kwargs)

    def prepare_value(self, value):
        return "\n".join(map(_line, value)) if isinstance(value, list) else value

    def clean(self, value):
        return [_source(number, line) for number, line in enumerate(super().clean(value).splitlines(), start=1) if line.strip()]

    def has_changed(self, initial, data):
        return self.prepare_value(initial or []) != self.to_python(data)


def _line(source):
    title, url = " ".join(source.get("title", "").split()), source.get("url", "")
    return url if title == url else f"{title} | {url}" if url or "|" in title else title


def _source(number, line):
    """A line as a source. What stands behind the last bar is the address; an address alone is its own title."""
    title, bar, url = (part.strip() for part in line.rpartition("|"))
    if not bar:
        title, url = (url, url) if url.startswith(("https://", "http://")) else (url, "")
    if url:
        _check(number, url)
    if len(title) > LONGEST_TITLE:
        raise ValidationError(_("Line %(number)s is longer than %(most)s characters."), params={"number": number, "most": LONGEST_TITLE})
    return {"title": title or url} | ({"url": url} if url else {})


def _check(number, url):
    try:
        check_address(url)
    except ValidationError as error:
        raise ValidationError(_("Line %(number)s: “%(url)s” is not a web address."), params={"number": number, "url": url[:80]}) from error
    if len(url) > LONGEST_ADDRESS:
        raise ValidationError(_("Line %(number)s is longer than %(most)s characters."), params={"number": number, "most": LONGEST_ADDRESS})
