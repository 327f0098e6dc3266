"""Who gets no mail because it came back: by name, for those who keep the addresses right. RELIABILITY §4, delivery log."""

from dataclasses import dataclass

from iimprove import bounces
from iimprove.mail import Mail
from learning.models import Prompt
from partners.models import Membership, Partner, Person


@dataclass(frozen=True)
class Undelivered:
    """`bounce`: why mail to the address is stopped; None: the address is another one since, and the mail can go once more."""

    person: Person
    partner: Partner | None
    bounce: bounces.Bounce | None


def undelivered(project, *, by, now):
    """Of the project's people whose addresses `by` looks after: all for a coordinator, the own organisation's for its admin."""
    people = _people(project, by)
    stopped = bounces.of([person.email for person in people])
    failed = set(
        Prompt.objects.filter(person__in=people, outcome=Prompt.Outcome.UNDELIVERABLE, closes_at__gt=now, mails__state=Mail.State.FAILED)
        .exclude(mails__state=Mail.State.SENT)
        .values_list("person", flat=True)
    )
    return [
        Undelivered(person, partner, stopped.get(person.email))
        for person, partner in sorted(people.items(), key=lambda pair: pair[0].name)
        if person.email in stopped or person.pk in failed
    ]


def _people(project, by):
    """{person: organisation or None}"""
    members = Membership.objects.current().filter(partner__parts__project=project, person__is_active=True).select_related("person", "partner")
    if not by.is_coordinator:
        members = members.filter(partner__in=by.admin_of)
    people = {membership.person: membership.partner for membership in members}
    roles = project.roles.current().filter(person__is_active=True).select_related("person") if by.is_coordinator else []
    return {role.person: None for role in roles} | people
