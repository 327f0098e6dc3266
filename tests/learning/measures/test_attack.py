"""VALUE_MODEL §6.3: nobody makes a hidden answer certain from all that was ever published. docs/adr/0007-cover.md."""

from dataclasses import replace
from itertools import product

import pytest

from learning.disclosure import release
from learning.disclosure.cover import has_cover, threshold
from learning.disclosure.standing import Standing, as_others_know, standings
from learning.disclosure.topics import BLOCKS
from learning.measures.bar import Bar
from tests.learning.measures.adversary import TOPICS, Adversary, answered_about, answers
from tests.learning.measures.build import DAY, random_project

HIDDEN = ("closed",) * 8 + ("mixed", "mixed", "open", "ticked", "partly", "partly", "silent")
BLOCK = {block.wave: block for block in BLOCKS}


def releases(seed):
    """Two releases: at first only of half the people; then more have answered, and some of the first have changed what they said."""
    found, _ = random_project(seed, people=10, standings=HIDDEN)
    early = found.of({f"p{number}" for number in range(5 + seed % 4)})
    first = release(replace(early, now=early.now - DAY), (), b"%d" % seed)
    edited = replace(
        found, reflections=tuple(replace(row, gave=2 - (row.gave or 0)) if row.id[1] in ("p1", "p3", "p5") else row for row in found.reflections)
    )
    return [(early, first), (edited, release(edited, [first], b"%d" % seed))]


def attacks(seed):
    """Each batch, as somebody outside it sees it and as each of its members does who knows their own answers."""
    old = ()
    for rows, found in releases(seed):
        for batch in found.batches[len(old) :]:
            activities = answered_about(rows)
            people = {person: activities[person] for person in batch.people}
            counts = [topic.count(BLOCK[batch.wave].facts(rows)) for topic in BLOCK[batch.wave].topics if topic.name in TOPICS[batch.wave]]
            yield Adversary(batch.wave, dict(batch.totals), people, {})
            for insider in sorted(people):
                yield Adversary(batch.wave, dict(batch.totals), people, {insider: tuple(count[insider][0] for count in counts)})
        old = found.batches


@pytest.mark.parametrize("seeds", [range(start, start + 10) for start in range(0, 30, 10)], ids=str)
def test_no_hidden_answer_is_ever_certain(seeds):
    attacked = 0
    for seed in seeds:
        for adversary in attacks(seed):
            attacked += 1
            assert adversary.has_a_world
            assert adversary.certain() == set()
    assert attacked > 10


@pytest.mark.parametrize("seed", range(60))
def test_a_figure_tells_no_more_of_hidden_people_than_its_batches(seed):
    """The subtraction: what is left when the open people are taken out of a project figure."""
    for rows, found in releases(seed):
        for figure in found.figures:
            block = BLOCK.get(figure.window)
            topic = next((topic for topic in block.topics if topic.name == figure.name), None) if block else None
            if figure.hidden or topic is None:
                continue
            stands, before = standings(rows, figure.window), [batch for batch in found.batches if batch.wave == figure.window]
            wanted = {Standing.SHARED} if topic.is_sensitive else {Standing.SHARED, Standing.OPEN}
            let_in = {person for batch in before for person in batch.people}
            seen = [bar for person, (_, bar) in topic.count(block.facts(rows)).items() if stands[person] in wanted and person not in let_in]
            halves = {person for person, stand in stands.items() if stand is Standing.PARTLY and not topic.is_sensitive} - let_in
            known = topic.count(block.facts(as_others_know(rows)))
            seen += [bar if side is True else Bar(unknown=1) for person, (side, bar) in known.items() if person in halves]
            assert figure.bar == sum([*seen, *(dict(batch.totals).get(topic.name, Bar()) for batch in before)], Bar())


