"""A coordinator's test mail: does mail of this project arrive, from whom, and with which greeting?"""

from django.conf import settings

from iimprove import mail
from learning.emails.links import one_click
from learning.models import QuestionSettings
from partners.models import Person
from partners.standing import in_project


def trial(project, person):
    """A real mail through the outbox; one that still waits is not written twice."""
    facts = {"person": str(person.pk)}
    if not mail.Mail.objects.waiting().filter(message="questions_trial", to=person.email, facts=facts).exists():
        mail.queue("questions_trial", to=person.email, language=person.language, about=project, facts=facts)


@mail.message("questions_trial", by_hand=True)
def trial_now(project, facts):
    person = Person.objects.filter(pk=facts["person"], is_active=True).first()
    if project is None or person is None or not in_project(project, person).is_coordinator:
        raise mail.NoLongerWanted("no longer a coordinator")
    own = QuestionSettings.objects.filter(project=project).select_related("sender").first()
    return {
        "person": person,
        "project": project,
        "greeting": own.greeting if own else "",
        "url": settings.SITE_URL + project.get_absolute_url(),
        "sender": own.sender.name if own and own.sender else "",
        "headers": one_click(person),
    }
