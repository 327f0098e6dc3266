"""What a question can be about: an activity one took part in, or an everyday moment of one's own."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.models.follow_up import Wave
from learning.models.reflection import Reflection
from partners.models import Activity


class Occasion(models.Model):
    """Somebody, and what they are asked about."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="%(class)ss")
    activity = models.ForeignKey(Activity, models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    moment = models.ForeignKey(Reflection, models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True


def occasion_constraints(name, distinct):
    """About an activity or about a moment, and one row per `distinct` of each."""
    return [
        models.CheckConstraint(
            condition=Q(activity__isnull=False, moment=None) | Q(activity=None, moment__isnull=False), name=f"{name}_activity_or_moment"
        ),
        models.UniqueConstraint(fields=["person", "activity", distinct], condition=Q(activity__isnull=False), name=f"one_{name}_per_activity"),
        models.UniqueConstraint(fields=["person", "moment", distinct], condition=Q(moment__isnull=False), name=f"one_{name}_per_moment"),
    ]


class Obstacle(Occasion):
    """What was in the way of using what one took with one."""

    class Code(models.TextChoices):
        TIME = "time", _("Time")
        MONEY = "money", _("Money")
        ALONE = "alone", _("Nobody else is interested")
        NOT_MINE = "not_mine", _("Not mine to decide")
        BEGIN = "begin", _("I do not know how to begin")
        CONTRACT = "contract", _("My contract ends")
        NOTHING = "nothing", _("Nothing")
        OTHER = "other", _("Something else")

    wave = models.CharField(max_length=3, choices=Wave)
    codes = ArrayField(models.CharField(max_length=8, choices=Code), verbose_name=_("What is in the way?"))
    said_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name, verbose_name_plural = _("obstacle"), _("obstacles")
        constraints = [
            *occasion_constraints("obstacle", "wave"),
            models.CheckConstraint(
                condition=Q(codes__contained_by=["time", "money", "alone", "not_mine", "begin", "contract", "nothing", "other"]),
                name="obstacle_known",
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.wave}: {', '.join(self.codes)}"


class Passing(Occasion):
    """Whom one has told or shown."""

    class Audience(models.TextChoices):
        NOBODY = "nobody", _("Nobody")
        COLLEAGUE = "colleague", _("A colleague")
        PARTNER = "partner", _("Another partner")
        OUTSIDE = "outside", _("Someone outside")

    wave = models.CharField(max_length=3, choices=Wave)
    audiences = ArrayField(models.CharField(max_length=9, choices=Audience), verbose_name=_("Have you told or shown anyone?"))
    said_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name, verbose_name_plural = _("passing on"), _("passing on")
        constraints = [
            *occasion_constraints("passing", "wave"),
            models.CheckConstraint(condition=Q(audiences__contained_by=["nobody", "colleague", "partner", "outside"]), name="audience_known"),
        ]

    def __str__(self):
        return f"{self.person}, {self.wave}: {', '.join(self.audiences)}"
