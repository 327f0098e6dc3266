"""Time zones, found by the name of a city."""

from functools import cache

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models.person import known_zones, validate_zone

AREAS = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/", "UTC")


@cache
def zones():
    """The names people look for, Europe first."""
    return tuple(sorted((zone for zone in known_zones() if zone.startswith(AREAS)), key=lambda zone: (not zone.startswith("Europe/"), zone)))


class ZoneField(forms.CharField):
    """“europe/vilnius” and “Vilnius” are understood. Shown by partners/zone_field.html, which offers the names while one types."""

    default_validators = [validate_zone]
    zones = staticmethod(zones)

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"list": "zones", "placeholder": "Europe/Vilnius", "autocomplete": "off"})
        super().__init__(**{"label": _("Time zone"), "max_length": 50, "required": False, "widget": widget} | kwargs)

    def to_python(self, value):
        typed = super().to_python(value)
        wanted = typed.replace(" ", "_").casefold()
        return next((zone for zone in zones() if wanted and wanted in (zone.casefold(), zone.rpartition("/")[2].casefold())), typed)
