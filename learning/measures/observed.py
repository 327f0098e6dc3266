"""What a follow-up says, in three values. "I cannot say" is not observed, everywhere [PFSS], VALUE_MODEL §2.3."""

from operator import attrgetter

from learning.measures.bar import either
from learning.measures.rows import latest

APPLIED = frozenset({"tried", "in_use", "other", "stopped"})
IN_USE = frozenset({"in_use", "other"})
NOTICED = frozenset({"team", "public"})
OF = attrgetter("takeaway")
ORDER = attrgetter("observed_at", "wave", "state", "effect")  # by time; the rest only so that the order of rows never decides


def is_observed(follow_up):
    return follow_up.state != "unsure"


def applied(follow_up):
    return follow_up.state in APPLIED if is_observed(follow_up) else None


def in_use(follow_up):
    return follow_up.state in IN_USE if is_observed(follow_up) else None


def realised(follow_up):
    """Colleagues, partners or the public noticed. What was never applied cannot have been noticed; a skipped answer is not a no."""
    if follow_up.effect in ("", "unsure"):
        return False if applied(follow_up) is False else None
    return follow_up.effect in NOTICED


def harmed(follow_up):
    if follow_up.effect in ("", "unsure"):
        return False if applied(follow_up) is False else None
    return follow_up.effect == "harm"


def worth(follow_up):
    """In use now, or realised (M4)."""
    return either([in_use(follow_up), realised(follow_up)])


def carried_over(follow_up):
    """Ever applied, or realised (M5)."""
    return either([applied(follow_up), realised(follow_up)])


def at_wave(rows, wave):
    """Takeaway → what was last said of it at this wave; nothing is carried forward from another wave."""
    since = {takeaway.id: takeaway.since for takeaway in rows.takeaways}
    return latest((row for row in rows.follow_ups if rows.belongs(row, wave, since[row.takeaway])), OF, ORDER)


def last_known(rows):
    """Takeaway → what was last observed of it, whenever that was."""
    return latest(filter(is_observed, rows.follow_ups), OF, ORDER)
