"""How far a thing goes, and how far it ever went: what was once read is known for ever."""

from learning.disclosure.stored.reading import Text
from learning.measures.rows import Reach
from learning.models import Prompt, Visibility, VisibilityChange

REACH = {
    Visibility.ONLY_ME: Reach.ME,
    Visibility.PERSON: Reach.SOME,
    Visibility.ORGANISATION: Reach.SOME,
    Visibility.PARTNERSHIP: Reach.PARTNERS,
    Visibility.PUBLIC: Reach.PARTNERS,
}


def widest_of(told, takeaways):
    """How far each thing ever went; who was asked to confirm what became of a thing knows both.

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
    return reached


def _about(takeaways):
    return {"follow_up__takeaway__in": takeaways}
