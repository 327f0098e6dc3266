import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iimprove.clock import today
from learning.models.occasion import Obstacle
from learning.models.takeaway import Takeaway
from partners.models import Partner, Project
from partners.models.fields import LongText


class CheckIn(models.Model):
    """What a partner says every few months of what it wants to learn in a project and what helps or stops it (F8). Earlier ones stay."""

    class Fitted(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("In part")
        NO = "no", _("No")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="check_ins")
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="check_ins")
    on = models.DateField(_("day"), default=today)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="en")
    instrument = models.CharField(max_length=20, blank=True, editable=False)
    wanted = LongText(_("what we wanted to learn"))
    fitted = models.CharField(_("did the activities fit"), max_length=6, choices=Fitted, blank=True)
    helped = LongText(_("what helped"))
    obstacles = ArrayField(models.CharField(max_length=8, choices=Obstacle.Code), verbose_name=_("what stopped people"), default=list, blank=True)
    stopped = LongText(_("more about what stopped them"))
    story = models.ForeignKey(Takeaway, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("which story first"))
    why = LongText(_("why this one"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("check-in"), _("check-ins")
        ordering = ["-on", "-written_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(fitted__in=["", "yes", "partly", "no"]), name="check_in_fitted_known"),
            models.CheckConstraint(
                condition=Q(obstacles__contained_by=["time", "money", "alone", "not_mine", "begin", "contract", "nothing", "other"]),
                name="check_in_obstacles_known",
            ),
        ]

    def __str__(self):
        return f"{self.partner}, {self.project}, {self.on}"

    @property
    def obstacle_words(self):
        return [Obstacle.Code(code).label for code in self.obstacles]
