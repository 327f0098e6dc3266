"""By what one sees that figures which were found once still hold. docs/adr/0011-figures-kept-in-memory.md"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models import Project


class ChangeMarkQuerySet(models.QuerySet):
    def of(self, project):
        """Other marks than before mean that something changed; the same ones that nothing did."""
        return tuple(self.filter(project=project).order_by("mark").values_list("mark", flat=True))


class ChangeMark(models.Model):
    """Renewed by PostgreSQL with every change of what the figures of a project count. A project has as many as changed it at one time."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="+", db_constraint=False)
    mark = models.BigIntegerField(help_text=_("From a sequence: none comes twice."))

    objects = ChangeMarkQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("mark of a change"), _("marks of changes")

    def __str__(self):
        return f"{self.project_id}: {self.mark}"
