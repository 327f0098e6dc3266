"""The three-part bar: known yes, known no, not known. Silence is never imputed [MAN], VALUE_MODEL §6.1."""

from dataclasses import dataclass
from fractions import Fraction

SHARE_FROM = 10  # below it: counts and dots, no percentages


@dataclass(frozen=True)
class Bar:
    """Counts of people or takeaways. Bars of different people add up."""

    yes: int = 0
    no: int = 0
    unknown: int = 0

    @classmethod
    def of(cls, values):
        """From answers that are True, False or None (not known)."""
        values = list(values)
        return cls(values.count(True), values.count(False), values.count(None))

    def __add__(self, other):
        return Bar(self.yes + other.yes, self.no + other.no, self.unknown + other.unknown)

    @property
    def known(self):
        return self.yes + self.no

    @property
    def total(self):
        return self.known + self.unknown

    @property
    def share(self):
        """yes / known: of those who were observed, never of all. None if nobody was."""
        return Fraction(self.yes, self.known) if self.known else None

    @property
    def bounds(self):
        """[yes / all, (yes + unknown) / all]: what the share among all may be, whatever the missing answers are [MAN]. None for nobody."""
        return (Fraction(self.yes, self.total), Fraction(self.yes + self.unknown, self.total)) if self.total else None

    @property
    def may_show_share(self):
        """Percentages only when at most half is unknown and at least ten are known; below that they pretend to a precision nobody has."""
        return self.known >= SHARE_FROM and 2 * self.unknown <= self.total


def either(values):
    """Yes if any is yes; no if every one is no; else not known (Kleene). No values: no."""
    values = list(values)
    return True if True in values else None if None in values else False


def both(*values):
    """No if any is no; yes if every one is yes; else not known (Kleene)."""
    return False if False in values else None if None in values else True
