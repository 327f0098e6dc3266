"""allauth's forms, as we mean them."""

from allauth.account import forms as allauth_forms
from allauth.account.internal.flows.manage_email import sync_user_email_address
from allauth.account.internal.flows.password_reset_by_code import PasswordResetVerificationProcess
from allauth.core import context
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from partners.accounts.limits import counted_try

CODE = {"inputmode": "numeric", "autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false", "autofocus": True, "placeholder": ""}


class SignInForm(allauth_forms.LoginForm):
    """An address is enough: without a password a code is sent to it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        login, password, remember = self.fields["login"], self.fields["password"], self.fields["remember"]
        login.label, password.label, remember.label = _("Your e-mail address"), _("Password, if you have set one"), _("This is my own device")
        login.widget.attrs |= {
            "placeholder": "",
            "inputmode": "email",
            "autocapitalize": "off",
            "spellcheck": "false",
            "autocomplete": "username webauthn",
        }
        password.widget.attrs["placeholder"] = ""
        password.required = False
        password.help_text = format_html('<a href="{}">{}</a>', reverse_lazy("account_reset_password"), _("I forgot it"))

    def clean(self):
        data = super().clean()
        if self.user:
            sync_user_email_address(self.user)  # an account made by hand has no address to confirm yet
        return data


class EasyCode:
    """A code is typed on the keypad, or pasted."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= CODE


class CountedCode(EasyCode):
    """A wrong code counts against the account at `self.address()`."""

    def clean_code(self):
        with counted_try(self.address()):
            return super().clean_code()


class SignInCodeForm(CountedCode, allauth_forms.ConfirmLoginCodeForm):
    def address(self):
        return context.request._login_stage.state["email"]


class PasswordResetCodeForm(CountedCode, allauth_forms.ConfirmPasswordResetCodeForm):
    def address(self):
        return PasswordResetVerificationProcess.resume(context.request).state["email"]


class AddressCodeForm(CountedCode, allauth_forms.ConfirmEmailVerificationCodeForm):
    def address(self):
        return self.email


class ConfirmByCodeForm(CountedCode, allauth_forms.BaseConfirmCodeForm):
    def __init__(self, *args, email, **kwargs):
        self.email = email
        super().__init__(*args, **kwargs)

    def address(self):
        return self.email


class SecondStepForm(EasyCode, mfa_forms.AuthenticateForm):
    """Of the authenticator app, or a recovery code."""


class SecondStepAgainForm(EasyCode, mfa_forms.ReauthenticateForm):
    """The same, to confirm."""


class AppForm(EasyCode, ActivateTOTPForm):
    """The first code of a new authenticator app."""


class PasskeyForm(AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label, self.fields["name"].help_text = _("Name"), _("So that you tell your passkeys apart: “my phone”.")
        alone = self.fields["passwordless"]
        alone.label, alone.initial = _("Sign in with it alone"), True
        alone.help_text = _("Without a code from a mail. Leave it out for an old security key without finger, face or PIN.")
