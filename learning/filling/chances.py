"""How often people say what: as in small projects (VALUE_MODEL §6), so that pages and figures look as they will."""

import random
from itertools import accumulate

from learning.models import FollowUp, Prompt, Reflection, Takeaway, Visibility


class Chance:
    """One of several things, each in so many of a hundred cases."""

    def __init__(self, shares):
        self._things, self._sums = list(shares), list(accumulate(shares.values()))

    def draw(self, rng: random.Random):
        return rng.choices(self._things, cum_weights=self._sums)[0]


Gave, WillUse, State, Effect, Level = Reflection.Gave, Takeaway.WillUse, FollowUp.State, FollowUp.Effect, Visibility

ANSWERS = {"t0": 0.7, "w2": 0.7, "m3": 0.5, "m12": 0.4}  # of those who were asked
UNANSWERED = Chance({Prompt.Outcome.SILENT.value: 80, Prompt.Outcome.LEFT.value: 12, Prompt.Outcome.OPTED_OUT.value: 8})
ATTENDED = Chance({"attended": 94, "absent": 6})
VISIBILITY = Chance({Level.ONLY_ME.value: 30, Level.ORGANISATION.value: 10, Level.PARTNERSHIP.value: 55, Level.PUBLIC.value: 5})
IS_APPROVED, COUNTS_WHEN_FEW, SHARES_FOLLOW_UP, NAMES_THE_HOST, IN_ENGLISH = 0.5, 0.15, 0.6, 0.5, 0.3
HOW_MANY_THINGS = Chance({1: 60, 2: 28, 3: 12})
GAVE = Chance({None: 10, Gave.COST.value: 5, Gave.LITTLE.value: 15, Gave.SOMETHING.value: 45, Gave.A_LOT.value: 25})
WILL_USE = Chance({None: 15, WillUse.NO.value: 20, WillUse.PERHAPS.value: 45, WillUse.YES.value: 20})
KINDS = Chance(
    {"": 15, "what": 14, "why": 8, "how": 16, "who": 12, "place": 8, "me": 6, "other": 1}
    | {"what,how": 6, "why,how": 5, "who,place": 4, "how,me": 3, "what,who": 2}
)
STATES = {
    "w2": Chance({State.NONE_YET.value: 50, State.TRIED.value: 25, State.IN_USE.value: 15, State.WONT.value: 5, State.UNSURE.value: 5}),
    "m3": Chance({State.NONE_YET.value: 30, State.TRIED.value: 30, State.IN_USE.value: 25, State.STOPPED.value: 8, State.OTHER.value: 7}),
    "m12": Chance({State.NONE_YET.value: 16, State.TRIED.value: 25, State.IN_USE.value: 30, State.STOPPED.value: 22, State.OTHER.value: 7}),
}
EFFECT = Chance({"": 6, Effect.NO.value: 10, Effect.SELF.value: 40, Effect.TEAM.value: 30, Effect.PUBLIC.value: 12, Effect.HARM.value: 2})
EVIDENCE = Chance({0: 60, 1: 25, 2: 15})
OBSTACLE = Chance({"time": 30, "money": 15, "alone": 10, "not_mine": 12, "begin": 10, "contract": 5, "nothing": 18})
IS_CONFIRMED, HAS_CARRIER, IS_KEPT, SAYS_WHAT_HINDERS = 0.1, 0.1, 0.1, 0.5
