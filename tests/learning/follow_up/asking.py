"""Asking what became of things, answering, and what is known afterwards."""

from learning.models import FollowUp
from tests.factories import PromptFactory
from tests.learning.test_answer import arrive, page


def asked(around, form="F3", **about):
    return PromptFactory(person=around.author, form=form, **about or {"activity": around.activity})


def send(client, prompt, **typed):
    """Arrive by the link and send the form; `data` instead of `typed` where a name holds a dash."""
    arrive(client, prompt)
    return client.post(page(prompt, "form"), typed.pop("data", typed), follow=True)


def said():
    return list(FollowUp.objects.order_by("observed_at", "pk").values_list("wave", "state", "effect", "visibility"))
