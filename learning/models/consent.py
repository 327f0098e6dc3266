import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from learning.models.reflection import Reflection
from partners.models import Partner, Project


class NoticeAcceptance(models.Model):
    """Somebody has read that taking part is voluntary and never used for appraisal or pay. Before the first note is kept; append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_acceptances")
    version = models.CharField(max_length=20)
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", help_text=_("The organisation that was named in it.")
    )
    accepted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("notice read"), _("notices read")
        ordering = ["accepted_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "version"], name="one_acceptance_per_version")]

    def __str__(self):
        return f"{self.person}: {self.version}"


class LeftOut(models.Model):
    """Somebody whose taps count in no figure of a project, not even in totals."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="left_out")
    project = models.ForeignKey(Project, models.CASCADE, related_name="left_out")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("left out of figures"), _("left out of figures")
        constraints = [models.UniqueConstraint(fields=["person", "project"], name="left_out_once")]

    def __str__(self):
        return f"{self.person}, {self.project}"


class ConsentChange(models.Model):
    """Each time somebody agreed to something or took it back. Append-only."""

    class About(models.TextChoices):
        NOTICE = "notice", _("taking part is voluntary")
        COUNTS_WHEN_FEW = "counts_when_few", _("count my taps, also when we are few")
        LEFT_OUT = "left_out", _("leave me out")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="consent_changes")
    about = models.CharField(max_length=15, choices=About)
    is_given = models.BooleanField()
    project = models.ForeignKey(Project, models.CASCADE, null=True, blank=True, related_name="+")
    reflection = models.ForeignKey(Reflection, models.CASCADE, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("change of consent"), _("changes of consent")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.person}: {self.about} {'+' if self.is_given else '-'}"
