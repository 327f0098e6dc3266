"""Boxes, lists and taps written without templates: a form has fifty of them, and a template for each takes most of the time of its page.

The same HTML as Django's own templates give; tests/test_widgets.py holds them side by side.
"""

from django.forms.renderers import TemplatesSetting
from django.utils.html import format_html, format_html_join


class Renderer(TemplatesSetting):
    """Writes the commonest widgets itself, and leaves all others to their templates."""

    def render(self, template_name, context, request=None):
        write = WRITTEN.get(template_name)
        return write(context["widget"]) if write else super().render(template_name, context, request)


def _input(widget):
    value = "" if widget["value"] is None else format_html(' value="{}"', str(widget["value"]))
    return format_html('<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, _attributes(widget))


def _tap(widget):
    """One of several boxes; `wrap_label`: with its words."""
    box = _input(widget)
    if not widget.get("wrap_label"):
        return box
    of = format_html(' for="{}"', widget["attrs"]["id"]) if widget["attrs"].get("id") else ""
    return format_html("<label{}>{} {}</label>", of, box, widget["label"])


def _textarea(widget):
    return format_html('<textarea name="{}"{}>\n{}</textarea>', widget["name"], _attributes(widget), widget["value"] or "")


def _select(widget):
    groups = format_html_join("", "{}", ((_group(name, options),) for name, options, _index in widget["optgroups"]))
    return format_html('<select name="{}"{}>{}\n</select>', widget["name"], _attributes(widget), groups)


def _group(name, options):
    written = format_html_join("", "\n  {}", ((_option(option),) for option in options))
    return format_html('\n  <optgroup label="{}">{}\n  </optgroup>', name, written) if name else written


def _option(widget):
    return format_html('<option value="{}"{}>{}</option>', str(widget["value"]), _attributes(widget), widget["label"])


def _attributes(widget):
    """As Django's own, in their order: True stands alone, False not at all."""
    said = ((name, value) for name, value in widget["attrs"].items() if value is not False)
    return format_html_join(
        "", "{}", ((format_html(" {}", name) if value is True else format_html(' {}="{}"', name, str(value)),) for name, value in said)
    )


WRITTEN = {
    **{f"django/forms/widgets/{name}.html": _input for name in ("input", "text", "hidden", "date", "email", "number", "url", "checkbox")},
    **{f"django/forms/widgets/{name}.html": _tap for name in ("input_option", "radio_option", "checkbox_option")},
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/select_option.html": _option,
}
