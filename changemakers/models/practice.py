import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from changemakers.models.changemaker import Changemaker, Choice
from partners.models import Partner, Person, Project
from partners.models.fields import LongText


class PracticeQuerySet(models.QuerySet):
    def chosen_in(self, project):
        """Those of the changemakers that were chosen in a project."""
        return self.filter(changemaker__in=Choice.objects.made().filter(project=project).values("changemaker"))


class Practice(models.Model):
    """What a changemaker does, in steps, and what must not be lost when others do it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    changemaker = models.ForeignKey(Changemaker, models.CASCADE, related_name="practices")
    slug = models.SlugField(max_length=60)
    name = models.CharField(_("name"), max_length=200)
    summary = LongText(_("in short"))
    steps = ArrayField(models.TextField(max_length=1000), verbose_name=_("steps"), default=list, blank=True)
    must_not_be_lost = LongText(_("what must not be lost"))
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="en")
    sources = models.JSONField(_("sources"), default=list, blank=True)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("practice"), _("practices")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["changemaker", "slug"], name="one_practice_per_slug")]

    def __str__(self):
        return self.name


class PracticeStageQuerySet(models.QuerySet):
    def visible_to(self, person):
        """What partners say in front of each other: read in a project in which the changemaker is chosen; by anybody once both are public."""
        return self.filter(Exists(_choices_around().open_to(person)))

    def told_to(self, person):
        """Those of which `person` also reads the notes: they stay inside the project."""
        if person.is_anonymous:
            return self.none()
        return self.filter(Exists(_choices_around().made().filter(project__in=Project.objects.of(person))))

    def standing(self):
        """Not taken back."""
        return self.filter(taken_back_at=None)

    def last_said(self):
        """Those after which nothing was said of the same practice at the same organisation."""
        later = PracticeStage.objects.standing().filter(
            practice=OuterRef("practice"), partner=OuterRef("partner"), recorded_at__gt=OuterRef("recorded_at")
        )
        return self.standing().filter(~Exists(later))

    def as_said(self):
        return self.order_by("recorded_at", "pk")


def _choices_around():
    """The choices of the practice's changemaker in projects to which the partner belongs."""
    return Choice.objects.filter(changemaker=OuterRef("practice__changemaker"), project__parts__partner=OuterRef("partner"))


class PracticeStage(models.Model):
    """How far a practice has come at a partner, as that partner says itself. Append-only: what is so later is another row.

    Who recorded the last row may take it back. It stays, without counting: others have read it by then, and a number that has changed
    should say why.
    """

    class Stage(models.TextChoices):
        HEARD = "heard", pgettext_lazy("an organisation", "Heard of it")
        SAW = "saw", pgettext_lazy("an organisation", "Saw it")
        TRIED = "tried", pgettext_lazy("an organisation", "Tried it")
        ADAPTED = "adapted", pgettext_lazy("an organisation", "Adapted it")
        ROUTINE = "routine", pgettext_lazy("an organisation", "Routine by now")
        STOPPED = "stopped", pgettext_lazy("an organisation", "Stopped")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="stages", verbose_name=_("practice"))
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="practice_stages", verbose_name=_("organisation"))
    stage = models.CharField(_("stage"), max_length=8, choices=Stage)
    on = models.DateField(_("since when"), null=True, blank=True, help_text=_("Leave it empty where the day is not known."))
    note = LongText(_("note"), max_length=2000, help_text=_("Where, with whom, what was different, what came of it."))
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="en")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, editable=False, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PracticeStageQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("stage of a practice"), _("stages of practices")
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=["heard", "saw", "tried", "adapted", "routine", "stopped"]), name="practice_stage_known"),
        ]

    def __str__(self):
        return f"{self.partner}, {self.practice}: {self.get_stage_display()}"

    @property
    def known_on(self):
        """The day since when it is known to be so: at the latest the day on which somebody said it."""
        return self.on or timezone.localdate(self.recorded_at, timezone.get_default_timezone())

    @property
    def is_trial(self):
        """Somebody put a hand to it; also who stopped had tried."""
        return self.stage not in (self.Stage.HEARD, self.Stage.SAW)


def last_stages(stages):
    """(partner, practice) → the last of its `stages`, which come as they were said: by the day, of one day the one said last."""
    return {(row.partner_id, row.practice_id): row for row in sorted(stages, key=lambda row: row.known_on)}
