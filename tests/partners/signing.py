"""Signing in as people do it: through the pages, with the code from the mail."""

import re

from django.urls import reverse

LOGIN, CODE, MFA = "/account/login/", "/account/login/code/confirm/", "/account/2fa/authenticate/"


def code_in(mail):
    return re.search(r"\b\d{4}-\d{4}\b", mail.subject)[0]


def ask_for_code(client, email, **extra):
    return client.post(LOGIN, {"login": email, "password": ""}, **extra)


def sign_in(client, person, mailoutbox, *, remember=False, **extra):
    """The whole way of somebody without a second factor; the last answer."""
    ask_for_code(client, person.email, **extra)
    data = {"code": code_in(mailoutbox[-1])} | ({"remember": "on"} if remember else {})
    return client.post(CODE, data, **extra)


def is_signed_in(client):
    return client.get(reverse("partners:my_settings")).status_code == 200
