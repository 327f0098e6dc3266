"""allauth's views, where they behave differently here."""

from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.decorators import login_not_required
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import LANGUAGE_QUERY_PARAMETER, set_language

from partners.accounts import demo, letters, second_factor
from partners.accounts.codes import Confirmation
from partners.accounts.forms import ConfirmByCodeForm
from partners.accounts.limits import may_send_code
from partners.models import Person


class SignIn(allauth_views.LoginView):
    """One address to begin with: a code is sent, or a password tried."""

    def form_valid(self, form):
        try:
            return form.login(self.request, redirect_url=self.get_success_url())
        except letters.NotSent:
            form.add_error(None, letters.MAIL_IS_OUT)
            return self.form_invalid(form)
        except ImmediateHttpResponse as instead:
            return instead.response

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"demo_people": demo.choices() if settings.LOCAL else []}


@method_decorator(login_not_required, name="dispatch")
class SignInCode(allauth_views.ConfirmLoginCodeView):
    """The page waits for its code: it can be left for the mail and opened again."""

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        if getattr(self, "_process", True) is None:
            messages.info(request, _("That code has run out. Ask for a new one."))
        return response

    def _resend_form_valid(self, form):
        """Unlike allauth's: an unknown address gets its mail again too, and the new code lasts as long as the first."""
        if may_send_code(self.request, self._process.state["email"]):
            self._process.state["at"] = self._process.initial_state(None)["at"]
            self._process.send()
            self._process.record_resend()
            self._process.persist()
        else:
            messages.error(self.request, get_adapter().error_messages["rate_limited"])
        return redirect(self.passthrough_next_url(self.request.path))


class SignOut(allauth_views.LogoutView):
    """What the browser kept of the pages goes with the session."""

    def post(self, *args, **kwargs):
        was_signed_in = self.request.user.is_authenticated
        response = super().post(*args, **kwargs)
        if was_signed_in:
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response


@method_decorator(login_required, name="dispatch")
class ConfirmByCode(allauth_views.BaseReauthenticateView):
    """Confirm who is at the keyboard by a code sent to the account's own address; it is sent on request, not by opening the page."""

    form_class = ConfirmByCodeForm
    template_name = "account/reauthenticate_code.html"

    def get_form_kwargs(self):
        process = Confirmation.resume(self.request)
        return super().get_form_kwargs() | {"email": self.request.user.email, "code": process.code if process else None}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"is_sent": Confirmation.resume(self.request) is not None}

    def post(self, request, *args, **kwargs):
        if request.POST.get("action") != "send":
            return super().post(request, *args, **kwargs)
        if may_send_code(request, request.user.email):
            Confirmation.begin(request)
        else:
            messages.error(request, get_adapter().error_messages["rate_limited"])
        return redirect(self.passthrough_next_url(request.path))

    def form_valid(self, form):
        Confirmation.resume(self.request).finish()
        return super().form_valid(form)

    def form_invalid(self, form):
        if process := Confirmation.resume(self.request):
            process.record_invalid_attempt()
        return super().form_invalid(form)


sign_in = SignIn.as_view()
sign_in_code = SignInCode.as_view()
sign_out = SignOut.as_view()
confirm_by_code = ConfirmByCode.as_view()
password_set = reauthentication_required(allauth_views.PasswordSetView.as_view(), app="allauth.account")


@login_not_required
@require_POST
def language(request):
    """Django's own view; who is signed in keeps the choice."""
    code = request.POST.get(LANGUAGE_QUERY_PARAMETER)
    if request.user.is_authenticated and code in dict(settings.LANGUAGES) and check_for_language(code):
        Person.objects.filter(pk=request.user.pk).update(language=code)
    return set_language(request)


@login_not_required
@require_POST
def demo_sign_in(request, person):
    """Local mode only (urls.py): be one of the invented people at once, without a second factor."""
    person = get_object_or_404(Person, pk=person, is_sample=True, is_active=True)
    adapter = get_adapter()
    adapter.login(request, person)
    request.session[second_factor.DEMO] = True
    UserSession.objects.create_from_request(request)
    return redirect(adapter.get_login_redirect_url(request))
