"""Whom to call for a quarter of an hour: where much came of a thing, and where nothing did (Success Case Method [SCM])."""

from dataclasses import dataclass

from learning.measures.observed import applied, last_known, worth
from learning.measures.rows import FollowUp, Takeaway

EACH = 2
NOTHING = ("none_yet", "wont")
NOTICED = ("team", "public")  # from near to far


@dataclass(frozen=True)
class Call:
    """A thing to ask about, and what was last said of it: the reason why it was suggested."""

    takeaway: Takeaway
    said: FollowUp


def calls(rows):
    """(where much came of it, where nothing did): two calls each at most, to different people, the most telling first.

    Much: of what is worth something as last known, first what most people noticed, then what is known best, then the latest. Nothing: of what
    was expected to be used and, as far as is known, never was, three months later; first what its author was surest to use, then the latest.
    `rows` hold only what one reader may read; no more than that decides.
    """
    last, used = last_known(rows), {row.takeaway for row in rows.follow_ups if applied(row)}
    heard = [Call(row, last[row.id]) for row in rows.takeaways if row.id in last]
    much = _of_each_person(sorted((call for call in heard if worth(call.said)), key=_much, reverse=True))[:EACH]
    called = {call.takeaway.author for call in much}
    nothing = [call for call in heard if call.takeaway.author not in called and call.takeaway.id not in used and _is_nothing(rows, call)]
    return much, _of_each_person(sorted(nothing, key=_surely, reverse=True))[:EACH]


def _much(call):
    seen = NOTICED.index(call.said.effect) if call.said.effect in NOTICED else -1
    return seen, call.said.evidence, call.said.observed_at, str(call.takeaway.id)


def _surely(call):
    return call.takeaway.will_use, call.said.observed_at, str(call.takeaway.id)


def _is_nothing(rows, call):
    return call.takeaway.is_live and call.said.state in NOTHING and call.said.observed_at >= rows.opens_at("m3", call.takeaway.since)


def _of_each_person(found):
    """The first of each person, in order."""
    first = {}
    for call in found:
        first.setdefault(call.takeaway.author, call)
    return list(first.values())
