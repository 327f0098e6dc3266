"""No more mails of this kind: the mail program's own button (RFC 8058), and a page with one button for who follows the link."""

from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from learning.actions.unsubscribing import unsubscribe as stop
from learning.models import Unsubscription
from learning.models.unsubscription import QUESTIONS, read_unsubscribe_token
from learning.views.prompt_link import unreferred
from partners.guards import public_view
from partners.models import Person


@csrf_exempt
@public_view
def unsubscribe(request, mail_token):
    """No cookie and nothing asked: all it can do is taken back in one's settings."""
    kind, pk = read_unsubscribe_token(mail_token) or ("", None)
    person = Person.objects.filter(pk=pk, is_active=True).first()
    if person is None:
        return unreferred(render(request, "learning/pause_no_link.html", status=404), "no-referrer")
    if request.method == "POST":
        stop(kind, by=person)
    with translation.override(person.language):
        context = {"is_done": request.method == "POST", "what": "" if kind == QUESTIONS else Unsubscription.Kind(kind).label}
        return unreferred(render(request, "learning/unsubscribe.html", context), "no-referrer")
