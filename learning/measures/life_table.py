"""M6b, applied by wave: a discrete life table."""

from dataclasses import dataclass
from fractions import Fraction

from learning.measures.carried_over import due
from learning.measures.observed import applied, at_wave

WAVES = ("w2", "m3", "m12")
TAKEAWAYS, PEOPLE = 10, 5  # fewer, and no table is drawn


@dataclass(frozen=True)
class Step:
    """At one wave: how many were followed and not applied before, how many newly applied, the estimate so far, and its bounds."""

    wave: str
    at_risk: int
    applied: int
    estimate: Fraction
    bounds: tuple[Fraction, Fraction]


def life_table(rows):
    """A_w = 1 − Π_{j ≤ w} (1 − e_j / n_j); n_j: observed at j and not applied before, e_j: newly applied. Source: [SB06] waves, [MAN] bounds.

    Unit: takeaways, those due at every wave shown; as many waves as there are enough of them for. None unless n_1 ≥ 10 from ≥ 5 people.
    Observed *at j or later*: "nothing yet" after three months also says that nothing had come of it after two weeks. Taking the answers of
    each wave by itself can put the estimate outside its own bounds. A late first "tried" counts at the wave that says so. The bounds are
    Manski's: what is not known to have been applied, or not, by that wave may or may not have been. Raises nothing.
    """
    for count in range(len(WAVES), 0, -1):
        cohort = due(rows, WAVES[count - 1])
        lives = _lives(rows, cohort, WAVES[:count])
        first = [row for row in cohort if lives[row.id][0] >= 0]
        if len(first) >= TAKEAWAYS and len({row.author for row in first}) >= PEOPLE:
            return tuple(_steps(WAVES[:count], list(lives.values())))
    return None


def survival_steps(counts):
    """The A_w of [(n_1, e_1), …], exact. A wave with nobody at risk adds nothing. Raises ValueError unless 0 ≤ e ≤ n."""
    left, steps = Fraction(1), []
    for at_risk, newly in counts:
        if not 0 <= newly <= at_risk:
            raise ValueError(f"{newly} of {at_risk}")
        left *= 1 - Fraction(newly, at_risk) if at_risk else 1
        steps.append(1 - left)
    return steps


def _lives(rows, cohort, waves):
    said = [at_wave(rows, wave) for wave in waves]
    return {row.id: _life(row.id, said) for row in cohort}


def _life(key, seen):
    """(last wave followed, was it applied there, last wave known not to be applied), as positions; −1 for never."""
    last = unapplied = -1
    for wave, said in enumerate(seen):
        is_applied = applied(said[key]) if key in said else None
        if is_applied:
            return wave, True, unapplied
        if is_applied is False:
            last = unapplied = wave
    return last, False, unapplied


def _steps(waves, lives):
    counts = [
        (sum(last >= wave for last, _, _ in lives), sum(last == wave and is_applied for last, is_applied, _ in lives)) for wave in range(len(waves))
    ]
    for wave, estimate in enumerate(survival_steps(counts)):
        by_now = sum(last <= wave and is_applied for last, is_applied, _ in lives)
        not_yet = sum(unapplied >= wave for _, _, unapplied in lives)
        bounds = Fraction(by_now, len(lives)), Fraction(len(lives) - not_yet, len(lives))
        yield Step(waves[wave], *counts[wave], estimate, bounds)