@pytest.mark.parametrize("seed", range(30))
def test_what_people_who_share_a_part_keep_to_themselves_moves_no_figure(seed):
    rows, stands = random_project(seed, people=10, standings=("partly", "partly", "open", "closed"))
    partly = {person for person, stand in stands.items() if stand == "partly"}
    by_chance = {person for wave in ("t0", "m3") for person, stand in standings(rows, wave).items() if stand is Standing.CLOSED} & partly
    rows = rows.of(stands.keys() - by_chance)
    things = {row.id: row.author for row in rows.takeaways}

    def hidden(person, row):
        return person in partly and not row.is_open

    changed = replace(
        rows,
        reflections=tuple(replace(row, gave=2) if hidden(row.author, row) else row for row in rows.reflections),
        follow_ups=tuple(replace(row, state="in_use", effect="harm") if hidden(things[row.takeaway], row) else row for row in rows.follow_ups),
        obstacles=tuple(replace(row, codes=frozenset(["money"])) if hidden(row.person, row) else row for row in rows.obstacles),
    )

    assert release(changed, (), b"secret").figures == release(rows, (), b"secret").figures


def test_how_well_a_hidden_yes_is_known_moves_no_figure():
    mixes = 0
    for seed in range(30):
        rows, _ = random_project(seed, people=14, standings=("open", "open", "ticked", "partly", "mixed", "closed"))
        told = replace(rows, follow_ups=tuple(replace(row, evidence=3) for row in rows.follow_ups))
        kept = replace(rows, follow_ups=tuple(replace(row, evidence=3) if row.is_open else row for row in rows.follow_ups))

        found = release(told, (), b"secret").figures
        assert found == release(kept, (), b"secret").figures
        mixes += sum(sum(figure.evidence) > 0 for figure in found)
    assert mixes > 30


def literal(people):
    """The rule as first written: each figure by itself, two on each side, and everybody can tell which were left out."""
    sides = [[answer[number] for answer in people] for number in range(len(TOPICS["t0"]))]
    return tuple((own.count(True), own.count(False)) if has_cover(own, (True, False), 2) else None for own in sides)


def test_the_rule_without_a_secret_threshold_leaks():
    """Ana and bo have something live, cy and dan do not: published. Only ana got value: left out, and so ana knows that nobody else did."""
    ana = (True, True, True, False, False)
    people = [ana, (False, False, True, False, False), *[(False, True, False, False, False)] * 2]
    published = literal(people)
    assert published == (None, None, (2, 2), None, None)

    worlds = [world for world in product(answers("t0", 1), repeat=3) if literal([ana, *world]) == published]
    assert people[1:] in map(list, worlds)
    assert {person[0] is True for world in worlds for person in world} == {False}

    adversary = Adversary("t0", {"M3.live": Bar(2, 2)}, dict.fromkeys(("ana", "bo", "cy", "dan"), 1), {"ana": ana})
    assert adversary.certain() == set()


def test_people_who_cannot_have_given_each_others_answers_would_leak_in_one_batch():
    """Found by the attack: two answered about two visits, and only they can both have got something and paid more than it gave."""
    totals = {"M3.value": Bar(2, 4), "M3.gave": Bar(4, 2), "M3.live": Bar(2, 4), "M3.cost": Bar(2, 3, 1)}
    insider = {"p5": (False, False, False, False, False)}
    mixed, alike = ({"p0": 1, "p1": 1, "p2": 1, "p5": 1, "p4": visits, "p6": visits} for visits in (2, 1))

    assert ("p4", "M3.gave", True, True) in Adversary("t0", totals, mixed, insider).certain()
    assert not Adversary("t0", totals, alike, insider).has_a_world


def test_every_number_can_be_the_threshold_and_two_is_the_usual_one():
    drawn = [threshold(b"secret", number) for number in range(4000)]
    assert min(drawn) == 2
    assert 0.7 < drawn.count(2) / 4000 < 0.8
    assert max(drawn) >= 6
    assert threshold(b"other", 0) in range(2, 100)
    assert [threshold(b"secret", 7)] * 2 == [threshold(b"secret", 7), threshold(b"secret", 7)]
