"""The local mailbox shows what really went over SMTP into the Maildir."""

import re

import pytest
from django.core.mail import EmailMessage, get_connection
from django.utils.html import escape

from iimprove import mailbox

pytestmark = pytest.mark.django_db


def send(**message):
    """The letter that arrives; other processes of the run send mails, too."""
    with get_connection("django.core.mail.backends.smtp.EmailBackend") as connection:
        EmailMessage(**{"to": ["ada@river.test"], "body": "", "connection": connection} | message).send()
    return next(letter for letter in mailbox.letters() if letter.message["subject"] == message["subject"])


def test_mailbox_shows_the_newest_mail_first(client):
    send(subject="First of two, River//Cities")
    send(subject="Second of two, Šnipiškės")

    page = client.get("/mailbox/").content.decode()

    assert re.findall(r"(?:First|Second) of two, [^<]+", page)[:2] == ["Second of two, Šnipiškės", "First of two, River//Cities"]
    assert "ada@river.test" in page


def test_mailbox_message_makes_addresses_links_and_nothing_else(client):
    letter = send(subject="<b>Upė</b>", body="Come in: https://river.test/a/?b=1&c=2\n<script>alert(1)</script>")

    page = client.get(f"/mailbox/{letter.key}/").content.decode()

    assert f'href="{escape("https://river.test/a/?b=1&c=2")}"' in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<b>Upė</b>" not in page


@pytest.mark.parametrize("key", ["unknown", "..%2F..%2Fservices.json", "..%2f..%2fsecret_key"])
def test_mailbox_opens_nothing_but_its_own_mails(client, key):
    assert client.get(f"/mailbox/{key}/").status_code == 404


def test_mailbox_says_when_mail_goes_elsewhere(client, settings):
    settings.MAIL_STAYS_HERE = False
    settings.EMAIL_HOST = "mail.river.test"

    assert "mail.river.test" in client.get("/mailbox/").content.decode()
