"""How far a thing goes, and how far it ever went: what was once read is known for ever."""

from learning.measures.rows import Reach
from learning.models import Prompt, Visibility, VisibilityChange
from learning.models.visibility import AT_LEAST_PARTNERSHIP


def widest_of(*groups):
    """How far each thing ever went; who was asked to confirm what became of a thing knows both."""
    ids = {row.pk for rows in groups for row in rows}
    reached = {}
    changes = VisibilityChange.objects.values_list("reflection", "takeaway", "follow_up", "before", "after")
    for name in ("reflection", "takeaway", "follow_up"):
        for reflection, takeaway, follow_up, before, after in changes.filter(**{f"{name}__in": ids}):
            pk = reflection or takeaway or follow_up
            reached[pk] = max(reached.get(pk, Reach.ME), reach_of(before), reach_of(after))
    for asked in Prompt.objects.filter(follow_up__in=ids).values_list("follow_up", "follow_up__takeaway"):
        reached.update({pk: max(reached.get(pk, Reach.ME), Reach.SOME) for pk in asked})
    return reached


def reach_of(visibility):
    if visibility in AT_LEAST_PARTNERSHIP:
        return Reach.PARTNERS
    return Reach.ME if visibility == Visibility.ONLY_ME else Reach.SOME
