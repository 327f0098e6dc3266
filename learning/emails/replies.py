"""Somebody answered."""

from django.conf import settings

from iimprove import mail
from learning.emails.links import one_click
from learning.models import Reply, Unsubscription
from partners.models import Person

REPLIES = Unsubscription.Kind.REPLIES


def reply(reply, person):
    """Somebody answered a card of `person`, or one they wrote about."""
    mail.queue("reply", to=person.email, language=person.language, about=reply, facts={"person": str(person.pk)})


@mail.message("reply")
def reply_now(reply, facts):
    person = Person.objects.filter(pk=facts["person"], is_active=True).first()
    if reply is None or person is None or not Reply.objects.visible_to(person).filter(pk=reply.pk).exists():
        raise mail.NoLongerWanted("taken back, or no longer shared")
    if Unsubscription.objects.stops(person, REPLIES):
        raise mail.NoLongerWanted("not wanted")
    activity = reply.takeaway.reflection.activity
    url = settings.SITE_URL + (activity.get_absolute_url() if activity else "/")
    return {"person": person, "activity": activity, "url": url, "headers": one_click(person, REPLIES)}
