"""What a question can be about: an activity one took part in, an everyday moment of one's own, or a whole project that ends."""

import functools
import operator

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.models.follow_up import Wave
from learning.models.reflection import Reflection
from partners.models import Activity, Project


class Occasion(models.Model):
    """Somebody, and what they are asked about. `project`: all of it at once, at its end."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="%(class)ss")
    activity = models.ForeignKey(Activity, models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    moment = models.ForeignKey(Reflection, models.CASCADE, null=True, blank=True, related_name="+")
    project = models.ForeignKey(Project, models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True


OCCASIONS = ("activity", "moment", "project")


def occasion_constraints(name, *distinct, occasions=OCCASIONS):
    """About exactly one of `occasions`, and one row per person and `distinct` of each."""
    about_one = [Q(**{f"{other}__isnull": other != occasion for other in occasions}) for occasion in occasions]
    return [
        models.CheckConstraint(condition=functools.reduce(operator.or_, about_one), name=f"{name}_about_one"),
        *(
            models.UniqueConstraint(
                fields=["person", occasion, *distinct], condition=Q(**{f"{occasion}__isnull": False}), name=f"one_{name}_per_{occasion}"
            )
            for occasion in occasions
        ),
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


class Change(Occasion):
    """Whether what one took with one changed what matters (the value cycle "transformative"), and what would stay without oneself."""

    class Changed(models.TextChoices):
        NO = "no", _("No")
        DIFFERENTLY = "differently", _("I look at it differently")
        RULE = "rule", _("We changed a goal, plan or rule")

    class Stays(models.TextChoices):
        NOTHING = "nothing", _("Nothing")
        DOCUMENT = "document", _("A document")
        COLLEAGUE = "colleague", _("A colleague can do it")
        ROUTINE = "routine", _("It is how we do things here")

    wave = models.CharField(max_length=3, choices=Wave)
    changed = models.CharField(_("Has it changed what you or your organisation find important?"), max_length=11, choices=Changed, blank=True)
    stays = models.CharField(_("If you left tomorrow, what would stay?"), max_length=9, choices=Stays, blank=True)
    said_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name, verbose_name_plural = _("change"), _("changes")
        constraints = [
            *occasion_constraints("change", "wave"),
            models.CheckConstraint(condition=Q(changed__in=["", "no", "differently", "rule"]), name="changed_known"),
            models.CheckConstraint(condition=Q(stays__in=["", "nothing", "document", "colleague", "routine"]), name="stays_known"),
        ]

    def __str__(self):
        return f"{self.person}, {self.wave}: {self.changed or self.stays}"


class SwitchedOff(Occasion):
    """Somebody wants no more questions about one occasion, in any wave."""

    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("switched off"), _("switched off")
        constraints = [*occasion_constraints("switched_off")]

    def __str__(self):
        return f"{self.person}: {self.activity or self.moment or self.project}"
