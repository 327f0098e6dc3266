import uuid

from django.conf import settings
from django.db import models
from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _

from learning.models.takeaway import Takeaway
from partners.models.fields import LongText


class ReplyQuerySet(models.QuerySet):
    def visible_to(self, person):
        """As the card it answers."""
        readable = Takeaway.objects.visible_to(person).filter(pk=OuterRef("takeaway"))
        return self.filter(models.Exists(readable), deleted_at=None)


class Reply(models.Model):
    """An answer to a shared card, by an educator or a colleague or the author: a dialogue, never a grade."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    takeaway = models.ForeignKey(Takeaway, models.CASCADE, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="replies")
    client_key = models.UUIDField(default=uuid.uuid4, editable=False)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="en")
    text = LongText(_("your answer"), blank=False)
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("answer"), _("answers")
        ordering = ["created_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["author", "client_key"], name="one_reply_per_client_key")]

    def __str__(self):
        return f"{self.author}, {self.created_at:%Y-%m-%d}"
