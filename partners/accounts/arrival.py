"""An invitation that brought somebody to the sign-in page is accepted once they have proved that the address is theirs."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect

from partners.actions.people import accept_invitation
from partners.models import Invitation

INVITATION = "invitation"  # in the session: the token of the mail


def expect(request, token):
    request.session[INVITATION] = token


def arrive(request):
    """Where to go after signing in, if an invitation was waiting."""
    token = request.session.pop(INVITATION, None)
    invitation = Invitation.objects.from_token(token).first() if token else None
    if invitation is None:
        return None
    if not holds(request.user, invitation.email):
        return redirect("partners:invitation_accept", token)
    try:
        accept_invitation(invitation, person=request.user)
    except ValidationError:
        return redirect("partners:invitation_accept", token)
    return redirect("partners:welcome")


def holds(person, email):
    """Whether `person` has shown that `email` is theirs."""
    return person.is_authenticated and person.emailaddress_set.filter(email=email, verified=True).exists()
