"""How a project asks: its own numbers instead of the defaults, in whose name, and who asked once more."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models import Activity, Project


class QuestionSettings(models.Model):
    """What a project wants otherwise than learning/defaults.py says."""

    project = models.OneToOneField(Project, models.CASCADE, related_name="question_settings")
    values = models.JSONField(default=dict, blank=True, help_text=_("By group and name, only what differs: {'waves': {'m3': 60}}."))
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("in whose name"),
        help_text=_("The name people see in front of the site's address: somebody they know."),
    )
    greeting = models.CharField(_("greeting"), max_length=300, blank=True, help_text=_("A sentence of your own, above the questions in each mail."))
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("settings of questions"), _("settings of questions")

    def __str__(self):
        return str(self.project)


class Nudge(models.Model):
    """A coordinator asked that those who have not answered be reminded once more, without learning who they are."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="nudges")
    activity = models.ForeignKey(Activity, models.CASCADE, null=True, blank=True, related_name="nudges", help_text=_("Or all of the project."))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("reminder by hand"), _("reminders by hand")
        ordering = ["-at", "pk"]

    def __str__(self):
        return f"{self.activity or self.project}, {self.at:%Y-%m-%d}"
