import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from iimprove.search import holding
from partners.models.fields import LongText, in_order, paired
from partners.models.partner import Partner
from partners.models.person import validate_zone
from partners.models.places import Places
from partners.models.project import Project
from partners.models.published import Published

SEARCHED = ["code", "title", "place", "theme", "programme", "outputs", "partners__name", "partners__short_name"]


class ActivityQuerySet(models.QuerySet):
    def published(self):
        """Read by anybody: published one by one, in a project that is published."""
        return self.filter(published_at__isnull=False, project__published_at__isnull=False)

    def readable_by(self, standing):
        """All of them inside the project, the published ones for everybody else. `standing`: a ProjectStanding."""
        return self.all() if standing.is_inside else self.published()

    def visible_to(self, person):
        """Everything of the projects one takes part in, and what is published."""
        published = Q(published_at__isnull=False, project__published_at__isnull=False)
        return self.filter(published) if person.is_anonymous else self.filter(published | Q(project__in=Places.of(person).projects))

    def in_time_order(self):
        """By the earliest day it can have been; those without any date last, by code."""
        return self.order_by(models.F("sorts_on").asc(nulls_last=True), "code", "pk")

    def with_partners(self):
        return self.prefetch_related("sides__partner")

    def matching(self, words):
        """Those that hold each of the words: in code, title, place, theme, programme, outputs, or a partner's name."""
        return holding(self, words, SEARCHED)


class Activity(Published):
    """Something that happens in a project. Dates may be known, known in part, alternatives, or unknown, and stay so."""

    class Kind(models.TextChoices):
        TRANSNATIONAL_MEETING = "transnational_meeting", _("Transnational meeting")
        BILATERAL_MEETING = "bilateral_meeting", _("Bilateral meeting")
        LEARNING_WEEK = "learning_week", _("Learning week")
        LAB = "lab", _("Lab")
        RESULT_SHARING = "result_sharing", _("Result sharing")
        WORKSHOP = "workshop", _("Workshop")
        JOB_SHADOWING = "job_shadowing", _("Job shadowing")
        ONLINE_MEETING = "online_meeting", _("Online meeting")
        AUDIENCE_ACTIVITY = "audience_activity", _("Audience activity")

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        MOVED = "moved", _("Moved")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    project = models.ForeignKey(Project, models.CASCADE, related_name="activities")
    code = models.CharField(
        _("code"),
        max_length=20,
        validators=[RegexValidator(r"^[A-Za-z0-9_-]+$", _("Letters, digits, - and _ only."))],
        help_text=_("As the partners call it: TM1, C4, E5a. It is also the address of the page and does not change."),
    )
    kind = models.CharField(_("kind"), max_length=24, choices=Kind)
    title = models.CharField(_("title"), max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True, help_text=_("Leave empty if unknown."))
    country = CountryField(_("country"), blank=True)
    is_online = models.BooleanField(_("online"), default=False)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    month_on = models.DateField(_("month"), null=True, blank=True, help_text=_("The first of the month, where only the month is known."))
    alternatives = ArrayField(
        models.DateField(),
        verbose_name=_("possible first days"),
        default=list,
        blank=True,
        help_text=_("Where sources leave more than one day open."),
    )
    dates_note = models.CharField(_("about the dates"), max_length=500, blank=True, help_text=_("What is known, and from where."))
    sorts_on = models.GeneratedField(
        expression=Coalesce("starts_on", "alternatives__0", "month_on", "ends_on"), output_field=models.DateField(), db_persist=True
    )
    ends_at = models.TimeField(_("ends at"), default=datetime.time(17, 0), help_text=_("Local time on the last day."))
    time_zone = models.CharField(_("time zone"), max_length=50, blank=True, validators=[validate_zone])
    theme = models.CharField(_("theme"), max_length=500, blank=True)
    programme = LongText(_("programme"), help_text=_("What was, or will be, done: one line each."))
    outputs = LongText(_("what came out of it"))
    partners_note = models.CharField(_("about the partners"), max_length=500, blank=True)
    sources = models.JSONField(_("sources"), default=list, blank=True)
    partners = models.ManyToManyField(Partner, through="ActivityPartner", related_name="activities")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED)
    status_reason = LongText(_("reason"))
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("activity"), _("activities")
        ordering = ["project", "code"]
        constraints = [
            models.UniqueConstraint(
                "project",
                models.functions.Lower("code"),
                name="one_activity_per_code",
                violation_error_message=_("This code is in use in this project."),
            ),
            in_order("starts_on", "ends_on", name="activity_in_order", message=_("The last day is before the first.")),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(month_on=None, alternatives__len=0),
                name="activity_dates_known_or_vague",
                violation_error_message=_("Give the first day, or what is known instead of it, not both."),
            ),
            models.CheckConstraint(condition=Q(month_on=None) | Q(month_on__day=1), name="activity_month_is_a_first"),
            paired("published_at", "published_by", name="activity_published_at_and_by"),
        ]
        indexes = [models.Index(fields=["project", "sorts_on"], name="activity_project_sorts_on")]

    def __str__(self):
        return f"{self.code} {self.title}".strip()

    def get_absolute_url(self):
        return reverse("learning:activity_detail", args=[self.project.slug, self.code])

    @property
    def host(self):
        """The hosting partner, or None if unknown. Reads the prefetched sides."""
        return next((side.partner for side in self.sides.all() if side.side == ActivityPartner.Side.HOST), None)

    @property
    def guests(self):
        return [side.partner for side in self.sides.all() if side.side == ActivityPartner.Side.GUEST]


class ActivityPartner(models.Model):
    """A partner's side in an activity. At most one hosts; host or guests may be unknown."""

    class Side(models.TextChoices):
        HOST = "host", _("Host")
        GUEST = "guest", _("Guest")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="sides")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="sides")
    side = models.CharField(_("side"), max_length=5, choices=Side)

    class Meta:
        verbose_name, verbose_name_plural = _("partner in an activity"), _("partners in activities")
        ordering = ["-side", "partner__short_name"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "partner"], name="one_side_per_partner"),
            models.UniqueConstraint(fields=["activity"], condition=Q(side="host"), name="one_host"),
        ]

    def __str__(self):
        return f"{self.partner}, {self.get_side_display()}"


class Attendance(models.Model):
    """A person at an activity, for a partner (or for none: coordinators and educators without employer)."""

    class State(models.TextChoices):
        EXPECTED = "expected", _("Expected")
        ATTENDED = "attended", _("Was there")
        ABSENT = "absent", _("Was not there")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="attendances")
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="attendances")
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, related_name="attendances")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.EXPECTED)
    recorded_at = models.DateTimeField(auto_now=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("attendance"), _("attendance")
        ordering = ["person__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "activity"], name="one_attendance_per_person")]

    def __str__(self):
        return f"{self.person}, {self.activity}: {self.get_state_display()}"


class Headcount(models.Model):
    """How many people without account took part, by role. The number may be unknown, which is not zero."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="headcounts")
    role = models.CharField(_("who"), max_length=120, help_text=_("By role: librarians, neighbours, policymakers."))
    number = models.PositiveIntegerField(_("how many"), null=True, blank=True, help_text=_("Leave empty if unknown."))
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("head-count"), _("head-counts")
        ordering = ["role"]
        constraints = [models.UniqueConstraint("activity", models.functions.Lower("role"), name="one_headcount_per_role")]

    def __str__(self):
        return f"{self.role}: {'?' if self.number is None else self.number}"
