"""M5b, late value: what was only named later, and is worth something."""

from datetime import timedelta

from learning.measures.observed import last_known, worth
from learning.measures.rows import AT_ONCE


def late_value(rows):
    """takeaways first named after day 30 that are in use or realised / all in use or realised, as last known: (late, all).

    Unit: takeaways; "3 of 10 came later". What is not known to be worth anything is in neither. Nothing in use: (0, 0). Raises nothing.
    """
    last = last_known(rows)
    worthy = [row for row in rows.takeaways if row.id in last and worth(last[row.id])]
    return sum(row.made_at > row.since + timedelta(days=AT_ONCE) for row in worthy), len(worthy)
