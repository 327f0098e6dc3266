from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from partners.models.fields import LongText
from partners.models.person import validate_zone


class Partner(models.Model):
    """An organisation. It takes part in projects as lead, full partner or associated partner."""

    slug = models.SlugField(_("short address"), unique=True, max_length=60)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, help_text=_("As people call it: in tables, on cards."))
    kind = models.CharField(_("kind of organisation"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    country = CountryField(_("country"), blank=True)
    languages = ArrayField(models.CharField(max_length=8), verbose_name=_("languages"), default=list, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=50, blank=True, validators=[validate_zone])
    website = models.URLField(_("website"), blank=True)
    about = LongText(_("about"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("partner"), _("partners")
        ordering = ["short_name", "pk"]

    def __str__(self):
        return self.short_name

    def get_absolute_url(self):
        return reverse("learning:partner_detail", args=[self.slug])

    @property
    def place(self):
        return ", ".join(filter(None, [self.city, self.country.name]))
