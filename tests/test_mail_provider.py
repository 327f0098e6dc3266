"""Mail through a provider's interface on the web instead of SMTP: the same rows, the same ends."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from iimprove import bounces, mail
from iimprove.mail import Mail
from partners import emails
from tests.factories import InvitationFactory

pytestmark = pytest.mark.django_db
ADA, BO = "ada@example.org", "bo@example.org"
WORDS = (
    f"You tried to send to a recipient that has been marked as inactive. Found inactive addresses: {ADA}. Inactive recipients are ones that bounced."
)
INACTIVE = {"ErrorCode": 406, "Message": WORDS}


@contextmanager
def postmark():
    """Postmark as it answers: takes each mail, but {recipient: (status, answer)} of what is yielded; yields what it took, too."""
    answers, taken = {}, []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            letter = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, answer = answers.get(letter["To"], (200, {"ErrorCode": 0, "Message": "OK", "MessageID": f"pm-{len(taken)}", "To": letter["To"]}))
            if status == 200:
                taken.append(letter)
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server, answers, taken
    server.shutdown()
    server.server_close()


@pytest.fixture
def provider(settings):
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.MAIL_STAYS_HERE = True
    with postmark() as (server, answers, taken):
        address = f"http://127.0.0.1:{server.server_port}/"
        settings.ANYMAIL = settings.ANYMAIL | {"POSTMARK_SERVER_TOKEN": "t", "POSTMARK_API_URL": address}
        yield answers, taken


def queued(*addresses):
    for address in addresses:
        emails.invitation(InvitationFactory(email=address))
    return Mail.objects.get(to=addresses[0])


def test_a_mail_goes_with_our_message_id_and_keeps_the_providers_name(provider):
    _answers, taken = provider
    row = queued(ADA)

    mail.drain()

    row.refresh_from_db()
    headers = {header["Name"]: header["Value"] for header in taken[0]["Headers"]}
    assert (row.state, row.provider_id, headers["Message-ID"], headers["Auto-Submitted"]) == ("sent", "pm-0", row.message_id, "auto-generated")


def test_an_address_the_provider_refuses_is_stopped_and_the_others_go(provider):
    answers, taken = provider
    answers[ADA] = (422, INACTIVE)
    row = queued(ADA, BO)

    mail.drain()

    row.refresh_from_db()
    assert (row.state, [letter["To"] for letter in taken], list(bounces.of([ADA, BO]))) == ("failed", [BO], [ADA])


@pytest.mark.parametrize("status", [401, 429, 500, 503])
def test_any_other_answer_of_the_provider_means_later(provider, status):
    answers, taken = provider
    answers[ADA] = (status, {"ErrorCode": 10, "Message": "not now"})
    row = queued(ADA, BO)

    mail.drain()

    row.refresh_from_db()
    assert (row.state, row.attempts, row.begun_at, bounces.of([ADA])) == ("queued", 1, None, {})
    assert [letter["To"] for letter in taken] == [BO]


def test_a_provider_out_of_reach_leaves_doubt(settings):
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.MAIL_STAYS_HERE = True
    settings.ANYMAIL = settings.ANYMAIL | {"POSTMARK_SERVER_TOKEN": "t", "POSTMARK_API_URL": "http://127.0.0.1:9/"}
    row = queued(ADA)

    mail.drain()

    row.refresh_from_db()
    assert (row.state, row.attempts, row.begun_at is not None) == ("queued", 1, True)
