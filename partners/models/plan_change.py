from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models.activity import Activity
from partners.models.fields import LongText
from partners.models.person import Person
from partners.models.project import Project


class PlanChange(models.Model):
    """What was planned otherwise before, and why it changed: the deviations from plan that a report asks for. Append-only."""

    class Kind(models.TextChoices):
        PERIOD = "period", _("Project period changed")
        MOVED = "moved", _("Moved")
        CANCELLED = "cancelled", _("Cancelled")
        RESTORED = "restored", _("Taking place after all")

    project = models.ForeignKey(Project, models.CASCADE, related_name="plan_changes")
    activity = models.ForeignKey(Activity, models.CASCADE, null=True, blank=True, related_name="plan_changes")
    kind = models.CharField(max_length=10, choices=Kind)
    planned = models.CharField(_("planned before"), max_length=300, blank=True, help_text=_("The dates and place as they stood, in words."))
    reason = LongText(_("reason"))
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="period", activity=None) | (~Q(kind="period") & Q(activity__isnull=False)), name="plan_change_of_project_or_activity"
            )
        ]

    def __str__(self):
        return f"{self.activity or self.project}: {self.get_kind_display()}"
