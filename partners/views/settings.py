"""What is one's own: how one is called, when one is away, how one signs in, where one belongs."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from iimprove.clock import today
from partners.forms.settings import AbsenceForm, ProfileForm
from partners.guards import own_view
from partners.models import Absence, Person


@own_view
def my_settings(request):
    form = ProfileForm(request.POST or None, instance=_me(request))
    if form.is_valid():
        person = form.save()
        with translation.override(person.language):
            messages.success(request, _("Saved."))
        return redirect("partners:my_settings")
    return render(request, "partners/my_settings.html", {"form": form})


@own_view
def my_absences(request):
    form = AbsenceForm(request.POST or None, instance=Absence(person=request.user))
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved. In these days no questions come."))
        return redirect("partners:my_absences")
    absences = request.user.absences.filter(ends_on__gte=today())
    return render(request, "partners/my_absences.html", {"form": form, "absences": absences})


@own_view
@require_POST
def absence_remove(request, absence):
    get_object_or_404(request.user.absences, pk=absence).delete()
    messages.success(request, _("Removed."))
    return redirect("partners:my_absences")


@own_view
def my_security(request):
    authenticators = request.user.authenticator_set.all()
    types = [authenticator.type for authenticator in authenticators]
    codes = next((each.wrap().get_unused_codes() for each in authenticators if each.type == Authenticator.Type.RECOVERY_CODES), [])
    context = {
        "addresses": request.user.emailaddress_set.order_by("-primary", "email"),
        "passkeys": types.count(Authenticator.Type.WEBAUTHN),
        "has_app": Authenticator.Type.TOTP in types,
        "codes_left": len(codes) if Authenticator.Type.RECOVERY_CODES in types else None,
        "has_second_factor": bool(types),
        "sessions": len(UserSession.objects.purge_and_list(request.user)),
    }
    return render(request, "partners/my_security.html", context)


@own_view
def my_places(request):
    context = {
        "memberships": request.user.memberships.select_related("partner").order_by("-started_on", "pk"),
        "roles": request.user.project_roles.select_related("project").order_by("-started_on", "pk"),
    }
    return render(request, "partners/my_places.html", context)


def _me(request):
    """A copy: what is typed wrong must not change the name in the page's head."""
    return Person.objects.get(pk=request.user.pk)
