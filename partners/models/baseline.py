import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from iimprove.clock import today
from partners.models.fields import LongText
from partners.models.partner import Partner
from partners.models.person import Person
from partners.models.project import Project


class Baseline(models.Model):
    """What a partner wrote at the start, and each rereading later: a row per version, the old ones stay."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="baselines")
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="baselines")
    version = models.PositiveSmallIntegerField(default=1, help_text=_("1 is the baseline, later ones reread it."))
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="en")
    improve = LongText(_("what we want to improve"))
    project_idea = LongText(_("our idea for the project"))
    changemaker_idea = LongText(_("our idea of a changemaker"))
    what_changed = LongText(_("what changed since, and why"))
    written_on = models.DateField(_("written on"), default=today)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("baseline"), _("baselines")
        ordering = ["partner", "project", "version"]
        constraints = [models.UniqueConstraint(fields=["project", "partner", "version"], name="one_baseline_per_version")]

    def __str__(self):
        return f"{self.partner}, {self.project}, {self.version}"
