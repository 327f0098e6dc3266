"""Boxes, lists and taps written without templates: a form has fifty of them, and a template for each takes most of the time of its page.

The same HTML as Django's own templates give; tests/test_widgets.py holds them side by side.
"""

from html import escape

from django.forms.renderers import TemplatesSetting
from django.utils.functional import Promise
from django.utils.safestring import SafeString


class Renderer(TemplatesSetting):
    """Writes the commonest widgets itself, and leaves all others to their templates."""

    def render(self, template_name, context, request=None):
        write = WRITTEN.get(template_name)
        return SafeString(write(context["widget"])) if write else super().render(template_name, context, request)


def _input(widget):
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    return f'<input type="{_text(widget["type"])}" name="{_text(widget["name"])}"{value}{_attributes(widget)}>'


def _tap(widget):
    """One of several boxes; `wrap_label`: with its words."""
    box = _input(widget)
    if not widget.get("wrap_label"):
        return box
    of = f' for="{_text(widget["attrs"]["id"])}"' if widget["attrs"].get("id") else ""
    return f"<label{of}>{box} {_text(widget['label'])}</label>"


def _textarea(widget):
    return f'<textarea name="{_text(widget["name"])}"{_attributes(widget)}>\n{_text(widget["value"] or "")}</textarea>'


def _select(widget):
    groups = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    return f'<select name="{_text(widget["name"])}"{_attributes(widget)}>{groups}\n</select>'


def _group(name, options):
    written = "".join(f"\n  {_option(option)}" for option in options)
    return f'\n  <optgroup label="{_text(name)}">{written}\n  </optgroup>' if name else written


def _option(widget):
    return f'<option value="{_text(widget["value"])}"{_attributes(widget)}>{_text(widget["label"])}</option>'


def _attributes(widget):
    """As Django's own, in their order: True stands alone, False not at all."""
    said = ((name, value) for name, value in widget["attrs"].items() if value is not False)
    return "".join(f" {_text(name)}" if value is True else f' {_text(name)}="{_text(value)}"' for name, value in said)


def _text(value):
    """Escaped, unless it is HTML already: Django's `conditional_escape`, which takes most of the time of a form."""
    if isinstance(value, Promise):
        value = str(value)
    return value if isinstance(value, SafeString) else escape(str(value))


WRITTEN = {
    **{f"django/forms/widgets/{name}.html": _input for name in ("input", "text", "hidden", "date", "email", "number", "url", "checkbox")},
    **{f"django/forms/widgets/{name}.html": _tap for name in ("input_option", "radio_option", "checkbox_option")},
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/select_option.html": _option,
}
