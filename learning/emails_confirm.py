"""The mail that asks a colleague whether something is so. The sentence stands behind its link, not in the mail."""

from django.utils import timezone

from iimprove import mail
from learning import emails, policies, waves
from learning.calendars import calendars_of
from partners.models import Person


def confirm(prompt):
    """Asks once; returns the mail. When it may go, the planner knows."""
    return mail.queue("confirm", to=prompt.person.email, language=prompt.person.language, about=prompt)


@mail.message("confirm")
def confirm_now(prompt, facts):
    """Only while it can be answered, of somebody who wants questions, at an hour for mails."""
    if prompt is None or prompt.outcome or not policies.can_answer(prompt, by=prompt.person):
        raise mail.NoLongerWanted("answered, closed or no longer there")
    person = prompt.person
    if person.mail_preference == Person.MailPreference.NONE:
        raise mail.NoLongerWanted("wants no questions")
    calendar = calendars_of([person])[person]
    if waves.is_quiet(timezone.now(), calendar):
        raise mail.NoLongerWanted(emails.NOT_NOW)
    return {
        "person": person,
        "sender": prompt.follow_up.takeaway.reflection.author.name,
        "url": emails.answer_url(prompt),
        "closes_at": prompt.closes_at.astimezone(calendar.zone_info).date(),
        "headers": emails.one_click(prompt),
    }
