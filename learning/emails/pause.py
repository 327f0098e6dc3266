""" "More, less, stop?": asked once of those who have not answered three times."""

from django.conf import settings
from django.urls import reverse

from iimprove import mail
from learning.calendars import calendars_of
from learning.emails.hours import check_hour, written_on
from learning.emails.links import one_click
from learning.models import Pause
from partners.models import Person


def pause_draft(person, now):
    """Not written yet."""
    return mail.draft("pause", to=person.email, language=person.language, about=person, facts=written_on(now))


@mail.message("pause")
def pause_now(person, facts):
    pause = Pause.objects.filter(person=person, ended_at=None).first() if person and person.is_active else None
    if pause is None or person.mail_preference == Person.MailPreference.NONE:
        raise mail.NoLongerWanted("answered, not wanted or no longer there")
    check_hour(calendars_of([person])[person], facts)
    url = settings.SITE_URL + reverse("learning:pause", args=[pause.token])
    return {"person": person, "url": url, "headers": one_click(person)}
