"""What happens to an account as a whole. Every change leaves an event."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from iimprove.clock import today
from iimprove.mail import Mail
from partners import emails
from partners.models import Event, Invitation
from partners.models.event import record


@transaction.atomic
def reset_second_factor(person, *, by, partner=None):
    """Take every second factor and recovery code away and end all sessions, so that `person` can set up a new one; they are told."""
    Authenticator.objects.filter(user=person).delete()
    end_sessions(person)
    emails.account_notice(person, "second_factor_reset")
    record(Event.Verb.SECOND_FACTOR_RESET, by=by, person=person, partner=partner)


@transaction.atomic
def close_account(person, *, by):
    """From now on `person` cannot come in anywhere: sessions, places, roles, open invitations and waiting mail end at once."""
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_sessions(person)
    for membership in person.memberships.filter(_open()):
        _end(membership, Event.Verb.LEFT, by=by, partner=membership.partner, ended_by=by)
    for role in person.project_roles.filter(_open()):
        _end(role, Event.Verb.PROJECT_ROLE_ENDED, by=by, project=role.project)
    addresses = [person.email, *person.emailaddress_set.values_list("email", flat=True)]
    Invitation.objects.pending().filter(email__in=addresses).update(withdrawn_at=timezone.now(), withdrawn_by=by)
    Mail.objects.filter(to__in=[*addresses, person.private_address]).cancel("the account was closed")
    record(Event.Verb.ACCOUNT_CLOSED, by=by, person=person)


@transaction.atomic
def reopen_account(person, *, by):
    """`person` can sign in again. Places and roles do not come back by themselves: invite, or set them."""
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(Event.Verb.ACCOUNT_REOPENED, by=by, person=person)


def end_sessions(person):
    for session in UserSession.objects.filter(user=person):
        session.end()


def _open():
    return Q(ended_on=None) | Q(ended_on__gt=today())


def _end(spell, verb, *, by, ended_by=None, **place):
    """A spell that has not begun yet ends on its first day: it never was."""
    spell.ended_on = max(today(), spell.started_on or today())
    if ended_by:
        spell.ended_by = ended_by
    spell.save()
    record(verb, by=by, person=spell.person, details={"ended_on": spell.ended_on.isoformat()}, **place)
