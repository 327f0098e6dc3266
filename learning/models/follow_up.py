import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.models.reflection import Reflection
from learning.models.takeaway import Takeaway
from learning.models.visibility import Reach, Shared, readable, shared_constraints
from partners.models import Activity


class Wave(models.TextChoices):
    """When one is asked again; "any": somebody said so without being asked."""

    NEXT_DAY = "t0", _("The next working day")
    WEEKS = "w2", _("After two weeks")
    MONTHS = "m3", _("After three months")
    YEAR = "m12", _("After twelve months")
    END = "end", _("At the project's end")
    ANY = "any", _("Something came of it")


class FollowUpQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Who may read both the follow-up and its takeaway: so it is never read more widely than the takeaway."""
        reach = Reach() if person.is_anonymous else Reach.of(person)
        told = "takeaway__reflection__"
        return self.filter(readable(person, told=told, reach=reach), readable(person, shared="takeaway__", told=told, reach=reach))

    def latest_first(self):
        return self.order_by("-observed_at", "-pk")


class FollowUp(Shared):
    """What became of a takeaway, as known on one day. Append-only: what is known later is another row. By default its author's only."""

    class State(models.TextChoices):
        NONE_YET = "none_yet", _("Nothing yet")
        TRIED = "tried", _("Tried it")
        IN_USE = "in_use", _("I use it")
        STOPPED = "stopped", _("I stopped")
        WONT = "wont", _("I do not expect to use it")
        OTHER = "other", _("Someone else uses it now")
        UNSURE = "unsure", _("I cannot say")

    class Effect(models.TextChoices):
        NO = "no", _("Nobody")
        SELF = "self", _("Only I")
        TEAM = "team", _("Colleagues or partners")
        PUBLIC = "public", _("Our audience or community")
        HARM = "harm", _("It caused a problem")
        UNSURE = "unsure", _("I cannot say")

    class Without(models.TextChoices):
        ANYWAY = "anyway", _("Happened anyway")
        LATER = "later", _("Happened later or smaller")
        NOT = "not", _("Not happened")
        UNSURE = "unsure", _("I cannot say")

    class Evidence(models.IntegerChoices):
        SAID = 0, _("Said so")
        EXAMPLE = 1, _("One concrete example told")
        DOCUMENT = 2, _("A document, photo or link")
        CONFIRMED = 3, _("Confirmed by another person")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    takeaway = models.ForeignKey(Takeaway, models.CASCADE, db_index=False, related_name="follow_ups")
    reflection = models.ForeignKey(Reflection, models.SET_NULL, null=True, blank=True, related_name="follow_ups")
    wave = models.CharField(max_length=3, choices=Wave)
    observed_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(_("What became of it?"), max_length=8, choices=State)
    effect = models.CharField(_("Who noticed?"), max_length=6, choices=Effect, blank=True)
    without = models.CharField(_("Without this activity it would have:"), max_length=6, choices=Without, blank=True)
    evidence = models.SmallIntegerField(choices=Evidence, default=Evidence.SAID)
    texts = models.JSONField(default=dict, blank=True, help_text=_("What was told, by question code."))
    activity = models.ForeignKey(Activity, models.SET_NULL, null=True, blank=True, related_name="+", help_text=_("The later activity it led to."))

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("what became of it"), _("what became of things")
        ordering = ["observed_at", "pk"]
        constraints = [
            *shared_constraints("follow_up"),
            models.CheckConstraint(
                condition=Q(state__in=["none_yet", "tried", "in_use", "stopped", "wont", "other", "unsure"]), name="follow_up_state_known"
            ),
            models.CheckConstraint(condition=Q(effect__in=["", "no", "self", "team", "public", "harm", "unsure"]), name="follow_up_effect_known"),
            models.CheckConstraint(condition=Q(evidence__in=[0, 1, 2, 3]), name="follow_up_evidence_known"),
        ]
        indexes = [models.Index(fields=["takeaway", "-observed_at"], name="follow_up_of_takeaway")]

    def __str__(self):
        return f"{self.observed_at:%Y-%m-%d}: {self.get_state_display()}"

    @property
    def told(self):
        """Of the thing; `reflection` is the answer in which this was said of it."""
        return self.takeaway.reflection


class Confirmation(models.Model):
    """What a named colleague says of a follow-up (F7). One who saw it, or does it too, makes it E3: confirmed by another person."""

    class Said(models.TextChoices):
        SAW = "saw", _("I saw it")
        TOO = "too", _("I do it too now")
        DIFFERENTLY = "differently", _("I see it differently")
        UNSURE = "unsure", _("I cannot say")

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="confirmations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="confirmations")
    said = models.CharField(_("Is it so?"), max_length=11, choices=Said)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("confirmation"), _("confirmations")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["follow_up", "person"], name="one_confirmation_per_person"),
            models.CheckConstraint(condition=Q(said__in=["saw", "too", "differently", "unsure"]), name="confirmation_known"),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_said_display()}"
