"""Behind a number: which of the things somebody may read belong to it. Found by what they may read of these alone, so it tells nothing more."""

from collections import defaultdict
from datetime import timedelta

from learning.measures.carried_over import due
from learning.measures.long_term import OF_THINGS
from learning.measures.observed import at_wave, carried_over, last_known, worth
from learning.measures.rows import AT_ONCE

WAVES = ("w2", "m3", "m12", "end")


def behind(rows):
    """{number: ids of the takeaways among `rows` that make it more}. A number is named as `manage.py measures --json` names it, then its row.

    `rows` hold only what one reader may read (`stored_cards`). Who chose to be left out of the figures is not left out here: that their
    things are missing would tell it.
    """
    found = defaultdict(set)
    for number, takeaway in (*_said(rows), *_known(rows), *_later(rows)):
        found[number].add(takeaway)
    return dict(found)


def _said(rows):
    for row in rows.takeaways:
        for kind, _weight in row.kinds or (("uncoded", 1),):
            yield f"kinds {kind}", row.id
        if row.will_use is not None:
            yield f"will_use {row.will_use}", row.id
        if row.is_live and not _is_late(row):
            yield "M3.live t0", row.id
        for source in row.source_partners - {row.partner}:
            yield f"M8 {source}", row.id


def _known(rows):
    last = last_known(rows)
    for row in rows.takeaways:
        if row.id in last:
            yield f"state {last[row.id].state}", row.id
            if worth(last[row.id]):
                yield "M5b", row.id
                if _is_late(row):
                    yield "M5b late", row.id


def _later(rows):
    for wave in WAVES:
        seen, hoped = at_wave(rows, wave), {row.id for row in due(rows, wave)}
        for takeaway, said in seen.items():
            for name, is_so in OF_THINGS.items():
                if is_so(said):
                    yield f"M4.{name} {wave}", takeaway
            if takeaway in hoped and carried_over(said):
                yield f"M5 {wave}", takeaway


def _is_late(row):
    return row.made_at > row.since + timedelta(days=AT_ONCE)
