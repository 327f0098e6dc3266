from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partners import policies
from partners.forms.partner import PartnerForm
from partners.guards import partner_view
from partners.models import Event
from partners.models.event import record


@partner_view(policies.can_edit_partner)
def partner_edit(request, partner):
    form = PartnerForm(request.POST or None, instance=partner)
    if form.is_valid():
        partner = form.save()
        if form.changed_data:
            record(Event.Verb.PROFILE_CHANGED, by=request.user, partner=partner, details={"fields": form.changed_data})
        messages.success(request, _("Saved."))
        return redirect(partner)
    return render(request, "partners/partner_edit.html", {"partner": partner, "form": form})
