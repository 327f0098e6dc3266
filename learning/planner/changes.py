"""From the prompts there are to the prompts there should be."""

import datetime
from dataclasses import dataclass, replace
from typing import NamedTuple

from learning.models import Prompt

Outcome = Prompt.Outcome
SETTLED = {Outcome.ANSWERED, Outcome.SILENT, Outcome.OPTED_OUT, Outcome.UNDELIVERABLE}


class Existing(NamedTuple):
    """A prompt as it stands. Once it was put off, or asked by mail, its dates are the person's own, or were told to them."""

    due_at: datetime.datetime
    closes_at: datetime.datetime
    outcome: str
    is_put_off: bool = False
    is_asked: bool = False
    id: object = None

    def keeps_own_window(self, now):
        """Put off until a day that is still to come; who left meanwhile may be back by then."""
        return self.is_put_off and self.outcome in (Outcome.NONE, Outcome.LEFT) and now < self.closes_at


@dataclass(frozen=True)
class Changes:
    insert: dict  # {Key: Wanted}
    change: dict  # {id of a prompt: Wanted}
    cancel: list  # ids of prompts


def changes(wanted, existing):
    """What to do so that `existing` ({Key: Existing}) becomes `wanted`.

    What was answered, declined or ended in silence stays as it is.

    `existing` must hold the prompts of every wanted key, and those that may have to be cancelled.
    """
    open_ones = {key: row for key, row in existing.items() if row.outcome not in SETTLED}
    new = {key: becomes(row, wanted[key]) for key, row in open_ones.items() if key in wanted}
    return Changes(
        insert={key: want for key, want in wanted.items() if key not in existing},
        change={open_ones[key].id: want for key, want in new.items() if open_ones[key][:3] != (want.due_at, want.closes_at, want.outcome)},
        cancel=[row.id for key, row in open_ones.items() if key not in wanted and row.outcome == Outcome.NONE],
    )


def becomes(row, want):
    """What a prompt is to be that is open, cancelled, or of somebody who left. One that was cancelled and comes back gets its dates anew."""
    is_told = row.outcome == Outcome.NONE and (row.is_put_off or row.is_asked)
    is_away = row.outcome == Outcome.LEFT and row.is_put_off and row.closes_at > want.closes_at  # their own window reaches further
    if is_told or is_away:
        return replace(want, due_at=row.due_at, closes_at=row.closes_at)
    return want
