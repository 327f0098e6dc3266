"""M1, response: how many of those who were asked have answered."""

from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True)
class Response:
    """Counts of prompts. "7 of 11 (2 left, 2 silent)"."""

    answered: int
    asked: int
    others: tuple[tuple[str, int], ...]
    open: int


def response(rows, wave):
    """answered / (prompts due − cancelled).

    Unit: prompts of this wave whose outcome is known. Silent, left, opted out and undeliverable stay in the base and are listed: leaving
    the silent out would flatter [ATT]. Prompts still open are counted beside it, in no base. Nobody asked: 0 of 0. Raises nothing.
    """
    due = [row for row in rows.prompts if row.wave == wave and row.due_at <= rows.now and row.outcome != "cancelled"]
    outcomes = Counter()
    for row in due:
        outcomes[row.outcome] += row.count
    still_open = outcomes.pop("", 0)
    answered = outcomes.pop("answered", 0)
    return Response(answered, answered + outcomes.total(), tuple(sorted(outcomes.items())), still_open)
