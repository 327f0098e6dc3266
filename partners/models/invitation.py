import secrets
import uuid
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models.fields import paired
from partners.models.membership import Membership
from partners.models.partner import Partner
from partners.models.person import Person
from partners.models.project import Project, ProjectRole

LIFETIME = timedelta(days=30)
signer = signing.Signer(salt="partners.invitation")


def new_nonce():
    return secrets.token_urlsafe(12)


class InvitationQuerySet(models.QuerySet):
    def pending(self):
        return self.filter(accepted_at=None, withdrawn_at=None)

    def from_token(self, token, *, latest=True):
        """The invitation whose latest mail (or any of its mails) carried `token`; none for a forged token."""
        try:
            pk, nonce = signer.unsign(token).split(".")
        except (signing.BadSignature, ValueError):
            return self.none()
        return self.filter(pk=pk, nonce=nonce) if latest else self.filter(pk=pk)


class Invitation(models.Model):
    """An offer, by mail, of a place at a partner or of a role in a project. The link is computed, never stored."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="en")
    partner = models.ForeignKey(Partner, models.CASCADE, null=True, blank=True, related_name="invitations")
    role = models.CharField(_("role"), max_length=8, choices=Membership.Role, blank=True)
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    expected_end_on = models.DateField(_("expected end"), null=True, blank=True)
    project = models.ForeignKey(Project, models.CASCADE, null=True, blank=True, related_name="invitations")
    project_role = models.CharField(_("role in the project"), max_length=12, choices=ProjectRole.Role, blank=True)
    nonce = models.CharField(max_length=20, default=new_nonce, editable=False)
    sent_at = models.DateTimeField(default=timezone.now)
    sent_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    bounced_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="invitations_accepted")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("invitation"), _("invitations")
        ordering = ["-sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "email"], condition=Q(accepted_at=None, withdrawn_at=None, partner__isnull=False), name="one_pending_invitation"
            ),
            models.UniqueConstraint(
                fields=["project", "project_role", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None, project__isnull=False),
                name="one_pending_project_invitation",
            ),
            models.CheckConstraint(
                condition=(Q(partner__isnull=False, project=None, project_role="") & ~Q(role=""))
                | (Q(partner=None, project__isnull=False, role="") & ~Q(project_role="")),
                name="invitation_to_a_partner_or_a_project",
            ),
            models.CheckConstraint(condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="invitation_accepted_or_withdrawn"),
            models.CheckConstraint(condition=Q(email=models.functions.Lower("email")), name="invitation_email_lower"),
            paired("accepted_at", "accepted_by", name="invitation_accepted_at_and_by"),
            paired("withdrawn_at", "withdrawn_by", name="invitation_withdrawn_at_and_by"),
        ]

    def __str__(self):
        return f"{self.email} → {self.partner or self.project}"

    @property
    def place(self):
        """What the person is invited to: a partner or a project."""
        return self.partner or self.project

    @property
    def is_expired(self):
        return timezone.now() >= self.expires_at

    @property
    def expires_at(self):
        return self.sent_at + LIFETIME

    @property
    def is_open(self):
        """Can still be accepted."""
        return self.accepted_at is None and self.withdrawn_at is None and timezone.now() < self.expires_at

    @property
    def token(self):
        return signer.sign(f"{self.pk}.{self.nonce}")
