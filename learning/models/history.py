"""What was so before. Append-only, kept by triggers; read by the author alone."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.models.follow_up import FollowUp
from learning.models.reflection import Reflection
from learning.models.takeaway import Takeaway
from learning.models.visibility import Visibility


def exactly_one(*names):
    """Exactly one of these foreign keys is set."""
    condition = Q()
    for name in names:
        condition |= Q(**{f"{other}__isnull": other != name for other in names})
    return condition


class VisibilityChange(models.Model):
    """Who changed who may read a thing, and when."""

    class Kind(models.TextChoices):
        SET = "set", _("set by the author")
        APPROVED = "approved", _("checked: public")
        DECLINED = "declined", _("checked: not public")
        MODERATED = "moderated", _("narrowed by an admin or coordinator")
        REVISED = "revised", _("to be checked again: the text changed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reflection = models.ForeignKey(Reflection, models.CASCADE, null=True, blank=True, related_name="visibility_changes")
    takeaway = models.ForeignKey(Takeaway, models.CASCADE, null=True, blank=True, related_name="visibility_changes")
    follow_up = models.ForeignKey(FollowUp, models.CASCADE, null=True, blank=True, related_name="visibility_changes")
    kind = models.CharField(max_length=9, choices=Kind)
    before = models.CharField(max_length=12, choices=Visibility)
    after = models.CharField(max_length=12, choices=Visibility)
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("change of who may read"), _("changes of who may read")
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=exactly_one("reflection", "takeaway", "follow_up"), name="visibility_change_of_one_thing")]

    def __str__(self):
        return f"{self.before} → {self.after}"


class Revision(models.Model):
    """What a note or a thing said before it was edited."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reflection = models.ForeignKey(Reflection, models.CASCADE, null=True, blank=True, related_name="revisions")
    takeaway = models.ForeignKey(Takeaway, models.CASCADE, null=True, blank=True, related_name="revisions")
    before = models.JSONField(help_text=_("The fields that changed, as they stood."))
    replaced_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("earlier version"), _("earlier versions")
        ordering = ["replaced_at", "pk"]
        constraints = [models.CheckConstraint(condition=exactly_one("reflection", "takeaway"), name="revision_of_one_thing")]

    def __str__(self):
        return f"{self.replaced_at:%Y-%m-%d %H:%M}"
