"""Cards: counts over what this reader may read, exact. `rows` must hold nothing else; that is the caller's queryset `visible_to`."""

from collections import Counter

from learning.disclosure.figure import Figure
from learning.measures.between_partners import between_partners, joined
from learning.measures.held_by_one import held_by_one
from learning.measures.kinds import by_kind
from learning.measures.observed import last_known
from learning.measures.only_one import only_one
from learning.measures.retained import retained
from learning.measures.spread import spread


def cards(rows, *, partners=(), own=None):
    """ "9 shared: 3 in use, 2 tried, 4 unknown"; kinds; only one noticed it; between partners. For members of `own` also what only one person
    holds and what stayed: from `rows` that the members of `own` may read, the same for all of them."""
    things, last = rows.takeaways, last_known(rows)
    n = len(things)
    states = Counter(last[row.id].state if row.id in last else "unknown" for row in things)
    kinds, uncoded = by_kind(things)
    figures = [
        _card("state", tuple(sorted(states.items())), n, evidence=_evidence(last.values())),
        _card("kinds", (*kinds, ("uncoded", uncoded)), n),
        _card("M7c", only_one(things)[0], n),
    ]
    if len(partners) > 1:
        figures.append(between(rows, partners))
    if own is not None:
        held, stayed = held_by_one(rows, own), retained(rows, own)
        figures += [_card("M9", held, held.all), _card("M10", stayed, stayed.all)]
    return {figure.name: figure for figure in figures}


def between(rows, partners):
    """M8: who took things from whom."""
    return _card("M8", between_partners(rows, frozenset(partners)), len(rows.takeaways))


def together(parts, partners):
    """M8 of all cards, where each of `parts` is that of some of them, and none of two."""
    return _card("M8", joined([part.value for part in parts], frozenset(partners)), sum(part.n for part in parts))


def practice_cards(rows, practice, owners, partners):
    """M12, of all `partners` but the owners. Stages are what partners say of themselves in front of the others: nothing is hidden."""
    found = spread(rows, practice, owners)
    return Figure(name="M12", layer="cards", unit="partners", value=found, n=found.reached, base=len(set(partners) - set(owners)))


def _card(name, value, n, evidence=()):
    return Figure(name=name, layer="cards", unit="takeaways", value=value, n=n, base=n, evidence=evidence)


def _evidence(follow_ups):
    levels = [row.evidence for row in follow_ups]
    return tuple(levels.count(level) for level in range(4))
