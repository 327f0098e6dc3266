"""From a number to the things behind it, and why somebody is worth a call."""

from dataclasses import replace
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _

from learning.figures.telling import Story
from learning.models import FollowUp, Takeaway
from partners.dates import day


def with_stories(told, counts, address, query):
    """`told` with a way to the things behind each number that has some; `counts`: {number: how many}."""
    return replace(told, stories=tuple(_stories(told, counts, address, query)))


def _stories(told, counts, address, query):
    for row in told.rows:
        if count := counts.get(row.of):
            yield Story(row.label, f"{address}?{urlencode({**query, 'of': row.of})}", count)


def why_much(said):
    """What was last said of it, who noticed, how well it is known."""
    words = [_("“%(words)s”") % {"words": FollowUp.State(said.state).label}]
    if said.effect:
        words.append(_("Who noticed: %(who)s") % {"who": FollowUp.Effect(said.effect).label})
    return ". ".join([*words, str(FollowUp.Evidence(said.evidence).label)]) + "."


def why_nothing(thing, said):
    """What was hoped at first, and what was said later."""
    return _("At first: “%(hope)s”. On %(day)s: “%(state)s”.") % {
        "hope": Takeaway.WillUse(thing.will_use).label,
        "day": day(timezone.localdate(said.observed_at)),
        "state": FollowUp.State(said.state).label,
    }
