import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from partners.models import Project

LEASE = datetime.timedelta(minutes=2)  # longer than any report takes
MOST_ATTEMPTS = 3
KEPT = datetime.timedelta(hours=24)


class ReportPackQuerySet(models.QuerySet):
    def waiting(self):
        """To be made by a worker now: new ones, and those whose worker did not come back."""
        free = Q(leased_until=None) | Q(leased_until__lte=Now())
        return self.filter(free, made_at=None, attempts__lt=MOST_ATTEMPTS).order_by("asked_at")

    def over(self):
        return self.filter(asked_at__lt=Now() - KEPT)


class ReportPack(models.Model):
    """A report as a file, made by a worker, fetched by whom it was made for, gone after a day. It stands in the database: any web process has it."""

    class Kind(models.TextChoices):
        WORKBOOK = "xlsx", _("Spreadsheet (XLSX)")
        DOCUMENT = "pdf", _("Document (PDF)")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="report_packs")
    kind = models.CharField(max_length=4, choices=Kind)
    period = models.CharField(max_length=4, blank=True, help_text=_("As learning/periods.py names it."))
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="report_packs")
    asked_at = models.DateTimeField(auto_now_add=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveSmallIntegerField(default=0, help_text=_("How far it is, in percent."))
    file = models.BinaryField(null=True, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)

    objects = ReportPackQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("report as a file"), _("reports as files")
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["xlsx", "pdf"]), name="report_pack_kind_known"),
            models.CheckConstraint(condition=Q(made_at=None) | Q(file__isnull=False), name="report_pack_made_has_a_file"),
            models.UniqueConstraint(
                F("project"), F("kind"), F("period"), F("language"), F("asked_by"), condition=Q(made_at=None), name="one_report_pack_being_made"
            ),
        ]

    def __str__(self):
        return self.filename

    @property
    def filename(self):
        return "-".join(filter(None, [self.project.slug, "report", self.period, self.language])) + f".{self.kind}"

    @property
    def has_failed(self):
        return self.made_at is None and self.attempts >= MOST_ATTEMPTS
