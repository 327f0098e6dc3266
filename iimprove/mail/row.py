import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, Min, Q, When
from django.db.models.functions import Least, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MailQuerySet(models.QuerySet):
    def due(self):
        """To be sent now: queued and due, or leased by a worker that did not come back."""
        return self.filter(Q(state=Mail.State.QUEUED, next_attempt_at__lte=Now()) | Q(state=Mail.State.LEASED, leased_until__lte=Now()))

    def waiting(self):
        return self.filter(state__in=[Mail.State.QUEUED, Mail.State.LEASED])

    def ended(self):
        return self.exclude(state__in=[Mail.State.QUEUED, Mail.State.LEASED])

    def held(self, mails):
        """The rows of `mails`, all claimed together, whose lease is still ours."""
        return self.filter(pk__in=[mail.pk for mail in mails], lease_token=mails[0].lease_token, state=Mail.State.LEASED)

    def oldest_due(self):
        """Since when the mail that has waited longest should have left, or None.

        As long as no server has answered for a mail that is since it was due first, so that a server out of reach is noticed.
        """
        since = Case(When(attempts=0, then=Least("due_at", "next_attempt_at")), default="next_attempt_at")
        at = self.waiting().aggregate(at=Min(since))["at"]
        return at if at and at <= timezone.now() else None

    def send_again(self):
        """Give those that failed a new beginning."""
        again = {"state": Mail.State.QUEUED, "attempts": 0, "begun_at": None, "due_at": Now(), "next_attempt_at": Now(), "error": ""}
        return self.filter(state=Mail.State.FAILED).update(**again)

    def cancel(self, reason):
        return self.waiting().update(state=Mail.State.CANCELLED, error=reason)


class Mail(models.Model):
    """One mail to one recipient. What it says is computed when it is sent; no body is ever stored."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        LEASED = "leased", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.CharField(max_length=60, help_text=_("Which mail it is: the name of its template and function."))
    to = models.EmailField(_("recipient"))
    language = models.CharField(max_length=8)
    about_type = models.ForeignKey(ContentType, models.CASCADE, null=True, blank=True)
    about_id = models.CharField(max_length=40, blank=True)
    about = GenericForeignKey("about_type", "about_id")
    facts = models.JSONField(default=dict, blank=True, help_text=_("Small facts the mail needs and nothing else holds, as the time of a sign-in."))
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(db_default=Now(), help_text=_("When it was to leave; a later attempt does not move it."))
    next_attempt_at = models.DateTimeField(db_default=Now())
    begun_at = models.DateTimeField(null=True, blank=True, help_text=_("When an attempt began of which it is not known whether the mail left."))
    lease_token = models.UUIDField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    provider_id = models.CharField(max_length=200, blank=True, help_text=_("What the mail provider calls it when it reports a bounce."))
    error = models.CharField(max_length=500, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("mail"), _("mails")
        ordering = ["-queued_at", "pk"]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(state__in=["queued", "leased"]), name="mail_waiting"),
            models.Index(fields=["queued_at"], name="mail_queued"),
            models.Index(fields=["to"], name="mail_to"),
        ]

    def __str__(self):
        return f"{self.message} → {self.to}"

    @property
    def message_id(self):
        """The same on every attempt, so that a mail sent twice is recognised as one."""
        return f"<{self.pk}@{settings.SITE_HOST}>"

    @property
    def is_left_by_the_dead(self):
        """As it was claimed: whoever tried it last did not come back."""
        return self.state == Mail.State.LEASED and self.begun_at is not None
