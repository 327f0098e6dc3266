"""What the messages of a batch need is read for many at once."""

import pytest

from iimprove import mail
from iimprove.mail import Mail, messages, reading
from tests.factories import PersonFactory
from tests.smtp_sink import smtp_sink

pytestmark = pytest.mark.django_db


@pytest.fixture
def sink(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with smtp_sink() as (sink, port):
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield sink


@pytest.fixture
def reads(monkeypatch):
    """A message that reads for many at once; what was read each time."""
    monkeypatch.setattr(messages, "_messages", {})
    asked = []

    def read(pairs):
        asked.append([about.name for about, _facts in pairs])
        if len(pairs) > 1 and any("odd" in facts for _about, facts in pairs):
            raise KeyError("odd")
        return [facts.get("odd") or about.name.upper() for about, facts in pairs]

    @mail.message("answer_link", read=read)
    def context(person, facts, known):
        return {"person": person, "url": known}

    return asked


def queued(*names, **facts):
    for name in names:
        person = PersonFactory(name=name, email=f"{name}@partners.local")
        mail.queue("answer_link", to=person.email, language="en", about=person, facts=facts)


def test_drain_reads_once_for_the_mails_of_a_batch(sink, reads):
    queued("ada", "bea", "cleo")

    mail.drain()

    assert [sorted(names) for names in reads] == [["ada", "bea", "cleo"]]
    texts = {message["To"]: message.get_body(("plain",)).get_content() for message in sink.messages}
    assert all(address.partition("@")[0].upper() in text for address, text in texts.items()) and len(texts) == 3


def test_drain_reads_again_what_is_not_fresh_any_more(sink, reads, monkeypatch):
    monkeypatch.setattr(reading, "FRESH", -1)
    queued("ada", "bea")

    mail.drain()

    assert [len(names) for names in reads] == [2, 1]


def test_a_mail_that_cannot_be_read_with_others_takes_none_with_it(sink, reads):
    queued("ada", "bea")
    queued("cleo", odd="ODD")

    mail.drain()

    assert sink.recipients == ["ada@partners.local", "bea@partners.local", "cleo@partners.local"]


def test_a_mail_tried_before_is_read_alone(sink, reads):
    queued("ada", "bea", "cleo")
    Mail.objects.filter(to="bea@partners.local").update(attempts=1)

    mail.drain()

    assert sorted(map(len, reads)) == [1, 2]


def test_a_mail_about_somebody_gone_is_read_without_them(sink, monkeypatch):
    monkeypatch.setattr(messages, "_messages", {})
    found = []
    mail.message("answer_link", read=lambda pairs: found.extend(pairs) or pairs)(lambda person, facts, known: {"person": person})
    queued("ada")
    Mail.objects.update(about_id="00000000-0000-0000-0000-000000000000")

    mail.drain()

    assert found == [(None, {})]
