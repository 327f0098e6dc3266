from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from partners import policies
from partners.actions import people
from partners.forms.invitation import InvitationFileForm, InvitationForm, language_of
from partners.guards import partner_view
from partners.models import Membership

SAMPLE = """email;name;language;role;job_title;expected_end_on
ona@example.org;Ona Example;lt;member;Producer;2027-08-31
per@example.org;Per Example;sv;admin;Director;
"""


@partner_view(policies.can_manage_members)
def invitation_create(request, partner):
    form = InvitationForm(
        request.POST or None,
        members=partner.memberships.not_ended().addresses(),
        initial={"language": language_of(partner), "role": Membership.Role.MEMBER},
    )
    if form.is_valid():
        invitation = people.invite(partner=partner, by=request.user, **form.cleaned_data)
        messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": invitation.email})
        return redirect("learning:member_list", partner.slug)
    return render(request, "partners/invitation_create.html", {"partner": partner, "form": form})


@partner_view(policies.can_manage_members)
def invitation_import(request, partner):
    """Check the lines; show what will be sent; send when that is confirmed. The lines travel along in the page, nothing is kept between."""
    pending = dict(partner.invitations.pending().values_list("email", "sent_at"))
    form = InvitationFileForm(
        request.POST or None, request.FILES or None, partner=partner, members=partner.memberships.not_ended().addresses(), pending=pending
    )
    is_ready = form.is_valid() and "change" not in request.POST
    if is_ready and "confirm" in request.POST:
        _invite_all(form.forms, partner=partner, by=request.user)
        count = len(form.forms)
        messages.success(
            request, ngettext("%(count)s invitation is on its way.", "%(count)s invitations are on their way.", count) % {"count": count}
        )
        return redirect("learning:member_list", partner.slug)
    return render(
        request, "partners/invitation_import.html", {"partner": partner, "form": form, "is_ready": is_ready, "columns": InvitationForm.Meta.fields}
    )


@partner_view(policies.can_manage_members)
def invitation_sample(request, partner):
    """A file to fill in. It begins with the mark by which spreadsheet programs know UTF-8."""
    return HttpResponse(
        "\ufeff" + SAMPLE, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="invitations.csv"'}
    )


@partner_view(policies.can_manage_members)
@require_POST
def invitation_resend(request, partner, invitation):
    invitation = get_object_or_404(partner.invitations.pending(), pk=invitation)
    people.resend(invitation, by=request.user)
    messages.success(request, _("Sent again to %(email)s. The link in the earlier mail no longer works.") % {"email": invitation.email})
    return redirect("learning:member_list", partner.slug)


@partner_view(policies.can_manage_members)
@require_POST
def invitation_withdraw(request, partner, invitation):
    invitation = get_object_or_404(partner.invitations.pending(), pk=invitation)
    people.withdraw(invitation, by=request.user)
    messages.success(request, _("The invitation to %(email)s is withdrawn.") % {"email": invitation.email})
    return redirect("learning:member_list", partner.slug)


@transaction.atomic
def _invite_all(forms, *, partner, by):
    for form in forms:
        people.invite(partner=partner, by=by, **form.cleaned_data)
