"""Mails somebody does not want."""

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

signer = signing.Signer(salt="learning.unsubscribe")
QUESTIONS = "questions"  # of these one's mail preference says whether they come, and how often


class UnsubscriptionQuerySet(models.QuerySet):
    def stops(self, person, kind):
        return self.filter(person=person, kind=kind).exists()


class Unsubscription(models.Model):
    """Somebody wants no more mails of this kind."""

    class Kind(models.TextChoices):
        NEWS = "news", _("Once a month: what others took from my organisation")
        REPLIES = "replies", _("When somebody answers me")
        ATTENDANCE = "attendance", _("Who goes, and who was there (for admins and coordinators)")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="unsubscriptions")
    kind = models.CharField(max_length=10, choices=Kind)
    since = models.DateTimeField(default=timezone.now)

    objects = UnsubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("unsubscription"), _("unsubscriptions")
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="one_unsubscription_per_kind"),
            models.CheckConstraint(condition=Q(kind__in=["news", "replies", "attendance"]), name="unsubscription_kind_known"),
        ]

    def __str__(self):
        return f"{self.person}: {self.kind}"


def unsubscribe_token(person, kind):
    """For the link of one mail: it stops mails like it, and opens nothing."""
    return signer.sign(f"{kind}.{person.pk}")


def read_unsubscribe_token(token):
    """(kind, id of a person), or None for a forged one."""
    try:
        return tuple(signer.unsign(token).split("."))
    except signing.BadSignature:
        return None
