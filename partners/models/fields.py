"""Fields and constraints that several models of this app share."""

from django import forms
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

LONG_TEXT = 20_000  # characters; what is longer is refused and kept in the form


class LongTextFormField(forms.CharField):
    """Counts a line break once, as people do, and lets the browser cut nothing off: what is too long is refused, and kept."""

    def to_python(self, value):
        return super().to_python(value.replace("\r\n", "\n") if value else value)

    def widget_attrs(self, widget):
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class LongText(models.TextField):
    """Prose somebody wrote: plain text, at most LONG_TEXT characters."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **({"max_length": LONG_TEXT, "blank": True} | kwargs))

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": LongTextFormField} | kwargs)


class DateRange(Func):
    """`[from, until)`; an unknown end is open."""

    function = "daterange"
    output_field = DateRangeField()


def no_overlap(*same, from_, until, name, message):
    """For the same `same` fields no two spells may share a day."""
    return ExclusionConstraint(
        name=name,
        expressions=[*((field, RangeOperators.EQUAL) for field in same), (DateRange(F(from_), F(until)), RangeOperators.OVERLAPS)],
        violation_error_message=message,
    )


def in_order(first, last, *, name, message=None):
    """`last` is not before `first`; either may be unknown."""
    return models.CheckConstraint(
        condition=Q(**{f"{first}__isnull": True}) | Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)}),
        name=name,
        violation_error_message=message or _("The end is before the start."),
    )


def paired(at, by, *, name):
    """Nobody did it (`by` empty) unless it was done; who did it may be forgotten (erased) later."""
    return models.CheckConstraint(condition=Q(**{f"{by}__isnull": True}) | Q(**{f"{at}__isnull": False}), name=name)


def running(from_, until, *, on):
    """Spells that hold on the day `on`: begun (or begun on an unknown day) and not ended. On the day of the end it is over."""
    return (Q(**{f"{from_}__isnull": True}) | Q(**{f"{from_}__lte": on})) & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": on}))
