"""A calendar entry with the mail, for those who want one."""

import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _


def calendar_entry(asked):
    """(file name, content, type): an all-day entry on the last day of each question; sent again, it replaces the one before.

    It holds no link that answers: calendars are shared.
    """
    import icalendar  # only where mails are written: a web process does without it

    entries = icalendar.Calendar()
    entries.add("prodid", "-//I_Improve//questions//EN")
    entries.add("version", "2.0")
    entries.add("method", "PUBLISH")
    for question in asked:
        entries.add_component(_entry(icalendar.Event(), question))
    return "questions.ics", entries.to_ical().decode(), "text/calendar"


def _entry(event, question):
    event.add("uid", f"{question['prompt'].pk}@{settings.SITE_HOST}")
    event.add("dtstamp", timezone.now().astimezone(datetime.UTC))
    event.add("dtstart", question["closes_at"])
    event.add("summary", _("Last day: %(question)s") % {"question": question["question"]})
    event.add("url", settings.SITE_URL)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event
