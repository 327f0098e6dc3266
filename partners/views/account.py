"""What those in charge do for somebody else's account."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from partners import policies
from partners.accounts import confirmation
from partners.actions import accounts
from partners.guards import partner_view


@partner_view(policies.can_manage_members)
def second_factor_reset(request, partner, membership):
    membership = get_object_or_404(partner.memberships.select_related("person", "partner"), pk=membership)
    if not policies.can_reset_second_factor(membership, by=request.standing):
        raise PermissionDenied
    confirmation.require(request)
    if request.method == "POST":
        accounts.reset_second_factor(membership.person, by=request.user, partner=partner)
        messages.success(request, _("Done. %(name)s gets a mail and signs in with a code next time.") % {"name": membership.person})
        return redirect("learning:member_list", partner.slug)
    return render(request, "partners/second_factor_reset.html", {"partner": partner, "membership": membership})
