"""What opens something without a password stands in no log line."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from learning.models.unsubscription import unsubscribe_token
from tests.factories import InvitationFactory, PromptFactory

pytestmark = pytest.mark.django_db


def test_token_of_a_link_is_in_no_line(client, caplog):
    caplog.set_level("WARNING", "django.request")
    prompt, invitation = PromptFactory(), InvitationFactory()
    addresses = [
        reverse("learning:unsubscribe", args=[unsubscribe_token(prompt.person, "questions") + "x"]),
        reverse("learning:answer", args=[prompt.token + "x"]),
        reverse("partners:invitation_accept", args=[invitation.token + "x"]),
        reverse("learning:pause", args=["forged.token-that-is-long"]),
    ]

    codes = [client.get(address).status_code for address in addresses]
    plain = settings.LOGGING["formatters"]["plain"]
    write = import_string(plain["()"])(plain["format"]).format
    said = "\n".join(map(write, caplog.records))

    assert codes[0] == 404
    assert "/unsubscribe/…/" in said
    assert str(prompt.person.pk) not in said
    assert prompt.token not in said
    assert prompt.nonce not in said
    assert invitation.token not in said
    assert "forged" not in said
    assert {handler["formatter"] for handler in settings.LOGGING["handlers"].values()} == {"plain"}
