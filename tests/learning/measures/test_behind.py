"""What is behind a number makes up that number, where everything may be read."""

from collections import Counter
from dataclasses import replace

import pytest

from learning.disclosure import behind, cards
from learning.measures.carried_over import carried
from learning.measures.late_value import late_value
from learning.measures.long_term import OF_THINGS, person_facts
from tests.learning.measures.build import DAY, random_project


@pytest.fixture(params=range(12))
def rows(request):
    found, _ = random_project(request.param, people=12, standings=("open",))
    late = [row for place, row in enumerate(found.takeaways) if place % 3 == 0]
    moved = {row.id: replace(row, made_at=row.since + 40 * DAY) for row in late}
    return replace(found, takeaways=tuple(moved.get(row.id, row) for row in found.takeaways))


def test_the_authors_behind_a_yes_are_those_who_are_counted_in_it(rows):
    found, authors, facts = behind(rows), {row.id: row.author for row in rows.takeaways}, person_facts(rows, "m3")

    for name in OF_THINGS:
        told = {authors[takeaway] for takeaway in found.get(f"M4.{name} m3", ())}
        assert told & facts.keys() == {person for person, fact in facts.items() if fact[name]}


def test_the_things_behind_a_count_of_things_are_as_many(rows):
    found = Counter({number: len(takeaways) for number, takeaways in behind(rows).items()})
    states = dict(cards(rows)["state"].value)

    assert found["M5 m3"] == carried(rows, "m3").yes
    assert (found["M5b late"], found["M5b"]) == late_value(rows)
    assert {state: found[f"state {state}"] for state in states if state != "unknown"} == {
        key: count for key, count in states.items() if key != "unknown"
    }
