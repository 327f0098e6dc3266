import secrets
import uuid

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iimprove.mail import Mail
from learning.models.follow_up import FollowUp, Wave
from learning.models.occasion import OCCASIONS, Occasion, occasion_constraints

NOT_NOW = "it is not the hour for mails; written again at the next one"  # why a mail was cancelled

signer = signing.Signer(salt="learning.prompt")
pause_signer = signing.Signer(salt="learning.pause")


def new_nonce():
    return secrets.token_urlsafe(12)


def _from_token(rows, token, signer):
    try:
        pk, nonce = signer.unsign(token).split(".")
    except (signing.BadSignature, ValueError):
        return rows.none()
    return rows.filter(pk=pk, nonce=nonce)


class PromptQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=Prompt.State.OPEN)

    def due(self, now):
        """To be answered by now, and neither answered nor over."""
        return self.open().filter(outcome="", due_at__lte=now, closes_at__gt=now)

    def over(self, now):
        return self.open().filter(closes_at__lte=now)

    def with_project(self):
        """`in_project`: the id of the project it belongs to, whatever it is about; None for a moment that belongs to none."""
        told = "follow_up__takeaway__reflection__project"
        return self.annotate(in_project=Coalesce("activity__project", "moment__project", "project", told))

    def from_token(self, token):
        """The prompt whose link carried `token`; none for a forged or revoked one."""
        return _from_token(self, token, signer)


class Prompt(Occasion):
    """One request to one person to answer one form about one occasion. Its link is computed, never stored.

    Open: it may be asked about by mail. Closed: not any more, for the reason that `outcome` gives; what was answered may be
    answered again until `closes_at`.
    """

    class Form(models.TextChoices):
        AIM = "F0", _("Aim")
        NOTE = "F1", _("Note")
        AFTER = "F2", _("After an activity")
        WEEKS = "F3", _("After two weeks")
        MONTHS = "F4", _("After three months")
        YEAR = "F5", _("After twelve months")
        LEAVING = "F6", _("Leaving")
        CONFIRM = "F7", _("Confirm")
        CHECK_IN = "F8", _("Partner check-in")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    class Outcome(models.TextChoices):
        NONE = "", _("Not known yet")
        ANSWERED = "answered", _("Answered")
        SILENT = "silent", _("Not answered")
        LEFT = "left", _("Has left")
        OPTED_OUT = "opted_out", _("Wants no questions")
        UNDELIVERABLE = "undeliverable", _("Mail did not arrive")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    follow_up = models.ForeignKey(
        FollowUp, models.CASCADE, null=True, blank=True, related_name="prompts", help_text=_("What a colleague is asked to confirm (F7).")
    )
    form = models.CharField(max_length=2, choices=Form)
    due_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    outcome = models.CharField(max_length=13, choices=Outcome, default=Outcome.NONE, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    snoozes = models.PositiveSmallIntegerField(default=0, help_text=_("How often it was put off; its dates are then the person's own."))
    nonce = models.CharField(max_length=20, default=new_nonce, editable=False)
    mails = models.ManyToManyField(Mail, through="PromptMail", related_name="prompts")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PromptQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("question from the project"), _("questions from the project")
        ordering = ["due_at", "pk"]
        constraints = [
            *occasion_constraints("prompt", "form", occasions=(*OCCASIONS, "follow_up")),
            models.CheckConstraint(condition=Q(form__in=["F0", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8"]), name="prompt_form_known"),
            models.CheckConstraint(
                condition=Q(state="open", outcome__in=["", "answered"])
                | Q(state="closed", outcome__in=["answered", "silent", "left", "opted_out", "undeliverable", "cancelled"]),
                name="prompt_closed_iff_outcome",
            ),
            models.CheckConstraint(
                condition=Q(outcome="answered", answered_at__isnull=False) | ~Q(outcome="answered") & Q(answered_at=None), name="prompt_answered_at"
            ),
            models.CheckConstraint(condition=Q(closes_at__gt=models.F("due_at")), name="prompt_closes_after_due"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="open", outcome=""), name="prompt_due"),
            models.Index(fields=["closes_at"], condition=Q(state="open"), name="prompt_closing"),
        ]

    def __str__(self):
        return f"{self.form}, {self.person}, {self.activity or self.moment or self.project or self.follow_up}"

    @property
    def wave(self):
        """Which wave its answers belong to; "" for forms that are no wave."""
        return wave_of(self.form, self.project_id)

    @property
    def token(self):
        return signer.sign(f"{self.pk}.{self.nonce}")

    @property
    def is_answerable(self):
        """Until it closes; not for who has left or where the visit was cancelled."""
        return timezone.now() < self.closes_at and self.outcome not in (self.Outcome.LEFT, self.Outcome.CANCELLED)


WAVE_OF = {Prompt.Form.AFTER: Wave.NEXT_DAY, Prompt.Form.WEEKS: Wave.WEEKS, Prompt.Form.MONTHS: Wave.MONTHS, Prompt.Form.YEAR: Wave.YEAR}


def wave_of(form, project_id):
    return Wave.END if project_id else WAVE_OF.get(form, "")


class PromptMailQuerySet(models.QuerySet):
    def that_asked(self):
        """Without those that were held back at their own hour: they are written again."""
        return self.exclude(mail__state=Mail.State.CANCELLED, mail__error=NOT_NOW)


class PromptMail(models.Model):
    """A mail that asks one or several prompts: merged, or asking once more."""

    class Kind(models.TextChoices):
        FIRST = "first", _("First")
        REMINDER = "reminder", _("Reminder")

    prompt = models.ForeignKey(Prompt, models.CASCADE, related_name="prompt_mails")
    mail = models.ForeignKey(Mail, models.CASCADE, related_name="prompt_mails")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.FIRST)

    objects = PromptMailQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prompt", "mail"], name="one_prompt_per_mail")]

    def __str__(self):
        return f"{self.prompt}: {self.mail}"


class PauseQuerySet(models.QuerySet):
    def from_token(self, token):
        """The pause whose link carried `token`; none for a forged one."""
        return _from_token(self, token, pause_signer)


class Pause(models.Model):
    """Three waves unanswered: no questions until the person says "more, less, stop?", which is asked once; or answers something."""

    class Said(models.TextChoices):
        NOTHING = "", _("Nothing yet")
        MORE = "more", _("Go on asking me")
        LESS = "less", _("Ask me less")
        STOP = "stop", _("Stop")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="pauses")
    since = models.DateTimeField(default=timezone.now)
    mail = models.ForeignKey(Mail, models.SET_NULL, null=True, blank=True, related_name="+", help_text=_("The one that asked."))
    nonce = models.CharField(max_length=20, default=new_nonce, editable=False)
    said = models.CharField(max_length=4, choices=Said, default=Said.NOTHING, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("pause"), _("pauses")
        ordering = ["-since", "pk"]
        constraints = [models.UniqueConstraint(fields=["person"], condition=Q(ended_at=None), name="one_pause_at_a_time")]

    def __str__(self):
        return f"{self.person}: {self.since:%Y-%m-%d}"

    @property
    def token(self):
        return pause_signer.sign(f"{self.pk}.{self.nonce}")
