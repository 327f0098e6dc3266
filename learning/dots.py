"""A line of dots per thing: said, tried, used, told; each reader sees what that reader may read."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from learning.models import FollowUp, Passing
from learning.signing import with_names

State = FollowUp.State
TRIED = {State.TRIED, State.IN_USE, State.OTHER, State.STOPPED}
USED = {State.IN_USE, State.OTHER}


@dataclass(frozen=True)
class Dot:
    """One step in the life of a thing; `on`: since when it is known, where that is known."""

    words: str
    is_reached: bool
    on: datetime.date | None = None


def with_dots(takeaways, reader):
    """The same things, signed for `reader`, each with its `dots`; none on another's thing of which no more is known than that it was said."""
    takeaways = with_names(takeaways, reader)
    known = {}
    rows = FollowUp.objects.visible_to(reader).filter(takeaway__in=[row.pk for row in takeaways]).order_by("observed_at")
    for pk, state, at in rows.values_list("takeaway", "state", "observed_at"):
        known.setdefault(pk, []).append((state, at.date()))
    own = [row for row in takeaways if reader.is_authenticated and row.reflection.author_id == reader.pk]
    passed = _passed_on(own, reader) if own else set()
    for row in takeaways:
        tried, used = (_first(known.get(row.pk, ()), states) for states in (TRIED, USED))
        is_told = row.is_shared or row.pk in passed
        row.dots = _line(row, tried, used, is_told) if row in own or tried or used else []
    return takeaways


def _line(takeaway, tried, used, is_told):
    return [
        Dot(_("Said"), is_reached=True, on=takeaway.reflection.happened_on),
        Dot(_("Tried"), is_reached=tried is not None, on=tried),
        Dot(_("Used"), is_reached=used is not None, on=used),
        Dot(_("Told"), is_reached=is_told),
    ]


def _first(known, states):
    return next((on for state, on in known if state in states), None)


def _passed_on(own, person):
    """Of one's own things those about whose occasion one said that somebody was told."""
    rows = list(Passing.objects.filter(person=person).exclude(audiences=[Passing.Audience.NOBODY]).values("activity", "moment", "project"))
    told = {name: {row[name] for row in rows} - {None} for name in ("activity", "moment", "project")}
    return {
        row.pk
        for row in own
        if row.reflection.activity_id in told["activity"] or row.reflection_id in told["moment"] or row.reflection.project_id in told["project"]
    }
