"""Coming in by invitation. Reading the page changes nothing: mail programs open links by themselves."""

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.core.ratelimit import respond_429
from django.shortcuts import redirect, render

from partners.accounts import arrival
from partners.accounts.letters import MAIL_IS_OUT, NotSent
from partners.accounts.limits import may_send_code
from partners.actions import people
from partners.guards import own_view, public_view
from partners.models import Invitation


@public_view
def invitation_accept(request, token):
    """One button: it takes the place at once, or sends a code to the invited address first."""
    invitation = Invitation.objects.from_token(token, latest=False).select_related("partner", "project", "sent_by").first()
    state = _state(request, invitation, token)
    if request.method == "POST" and state == "expired":
        people.resend(invitation, by=invitation.sent_by)
        state = "sent_again"
    elif request.method == "POST" and state == "mine":
        people.accept_invitation(invitation, person=request.user)
        state = "done"
    elif request.method == "POST" and state == "open":
        return _begin(request, invitation, token)
    if state == "done":
        return redirect("partners:welcome")
    return _page(request, invitation, state)


@own_view
def welcome(request):
    """The first page after accepting: what taking part means."""
    invitation = request.user.invitations_accepted.select_related("partner", "project").order_by("-accepted_at").first()
    return render(request, "partners/welcome.html", {"invitation": invitation})


def _state(request, invitation, token):
    """Which page it is: unknown, done (by the reader), taken, withdrawn, renewed, expired; open, mine (the reader is the invited), somebody_else."""
    if invitation is None:
        return "unknown"
    if invitation.accepted_by_id and invitation.accepted_by_id == request.user.pk:
        return "done"
    if invitation.accepted_at:
        return "taken"
    if invitation.withdrawn_at:
        return "withdrawn"
    if invitation.token != token:
        return "renewed"
    if not invitation.is_open:
        return "expired"
    if request.user.is_anonymous:
        return "open"
    return "mine" if arrival.holds(request.user, invitation.email) else "somebody_else"


def _begin(request, invitation, token):
    """Send a code to the invited address; adapters.post_login goes on from there."""
    if not may_send_code(request, invitation.email):
        return respond_429(request)
    person = people.person_for(invitation)
    if not person.is_active:
        return _page(request, invitation, "closed")
    try:
        LoginCodeVerificationProcess.initiate(request=request, user=person, email=invitation.email)
    except NotSent:
        return _page(request, invitation, "open", error=MAIL_IS_OUT)
    arrival.expect(request, token)
    return redirect("account_confirm_login_code")


def _page(request, invitation, state, error=""):
    status = 404 if state == "unknown" else 503 if error else 200
    name, _at, host = invitation.email.partition("@") if invitation else ("", "", "")
    context = {"invitation": invitation, "state": state, "address": f"{name[:1]}***@{host}", "error": error}
    return render(request, "partners/invitation_accept.html", context, status=status)
