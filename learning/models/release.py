"""What was made known of a project in numbers. Read through learning/disclosure alone; no page, export or admin shows these rows."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models import Project


class Release(models.Model):
    """The project figures as everybody in the project sees them from `at` on. Append-only: what was released stays what it was."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="releases")
    at = models.DateTimeField()
    figures = models.JSONField()
    batches = models.JSONField(help_text=_("Hidden people who were let in, and what they add: only the next release may know."))
    windows = models.JSONField(help_text=_("Which waves of which activities had closed."))

    class Meta:
        verbose_name, verbose_name_plural = _("release of figures"), _("releases of figures")
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["project", "at"], name="one_release_at_a_time")]

    def __str__(self):
        return f"{self.project}, {self.at:%Y-%m-%d}"


class PublicFigure(models.Model):
    """A figure that strangers read on the page of a public project, always as it was last released."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="public_figures")
    name = models.CharField(max_length=20, help_text=_("As learning/figures names it."))
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("public figure"), _("public figures")
        ordering = ["project", "name"]
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="one_public_figure_of_a_name")]

    def __str__(self):
        return f"{self.project}, {self.name}"


def new_secret():
    return secrets.token_bytes(32)


class CoverSecret(models.Model):
    """What the thresholds of docs/adr/0007-cover.md are drawn from: made once, the same for ever, so not SECRET_KEY, which changes."""

    value = models.BinaryField(default=new_secret)

    class Meta:
        verbose_name, verbose_name_plural = _("secret of the figures"), _("secrets of the figures")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_cover_secret")]

    def __str__(self):
        return "…"
