from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as djangos_page

from partners import kept


def csrf_failure(request, reason=""):
    """The form's token is over: somebody signed in elsewhere in this browser. What was typed comes back in a form that can be sent."""
    if "HX-Request" in request.headers or not kept.keep(request):
        return djangos_page(request, reason)
    if request.user.is_anonymous:
        return redirect(kept.sign_in_and_back(request))
    messages.info(request, _("Nothing is lost, and nothing is saved yet: please save once more."))
    return redirect(request.get_full_path())
