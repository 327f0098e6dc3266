import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from iimprove.clock import today
from partners.models.fields import LongText, in_order, no_overlap, paired, running
from partners.models.partner import Partner
from partners.models.person import Person
from partners.models.published import Published


class ProjectQuerySet(models.QuerySet):
    def published(self):
        return self.filter(published_at__isnull=False)

    def of(self, person):
        """The projects `person` takes part in today: through a partner or by a role of one's own."""
        on = today()
        memberships = person.memberships.current().values("partner")
        roles = person.project_roles.filter(running("started_on", "ended_on", on=on)).values("project")
        return self.filter(Q(pk__in=roles) | Q(pk__in=ProjectPartner.objects.filter(partner__in=memberships).values("project")))

    def visible_to(self, person):
        """What one takes part in, and what is published."""
        return self.published() if person.is_anonymous else self.of(person) | self.published()


class Project(Published):
    """A funded partnership with a period, a grant number, a lead and partners."""

    slug = models.SlugField(_("short address"), unique=True, max_length=60)
    short_name = models.CharField(_("short name"), max_length=60)
    name = models.CharField(_("full name"), max_length=250, blank=True)
    programme = models.CharField(_("programme"), max_length=120, blank=True)
    key_action = models.CharField(_("key action"), max_length=200, blank=True)
    grant_reference = models.CharField(_("grant number"), max_length=60, blank=True)
    working_language = models.CharField(_("working language"), max_length=8, default="en")
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    period_note = models.CharField(_("note on the period"), max_length=500, blank=True)
    about = LongText(_("about"))
    question = models.CharField(_("guiding question"), max_length=500, blank=True)
    sources = models.JSONField(_("sources"), default=list, blank=True)
    partners = models.ManyToManyField(Partner, through="ProjectPartner", related_name="projects")
    is_sample = models.BooleanField(_("sample"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("project"), _("projects")
        ordering = ["short_name", "pk"]
        constraints = [
            in_order("starts_on", "ends_on", name="project_in_order"),
            paired("published_at", "published_by", name="project_published_at_and_by"),
        ]

    def __str__(self):
        return self.short_name

    def get_absolute_url(self):
        return reverse("learning:project_detail", args=[self.slug])


class ProjectPartner(models.Model):
    """A partner's part in a project."""

    class Part(models.TextChoices):
        LEAD = "lead", _("Lead partner")
        FULL = "full", _("Partner")
        ASSOCIATED = "associated", _("Associated partner")

    project = models.ForeignKey(Project, models.CASCADE, related_name="parts")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="parts")
    part = models.CharField(_("part"), max_length=10, choices=Part, default=Part.FULL)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("partner in a project"), _("partners in projects")
        ordering = ["partner__short_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "partner"], name="one_part_per_partner"),
            models.UniqueConstraint(
                fields=["project"], condition=Q(part="lead"), name="one_lead", violation_error_message=_("There is a lead partner already.")
            ),
        ]

    def __str__(self):
        return f"{self.partner} in {self.project}"


class ProjectRoleQuerySet(models.QuerySet):
    def current(self, on=None):
        return self.filter(running("started_on", "ended_on", on=on or today()), person__is_active=True)


class ProjectRole(models.Model):
    """Coordinator or informal educator of a project, from / until. Needs no employer."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("Coordinator")
        EDUCATOR = "educator", _("Informal educator")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="roles")
    person = models.ForeignKey(Person, models.CASCADE, related_name="project_roles")
    role = models.CharField(_("role"), max_length=12, choices=Role)
    started_on = models.DateField(_("since"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True, help_text=_("From this day on there is no access."))

    objects = ProjectRoleQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("role in a project"), _("roles in projects")
        ordering = ["role", "person__name", "started_on", "pk"]
        constraints = [
            no_overlap(
                "person",
                "project",
                "role",
                from_="started_on",
                until="ended_on",
                name="one_project_role_at_a_time",
                message=_("This person has this role in that time already."),
            ),
            in_order("started_on", "ended_on", name="project_role_in_order"),
        ]

    def __str__(self):
        return f"{self.person}, {self.get_role_display()}, {self.project}"
