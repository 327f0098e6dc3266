from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from iimprove.clock import today
from partners import policies
from partners.actions import people
from partners.forms.membership import MembershipEndForm, MembershipForm
from partners.guards import partner_view


@partner_view(policies.can_manage_members)
def membership_edit(request, partner, membership):
    membership = get_object_or_404(partner.memberships.select_related("person", "partner"), pk=membership)
    if not policies.can_change_membership(membership, by=request.standing):
        raise PermissionDenied
    form = MembershipForm(request.POST or None, instance=membership)
    if form.is_valid() and _went_through(form, people.change_membership, membership, by=request.user, **form.cleaned_data):
        messages.success(request, _("Saved."))
        return redirect("learning:member_list", partner.slug)
    return render(request, "partners/membership_edit.html", {"partner": partner, "membership": membership, "form": form})


@partner_view(policies.can_manage_members)
def membership_end(request, partner, membership):
    membership = get_object_or_404(partner.memberships.select_related("person", "partner"), pk=membership)
    if not policies.can_end_membership(membership, by=request.standing):
        raise PermissionDenied
    form = MembershipEndForm(request.POST or None, instance=membership, initial={"ended_on": membership.ended_on or today()})
    if form.is_valid() and _went_through(form, people.end_membership, membership, on=form.cleaned_data["ended_on"], by=request.user):
        messages.success(request, _("The end is set."))
        return redirect("learning:member_list", partner.slug)
    return render(request, "partners/membership_end.html", {"partner": partner, "membership": membership, "form": form})


@partner_view(policies.can_manage_members)
def membership_resume(request, partner, membership):
    membership = get_object_or_404(partner.memberships.select_related("person", "partner"), pk=membership)
    if not policies.can_resume_membership(membership, by=request.standing):
        raise PermissionDenied
    refusal = None
    if request.method == "POST":
        try:
            people.resume_membership(membership, by=request.user)
        except ValidationError as error:
            refusal = " ".join(error.messages)
        else:
            messages.success(request, _("The end is taken back."))
            return redirect("learning:member_list", partner.slug)
    return render(request, "partners/membership_resume.html", {"partner": partner, "membership": membership, "refusal": refusal})


def _went_through(form, action, *args, **kwargs):
    """What the action refuses is said in the form."""
    try:
        action(*args, **kwargs)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True
