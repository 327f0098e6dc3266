"""A figure: what templates, charts, tables, CSV, XLSX, API and mails are given, and nothing else."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from learning.measures.bar import Bar
from learning.measures.interval import interval


class Hidden(StrEnum):
    """Why there is no number. Three different things, never one word for all (VALUE_MODEL §6.4)."""

    PROTECTED = "protected"  # hidden to protect people
    NO_DATA = "no_data"
    NOT_YET = "not_asked_yet"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number with all that is needed to believe it, or the reason why it is hidden; then every number is None.

    `n`: people (or cards) counted; `base`: of how many; `left_out`: people of the base who are not in it, because they kept what they said to
    themselves; `partly`: people of n of whom only what they share counts, who can add a yes but no no; `evidence`: counts at E0 to E3.
    `bar` is in `unit`, `value` what the measure's docstring says.
    """

    name: str  # the measure and its part: "M4.value"
    layer: str  # cards | shared | project
    window: str = ""  # wave
    unit: str = "people"
    value: Any = None
    bar: Bar | None = None
    n: int | None = None
    base: int | None = None
    left_out: int = 0
    partly: int = 0
    evidence: tuple[int, ...] = ()
    hidden: Hidden | None = None

    @property
    def key(self):
        """As it is named everywhere: "M4.value m3"."""
        return " ".join(filter(None, [self.name, self.window]))

    @property
    def sentence(self):
        """Key of the sentence that states it."""
        return f"hidden.{self.hidden}" if self.hidden else self.name

    @property
    def share(self):
        """None where a percentage would mislead: fewer than ten known, more than half not known, or people who can only add a yes."""
        return self.bar.share if self.bar and self.bar.may_show_share and not self.partly else None

    @property
    def between(self):
        """The counts the yes may lie between, whatever the missing answers are."""
        return (self.bar.yes, self.bar.yes + self.bar.unknown) if self.bar else None

    @property
    def interval(self):
        """Wilson 95 %, of people from 20 on, "as if typical of future groups"."""
        return interval(self.bar) if self.bar and self.unit == "people" and not self.partly else None

    def without_numbers(self, reason):
        return Figure(name=self.name, layer=self.layer, window=self.window, unit=self.unit, hidden=reason)
