"""Who belongs where: invitations, memberships, roles. Every change leaves an event."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iimprove.clock import today
from partners import emails
from partners.models import Event, Invitation, Membership, Partner, Person, ProjectRole
from partners.models.event import record
from partners.models.invitation import new_nonce


@transaction.atomic
def invite(*, partner, email, role, by, **details):
    """Offer `email` a place at `partner`; a pending offer is renewed and sent again, its earlier link stops working.

    `details`: name, language, job_title, expected_end_on.
    """
    invitation = _offer(partner=partner, email=email, by=by, details={"role": role, **details})
    record(Event.Verb.INVITED, by=by, partner=partner, details={"role": role})
    return invitation


@transaction.atomic
def invite_to_project(*, project, email, role, by, **details):
    """Offer `email` a role of its own in `project`, with or without an employer; a pending offer of it is renewed.

    `role`: a ProjectRole.Role; `details`: name, language.
    """
    invitation = _offer(project=project, project_role=role, email=email, by=by, details=details)
    record(Event.Verb.INVITED, by=by, project=project, details={"role": role})
    return invitation


@transaction.atomic
def resend(invitation, *, by):
    """Send a pending invitation once more, with a new link; the earlier one stops working."""
    invitation.nonce, invitation.sent_at, invitation.sent_by, invitation.bounced_at = new_nonce(), timezone.now(), by, None
    invitation.save(update_fields=["nonce", "sent_at", "sent_by", "bounced_at"])
    emails.invitation(invitation)
    record(Event.Verb.INVITED, by=by, partner=invitation.partner, project=invitation.project, details={"role": _role(invitation)})


@transaction.atomic
def withdraw(invitation, *, by):
    """Take a pending invitation back: its link stops working, a mail not yet sent stays here."""
    invitation.withdrawn_at, invitation.withdrawn_by = timezone.now(), by
    invitation.save(update_fields=["withdrawn_at", "withdrawn_by"])
    emails.cancel_invitation(invitation)
    record(Event.Verb.INVITATION_WITHDRAWN, by=by, partner=invitation.partner, project=invitation.project, details={"role": _role(invitation)})


@transaction.atomic
def change_membership(membership, *, by, **changes):
    """Set role, job title, contract, since or expected end. Raises ValidationError, as for the only admin."""
    membership, before = _changed(membership, changes)
    altered = [field for field in changes if before[field] != getattr(membership, field)]
    membership.save(update_fields=changes)
    if "role" in altered:
        _record_change(Event.Verb.ROLE_CHANGED, membership, by, {"role": [before["role"], membership.role]})
    if dates := [field for field in ("started_on", "expected_end_on") if field in altered]:
        _record_change(Event.Verb.DATES_CHANGED, membership, by, {field: [_day(before[field]), _day(getattr(membership, field))] for field in dates})
    if details := [field for field in ("job_title", "contract") if field in altered]:
        _record_change(Event.Verb.PROFILE_CHANGED, membership, by, {"fields": details})
    return membership


@transaction.atomic
def end_membership(membership, *, on, by):
    """Let a spell end: from the day `on` there is no access. Sessions stay, since access is computed at each request.

    Raises ValidationError, as for the only admin.
    """
    membership, before = _changed(membership, {"ended_on": on, "ended_by": by})
    membership.save(update_fields=["ended_on", "ended_by"])
    _record_change(Event.Verb.LEFT, membership, by, {"ended_on": [_day(before["ended_on"]), _day(on)]})
    return membership


@transaction.atomic
def resume_membership(membership, *, by):
    """Take an end back, as if it had never been set. Raises ValidationError where a later spell is in the way."""
    membership, before = _changed(membership, {"ended_on": None, "ended_by": None})
    membership.save(update_fields=["ended_on", "ended_by"])
    _record_change(Event.Verb.DATES_CHANGED, membership, by, {"ended_on": [_day(before["ended_on"]), None]})
    return membership


@transaction.atomic
def person_for(invitation):
    """Whose place it will be: whoever has the invited address, else somebody new, who proves it by a code before anything opens."""
    proved = Person.objects.filter(emailaddress__email=invitation.email, emailaddress__verified=True)
    person = proved.first() or Person.objects.filter(email=invitation.email).first()
    if person is None:
        name = invitation.name or invitation.email.partition("@")[0]
        person = Person.objects.create_user(invitation.email, name=name, language=invitation.language)
    person.emailaddress_set.get_or_create(email=invitation.email, defaults={"primary": not person.emailaddress_set.exists()})
    return person


@transaction.atomic
def accept_invitation(invitation, *, person):
    """Give `person` the place they were invited to, from today; where they are there already, nothing is doubled.

    Who left and comes back gets a new spell; who is about to leave gets one that begins at the end. Accepting twice is
    accepting once. Raises ValidationError if the invitation is not open any more.
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_by_id == person.pk:
        return invitation
    if not invitation.is_open:
        raise ValidationError(_("This invitation is no longer open."), code="closed")
    invitation.accepted_at, invitation.accepted_by = timezone.now(), person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    if invitation.partner:
        _join_partner(invitation, person)
    else:
        _join_project(invitation, person)
    return invitation


def _join_partner(invitation, person):
    spells = person.memberships.filter(partner=invitation.partner)
    starts_on = _next_start(spells)
    if starts_on is None:
        return
    membership = Membership(person=person, partner=invitation.partner, role=invitation.role, job_title=invitation.job_title, started_on=starts_on)
    if invitation.expected_end_on and invitation.expected_end_on >= starts_on:
        membership.expected_end_on = invitation.expected_end_on
    membership.save()
    record(Event.Verb.JOINED, by=person, person=person, partner=invitation.partner, details={"role": invitation.role, "from": _day(starts_on)})


def _join_project(invitation, person):
    starts_on = _next_start(person.project_roles.filter(project=invitation.project, role=invitation.project_role))
    if starts_on is None:
        return
    ProjectRole.objects.create(person=person, project=invitation.project, role=invitation.project_role, started_on=starts_on)
    details = {"role": invitation.project_role, "from": _day(starts_on)}
    record(Event.Verb.PROJECT_ROLE_GIVEN, by=person, person=person, project=invitation.project, details=details)


def _next_start(spells):
    """The first day on which a new spell could begin; None if one without an end is there."""
    last = spells.exclude(ended_on__lte=today()).order_by("ended_on").last()
    return today() if last is None else last.ended_on


def _offer(*, email, by, details, **place):
    invitation, _created = Invitation.objects.pending().update_or_create(
        **place,
        email=email.lower(),
        defaults={"sent_by": by, "sent_at": timezone.now(), "nonce": new_nonce(), "bounced_at": None, **details},
    )
    emails.invitation(invitation)
    return invitation


def _role(invitation):
    return invitation.role or invitation.project_role


def _changed(membership, changes):
    """The row as it is now, with `changes` and checked, and its values before. The partner is locked: one change at a time."""
    Partner.objects.select_for_update(no_key=True).get(pk=membership.partner_id)
    membership = Membership.objects.select_related("person", "partner").get(pk=membership.pk)
    before = {field: getattr(membership, field) for field in changes}
    was_admin = membership.is_admin and membership.is_current
    for field, value in changes.items():
        setattr(membership, field, value)
    membership.full_clean()
    if was_admin and not membership.leaves_an_admin():
        raise ValidationError(_("This is the only admin: make somebody else admin first."), code="last_admin")
    return membership, before


def _record_change(verb, membership, by, details):
    record(verb, by=by, person=membership.person, partner=membership.partner, details=details)


def _day(date):
    return date.isoformat() if date else None
