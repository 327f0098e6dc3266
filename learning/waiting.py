"""What its authors want anyone on the internet to read, and no admin of their organisation has looked at yet."""

import hashlib
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, F, Value

from learning.models import FollowUp, Reflection, Takeaway, Visibility

# Each with the way to the reflection that says who wrote it
KINDS = {"note": (Reflection, ""), "thing": (Takeaway, "reflection__"), "follow_up": (FollowUp, "takeaway__reflection__")}
WORDS = {"note": ["text"], "thing": ["title", "plan_when", "plan_then"], "follow_up": ["texts"]}  # what is looked at


@dataclass(frozen=True)
class Waiting:
    """`told` is the reflection that says who wrote it; `kind` one of KINDS."""

    kind: str
    thing: object
    told: Reflection

    @property
    def mark(self):
        return mark(self.kind, self.thing)


def refs(partner, person):
    """(kind, id, when it was said) of all that waits at `partner` and `person` may read, the oldest first."""
    first, *others = [
        rows.filter(**{f"{told}partner_then": partner})
        .annotate(kind=Value(kind), at=F(f"{told}submitted_at"))
        .order_by()
        .values_list("kind", "pk", "at")
        for kind, told, rows in _unchecked(person)
    ]
    return first.union(*others, all=True).order_by("at", "pk")


def count_by_partner(partners, person):
    """{partner id: how much waits there}, of those where something does."""
    counts = Counter()
    for _kind, told, rows in _unchecked(person) if partners else ():
        told_for = rows.filter(**{f"{told}partner_then__in": partners}).order_by().values_list(f"{told}partner_then")
        counts.update(dict(told_for.annotate(Count("pk"))))
    return counts


def read(found):
    """The rows of `refs`, with their words."""
    found = list(found)
    things = {kind: _with_words(kind).in_bulk([pk for of, pk, _at in found if of == kind]) for kind in KINDS}
    return [Waiting(kind, things[kind][pk], things[kind][pk].told) for kind, pk, _at in found]


def mark(kind, thing):
    """Another one as soon as it says something else."""
    words = [getattr(thing, name) for name in WORDS[kind]]
    return hashlib.sha256(repr(words).encode()).hexdigest()


def _unchecked(person):
    for kind, (model, told) in KINDS.items():
        there = {"visibility": Visibility.PUBLIC, "approved_at": None, f"{told}submitted_at__isnull": False}
        yield kind, told, model.objects.visible_to(person).filter(**there)


def _with_words(kind):
    model, told = KINDS[kind]
    return model.objects.select_related(f"{told}author", f"{told}partner_then", f"{told}activity__project")
