"""How far a thing goes, and how far it ever went: what was once read is known for ever."""

from django.db.models import Q

from learning.disclosure.stored.reading import Text
from learning.measures.rows import Reach
from learning.models import ConsentChange, FollowUp, Prompt, Reflection, Takeaway, Visibility, VisibilityChange

REACH = {
    Visibility.ONLY_ME: Reach.ME,
    Visibility.PERSON: Reach.SOME,
    Visibility.ORGANISATION: Reach.SOME,
    Visibility.PARTNERSHIP: Reach.PARTNERS,
    Visibility.PUBLIC: Reach.PARTNERS,
}


def widest_of(told, takeaways):
    """How far each thing ever went; who was asked to confirm what became of a thing knows both; who saw a small figure may know what it counted.

    Of the reflections `told`, of `takeaways` and of what became of these, given by their keys.
    """
    reached = {}
    for name, which in (("reflection", {"reflection__in": told}), ("takeaway", {"takeaway__in": takeaways}), ("follow_up", _about(takeaways))):
        changes = VisibilityChange.objects.filter(**which).order_by().annotate(key=Text(name))
        for key, before, after in changes.values_list("key", "before", "after"):
            reached[key] = max(reached.get(key, Reach.ME), REACH[before], REACH[after])
    asked = Prompt.objects.filter(**_about(takeaways)).order_by().annotate(said=Text("follow_up"), thing=Text("follow_up__takeaway"))
    for both in asked.values_list("said", "thing"):
        reached.update({key: max(reached.get(key, Reach.ME), Reach.SOME) for key in both})
    for key in _once_ticked_of(told, takeaways):
        reached[key] = max(reached.get(key, Reach.ME), Reach.SOME)
    return reached


def once_ticked():
    """Answers whose taps once counted however few there were, by their keys."""
    changes = ConsentChange.objects.filter(about=ConsentChange.About.COUNTS_WHEN_FEW, reflection__isnull=False)
    return changes.order_by().values("reflection")


def _once_ticked_of(told, takeaways):
    yield from _keys(Reflection.objects.filter(Q(pk__in=told) & Q(pk__in=once_ticked())))
    yield from _keys(Takeaway.objects.filter(pk__in=takeaways, reflection__in=once_ticked()))
    yield from _keys(FollowUp.objects.filter(takeaway__in=takeaways, reflection__in=once_ticked()))


def _keys(rows):
    return rows.order_by().annotate(key=Text("pk")).values_list("key", flat=True)


def _about(takeaways):
    return {"follow_up__takeaway__in": takeaways}
