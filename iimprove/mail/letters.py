"""From a row to the mail that leaves: the recipient's language, one frame, plain headers."""

import re
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import translation
from django.utils.html import format_html, format_html_join

from iimprove.mail.messages import NoLongerWanted
from iimprove.mail.reading import Reader

RESERVED = (".example", ".invalid", ".test", "@example.org", "@example.com", "@example.net")  # RFC 2606: nobody's addresses
LINK = re.compile(r"""(https?://[^\s<>"']*[^\s<>"'.,:;!?)\]])""")
LONGEST_LINK = 40  # signs of it that are shown
UNSAFE_IN_NAMES = frozenset('"<>()[]@,;:\\')


def compose(mail, reader=None):
    """The mail as it stands now. Raises NoLongerWanted if it should not go. `reader`: of the batch it belongs to, if there is one."""
    if not may_leave(mail.to):
        raise NoLongerWanted("an invented address: the mail does not leave the site")
    with translation.override(mail.language):
        context = (reader or Reader([mail])).context(mail)
    return letter(mail.message, to=mail.to, language=mail.language, message_id=mail.message_id, **context)


def may_leave(address):
    """Mail to invented addresses is kept on this machine, or not sent at all."""
    return settings.MAIL_STAYS_HERE or not address.endswith(RESERVED)


def letter(template, *, to, language, message_id, headers=None, sender="", attachments=(), **context):
    """One mail in our frame, with the headers of a mail nobody typed and those the message adds.

    `sender`: whose name stands before the site's address; `attachments`: (file name, content, type).
    """
    subject, text = render(template, language, **context)
    headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"} | (headers or {})
    email = EmailMultiAlternatives(subject, text, from_email=sent_by(sender), to=[to], headers=headers, attachments=attachments)
    with translation.override(language):
        framed = render_to_string("emails/frame.html", {"subject": subject, "text": linked(text), "site_url": settings.SITE_URL})
    email.attach_alternative(framed, "text/html")
    return email


def linked(text):
    """The text for HTML, with its links. Django's urlize looks at every word for things that may be links and takes ten times as long."""
    parts = LINK.split(text)  # every second one is a link
    return format_html_join("", "{}", ((_anchor(part) if position % 2 else part,) for position, part in enumerate(parts)))


def _anchor(url):
    shown = url if len(url) <= LONGEST_LINK else f"{url[: LONGEST_LINK - 1]}…"
    return format_html('<a href="{}">{}</a>', url, shown)


def sent_by(name):
    """The site's address with this name in front of it, which holds no sign that means something in an address; by itself without a name."""
    clean = " ".join("".join(" " if sign in UNSAFE_IN_NAMES or not sign.isprintable() else sign for sign in name).split())[:60]
    return formataddr((clean, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])) if clean else settings.DEFAULT_FROM_EMAIL


def render(template, language, **context):
    """Subject and text of `emails/<template>.txt` in `language`: the first line is the subject, nothing is HTML-escaped."""
    with translation.override(language):
        source = get_template(f"emails/{template}.txt").template
        subject, body = source.render(Context({"site_url": settings.SITE_URL, **context}, autoescape=False)).split("\n", 1)
    return " ".join(subject.split()), body.strip() + "\n"
