"""Who and what holds a takeaway, so that it stays when its author leaves."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iimprove.clock import today
from learning.models.takeaway import Takeaway
from partners.models.fields import paired


class Carrier(models.Model):
    """A person who can carry a takeaway on."""

    takeaway = models.ForeignKey(Takeaway, models.CASCADE, related_name="carriers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="carries")
    since = models.DateField(default=today)
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text=_("When the carrier said so."))

    class Meta:
        verbose_name, verbose_name_plural = _("carrier"), _("carriers")
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["takeaway", "person"], name="one_carrier_per_person")]

    def __str__(self):
        return f"{self.person}: {self.takeaway}"


class Artefact(models.Model):
    """A document or recording that holds a takeaway: a link or a file."""

    takeaway = models.ForeignKey(Takeaway, models.CASCADE, related_name="artefacts")
    link = models.URLField(_("link"), max_length=500, blank=True)
    file = models.FileField(_("file"), upload_to="artefacts/", blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("artefact"), _("artefacts")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(link="") & ~Q(file="") | ~Q(link="") & Q(file=""), name="artefact_link_or_file"),
            paired("checked_at", "checked_by", name="artefact_checked_at_and_by"),
        ]

    def __str__(self):
        return self.link or self.file.name


class KeepMark(models.Model):
    """The author, or a colleague who may read it, says that the organisation should keep this card (M9)."""

    takeaway = models.ForeignKey(Takeaway, models.CASCADE, related_name="keep_marks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="keep_marks")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("to be kept"), _("to be kept")
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["takeaway", "person"], name="one_keep_mark_per_person")]

    def __str__(self):
        return f"{self.person}: {self.takeaway}"
