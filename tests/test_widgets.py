"""Widgets that are written without templates are written as Django's templates write them."""

import datetime

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html

from iimprove.widgets import WRITTEN, Renderer

CHOICES = [("", "–"), ("a", "A & <b>"), ("Group", [("c", "C"), (4, "Four")])]
WORDS = 'say "yes" & <script>'
CASES = {
    "text": (forms.TextInput(), WORDS),
    "nothing": (forms.TextInput(), None),
    "nought": (forms.NumberInput(), 0),
    "address": (forms.EmailInput(), "a@example.org"),
    "link": (forms.URLInput(), "https://example.org/?a=1&b=2"),
    "hidden": (forms.HiddenInput(), WORDS),
    "day": (forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), datetime.date(2026, 11, 22)),
    "box": (forms.CheckboxInput(), True),
    "empty box": (forms.CheckboxInput(), False),
    "prose": (forms.Textarea(attrs={"rows": 3}), f"\n{WORDS}"),
    "no prose": (forms.Textarea(), None),
    "list": (forms.Select(choices=CHOICES), "c"),
    "long list": (forms.SelectMultiple(choices=CHOICES), ["a", "4"]),
    "taps": (forms.RadioSelect(choices=CHOICES), "a"),
    "boxes": (forms.CheckboxSelectMultiple(choices=CHOICES), ["a", "c"]),
}
ATTRIBUTES = {"id": "id_x", "required": True, "disabled": False, "data-words": WORDS, "maxlength": 300}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("attributes", [{}, ATTRIBUTES], ids=["plain", "with attributes"])
def test_a_widget_is_written_as_its_template_writes_it(name, attributes):
    widget, value = CASES[name]

    ours = widget.render("x", value, attributes, renderer=Renderer())

    assert parse_html(ours) == parse_html(widget.render("x", value, attributes, renderer=DjangoTemplates()))


@pytest.mark.parametrize("name", ["list", "taps", "boxes"])
def test_a_choice_is_written_as_its_template_writes_it(name):
    widget, value = CASES[name]

    ours, theirs = ([parse_html(str(choice)) for choice in _choices(widget, value, renderer)] for renderer in (Renderer(), DjangoTemplates()))

    assert ours == theirs


def _choices(widget, value, renderer):
    form = forms.Form(renderer=renderer, initial={"x": value})
    form.fields["x"] = forms.Field(widget=widget)
    return [widget for choice in form["x"] for widget in (choice, choice.tag())]


def test_every_widget_that_is_written_has_a_case():
    tried = set()

    class Trying(Renderer):
        def render(self, template_name, context, request=None):
            tried.add(template_name)
            return super().render(template_name, context, request)

    for widget, value in CASES.values():
        widget.render("x", value, renderer=Trying())
        form = forms.Form(renderer=Trying(), initial={"x": value})
        form.fields["x"] = forms.Field(widget=widget)
        [str(choice) for choice in form["x"]]

    assert WRITTEN.keys() - tried <= {"django/forms/widgets/input.html", "django/forms/widgets/input_option.html"}  # what others begin with
