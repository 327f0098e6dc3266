import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iimprove.clock import today
from partners.models.activity import Activity
from partners.models.fields import LongText, paired
from partners.models.partner import Partner
from partners.models.person import Person


class WriteUp(models.Model):
    """One side's narrative of an activity. Host and guests each have their own, a side may have several, late ones are normal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="write_ups")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="write_ups")
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="en")
    text = LongText(_("text"), blank=False)
    written_on = models.DateField(_("written on"), default=today)
    author = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="write_ups")
    sources = models.JSONField(_("sources"), default=list, blank=True)
    revised_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    public_at = models.DateTimeField(null=True, blank=True)
    public_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("write-up"), _("write-ups")
        ordering = ["written_on", "pk"]
        constraints = [paired("public_at", "public_by", name="write_up_public_at_and_by")]

    def __str__(self):
        return f"{self.activity}: {self.partner}"


class WriteUpRevision(models.Model):
    """The text of a write-up as it stood before a revision. Append-only."""

    write_up = models.ForeignKey(WriteUp, models.CASCADE, related_name="revisions")
    text = LongText(blank=False)
    replaced_at = models.DateTimeField(default=timezone.now)
    replaced_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-replaced_at", "-pk"]

    def __str__(self):
        return f"{self.write_up}, {self.replaced_at:%Y-%m-%d %H:%M}"
