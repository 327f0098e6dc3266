"""The links in mails, and a link once more."""

import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from iimprove import mail
from learning.calendars import calendars_of
from learning.emails.words import question
from learning.models.unsubscription import QUESTIONS, unsubscribe_token


def answer_url(prompt):
    """The link lives until the prompt closes; DESIGN §4."""
    return settings.SITE_URL + reverse("learning:answer", args=[prompt.token])


def one_click(person, kind=QUESTIONS):
    """RFC 8058: the mail program's own button for "no more mails like this"."""
    url = settings.SITE_URL + reverse("learning:unsubscribe", args=[unsubscribe_token(person, kind)])
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def new_link(prompt):
    """The link once more, to the address the question went to; pressed again and again it is one mail in ten minutes."""
    lately = mail.Mail.objects.filter(message="answer_link", about_id=str(prompt.pk), queued_at__gt=timezone.now() - datetime.timedelta(minutes=10))
    if prompt.is_answerable and not lately.exists():
        mail.queue("answer_link", to=prompt.person.email, language=prompt.person.language, about=prompt)


@mail.message("answer_link")
def new_link_now(prompt, facts):
    if prompt is None or not prompt.is_answerable or not prompt.person.is_active:
        raise mail.NoLongerWanted("closed or no longer there")
    return {
        "person": prompt.person,
        "question": question(prompt),
        "url": answer_url(prompt),
        "closes_at": closing_day(prompt, calendars_of([prompt.person])[prompt.person]),
        "headers": one_click(prompt.person),
    }


def closing_day(prompt, calendar):
    return prompt.closes_at.astimezone(calendar.zone_info).date()
