"""What allauth asks us, and what we answer."""

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import SESSION_COOKIE_AGE
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from qrcode.image.svg import SvgPathFillImage

from partners import emails
from partners.accounts import confirmation, letters
from partners.accounts.arrival import arrive

OWN_DEVICE = "own_device"


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This is not the code we sent. Type it again, or ask for a new one."),
        "too_many_login_attempts": gettext_lazy("Too many wrong tries for this account. Wait five minutes, then ask for a new code."),
        "email_password_mismatch": gettext_lazy("This address and password do not go together. Leave the password empty and we send you a code."),
        "rate_limited": gettext_lazy("That was a lot at once. Wait a minute, then try again."),
        "max_email_addresses": gettext_lazy("At most %d addresses."),
    }

    def is_open_for_signup(self, request):
        """Nobody signs up: people come by invitation."""
        return False

    def send_mail(self, template_prefix, email, context):
        """Codes, and the mail that says there is no account, leave at once."""
        letters.send_now(_name(template_prefix), to=email, code=context.get("code"))

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """News about one's own account go through the outbox."""
        context = context or {}
        facts = {key: context[key] for key in ("from_email", "to_email", "deleted_email") if key in context}
        emails.account_notice(user, _name(template_prefix), to=email or EmailAddress.objects.get_primary_email(user), **facts)

    def pre_login(self, request, user, **kwargs):
        request.session[OWN_DEVICE] = "remember" in request.POST
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request, user, **kwargs):
        request.session.set_expiry(SESSION_COOKIE_AGE if request.session.pop(OWN_DEVICE, False) else 0)
        response = super().post_login(request, user, **kwargs)
        return arrive(request) or response

    def is_reauthentication_required(self, *, app, **kwargs):
        """allauth waves through whoever has neither password nor second factor; here they confirm by a fresh code."""
        confirmation.require(self.request)
        return False

    def get_reauthentication_methods(self, user):
        methods = super().get_reauthentication_methods(user)
        if user.is_authenticated and confirmation.can_confirm_by_code(user):
            methods.append({"id": "code", "description": _("Use a code sent to you by mail"), "url": reverse("account_reauthenticate_code")})
        return methods


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This code is not right, or no longer. Wait for the next one.")
    }

    def get_totp_issuer(self):
        return "I_Improve"

    def build_totp_svg(self, url):
        """On white: cameras do not read it from a dark page."""
        return qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode")

    def get_public_key_credential_rp_entity(self):
        return super().get_public_key_credential_rp_entity() | {"name": "I_Improve"}

    def generate_authenticator_name(self, user, type):
        count = user.authenticator_set.filter(type=type).count()
        return _("Passkey") if count == 0 else _("Passkey %(number)s") % {"number": count + 1}


def _name(template_prefix):
    return template_prefix.rpartition("/")[2]
