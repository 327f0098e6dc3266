"""M5, carried over: how much of what people hoped to use was used."""

from datetime import timedelta

from learning.measures.bar import Bar
from learning.measures.observed import at_wave, carried_over
from learning.measures.rows import AT_ONCE


def due(rows, wave):
    """Live takeaways of C0 (made within 30 days) whose window of this wave has closed."""
    live = [row for row in rows.takeaways if row.is_live]
    closed = {since: (since + timedelta(days=AT_ONCE), rows.has_closed(wave, since)) for since in {row.since for row in live}}
    return [row for row in live if closed[row.since][1] and row.made_at <= closed[row.since][0]]


def carried(rows, wave):
    """CO_w = live C0 takeaways applied or realised at w / due_w observed; bounds [conf/due, (conf + unobserved)/due].

    Unit: takeaways; a bar, whose `share` is CO_w and whose `bounds` are Manski's [MAN]. Those of one person are not independent (three
    each at ICC .3: design effect 1.6), so no interval is drawn. Nothing due: an empty bar. Source: [WT11] applied value. Raises nothing.
    """
    seen = at_wave(rows, wave)
    return Bar.of(carried_over(seen[row.id]) if row.id in seen else None for row in due(rows, wave))
