"""allauth's forms, as we mean them."""

from allauth.account import forms as allauth_forms
from allauth.account.internal.flows.manage_email import sync_user_email_address
from allauth.account.internal.flows.password_reset_by_code import PasswordResetVerificationProcess
from allauth.core import context
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

    def clean(self):
        data = super().clean()
        if self.user:
            sync_user_email_address(self.user)  # an account made by hand has no address to confirm yet
        return data


class CountedCode:
    """A wrong code counts against the account at `self.address()`."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= CODE

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
