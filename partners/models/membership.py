import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iimprove.clock import today
from partners.models.fields import in_order, no_overlap, running
from partners.models.partner import Partner
from partners.models.person import Person


class MembershipQuerySet(models.QuerySet):
    def current(self, on=None):
        """Running today (or `on` another day), of people whose account is open; ended ones open nothing."""
        return self.filter(running("started_on", "ended_on", on=on or today()), person__is_active=True)

    def ended(self):
        return self.filter(ended_on__lte=today())

    def not_ended(self):
        """Running today, or to begin later."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=today()))

    def addresses(self):
        """Every address under which these people can sign in."""
        people = Person.objects.filter(memberships__in=self)
        return {*people.values_list("email", flat=True), *people.filter(emailaddress__verified=True).values_list("emailaddress__email", flat=True)}


class Membership(models.Model):
    """One spell of a person at a partner. Who comes back gets a new spell; a change of role is not a new spell."""

    class Role(models.TextChoices):
        MEMBER = "member", _("Member")
        ADMIN = "admin", _("Partner admin")

    class Contract(models.TextChoices):
        UNKNOWN = "", _("Not said")
        PERMANENT = "permanent", _("Permanent")
        FIXED_TERM = "fixed_term", _("Fixed term")
        PROJECT = "project", _("For a project")
        FREELANCE = "freelance", _("Freelance")
        INTERN = "intern", _("Intern or trainee")
        VOLUNTEER = "volunteer", _("Volunteer")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.MEMBER)
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    contract = models.CharField(_("contract"), max_length=12, choices=Contract, default=Contract.UNKNOWN, blank=True)
    started_on = models.DateField(_("since"), null=True, blank=True, help_text=_("Leave empty if unknown."))
    expected_end_on = models.DateField(_("expected end"), null=True, blank=True, help_text=_("When the contract runs out, as far as known."))
    ended_on = models.DateField(_("ended on"), null=True, blank=True, help_text=_("From this day on there is no access."))
    ended_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("membership"), _("memberships")
        ordering = ["person__name", "started_on", "pk"]
        constraints = [
            no_overlap(
                "person",
                "partner",
                from_="started_on",
                until="ended_on",
                name="one_membership_at_a_time",
                message=_("This person has a place at this organisation in that time already."),
            ),
            in_order("started_on", "ended_on", name="membership_in_order"),
            in_order("started_on", "expected_end_on", name="membership_expected_in_order"),
        ]

    def __str__(self):
        return f"{self.person}, {self.partner}"

    @property
    def is_admin(self):
        return self.role == self.Role.ADMIN

    @property
    def is_current(self):
        return (self.started_on is None or self.started_on <= today()) and (self.ended_on is None or self.ended_on > today())

    @property
    def is_to_begin(self):
        return self.started_on is not None and self.started_on > today()

    @property
    def days_left(self):
        """Days until the end that is set, or else expected; None if neither is known. Below zero: the expected end has passed."""
        end = self.ended_on or self.expected_end_on
        return (end - today()).days if end else None

    @property
    def is_ended(self):
        return self.ended_on is not None and self.ended_on <= today()

    def leaves_an_admin(self):
        """With this row as it stands now, saved or not: is there an admin today, and on the day it ends?"""
        if self.is_admin and self.is_current and self.ended_on is None:
            return True
        others = Membership.objects.current().filter(partner=self.partner_id, role=self.Role.ADMIN).exclude(pk=self.pk)
        if self.is_admin and self.is_current:
            return others.filter(Q(ended_on=None) | Q(ended_on__gt=self.ended_on)).exists()
        return others.exists()
