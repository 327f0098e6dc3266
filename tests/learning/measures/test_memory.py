"""M9, M10, M12: what stays, and where it came to."""

from datetime import date, timedelta

from learning.measures.held_by_one import HeldByOne, held_by_one
from learning.measures.retained import Retained, retained
from learning.measures.rows import Artefact, Carrier, Membership, PracticeStage
from learning.measures.spread import Spread, spread
from tests.learning.measures.build import LONG_AFTER, follow_up, rows, takeaway

TODAY = LONG_AFTER.date()


def member(person, *, ended=None, expected=None):
    days = timedelta(days=1)
    return Membership(
        person=person,
        partner="o",
        started_on=date(2024, 1, 1),
        ended_on=None if ended is None else TODAY - ended * days,
        expected_end_on=None if expected is None else TODAY + expected * days,
    )


def test_held_by_one_counts_current_carriers_and_trusts_a_checked_artefact_for_a_year():
    things = [
        takeaway(author, number, partner="o", is_kept=True, will_use=1) for number, author in enumerate(["ana", "ana", "ana", "ana", "gone", "soon"])
    ]
    carriers = [Carrier(takeaway=things[1].id, person="bo"), Carrier(takeaway=things[0].id, person="gone")]
    artefacts = [
        Artefact(takeaway=things[2].id, checked_at=LONG_AFTER - timedelta(days=365)),
        Artefact(takeaway=things[3].id, checked_at=LONG_AFTER - timedelta(days=366)),
    ]
    members = [member("ana"), member("bo"), member("gone", ended=0), member("soon", expected=60)]
    found = rows([], takeaways=[*things, takeaway("ana", 9, partner="o", will_use=1)], carriers=carriers, artefacts=artefacts, memberships=members)

    one = tuple(sorted((things[0].id, things[3].id, things[5].id), key=str))
    assert held_by_one(found, "o") == HeldByOne(one, (things[4].id,), (things[5].id,), 6)


def test_retained_of_twelve_cards():
    things = [takeaway("gone", number, partner="o", will_use=1) for number in range(12)]
    carriers = [Carrier(takeaway=thing.id, person="bo", confirmed_at=LONG_AFTER) for thing in things[:5]] + [
        Carrier(takeaway=things[8].id, person="bo")
    ]
    artefacts = [Artefact(takeaway=thing.id, checked_at=LONG_AFTER) for thing in things[4:8]] + [Artefact(takeaway=things[9].id)]
    members = [member("gone", ended=30), member("bo")]
    found = retained(rows([], takeaways=things, carriers=carriers, artefacts=artefacts, memberships=members), "o")

    assert found == Retained(5, 3, 2, 2)
    assert [round(float(share), 2) for share in (*found.between, found.at_most)] == [0.42, 0.67, 0.83]


def test_retained_waits_a_month_and_does_not_count_who_came_back():
    things = [takeaway(author, partner="o", will_use=1) for author in ("fresh", "back")]
    members = [member("fresh", ended=29), member("back", ended=100), member("back")]
    found = retained(rows([], takeaways=things, memberships=members), "o")

    assert (found.all, found.between, found.at_most) == (0, None, None)


def stage(partner, name, days_ago):
    return PracticeStage(partner=partner, practice="yard", stage=name, on=TODAY - timedelta(days=days_ago))


def test_spread_counts_partners_by_their_stages():
    stages = [
        stage("owner", "routine", 900),
        stage("A", "heard", 400),
        stage("A", "tried", 300),
        stage("A", "routine", 100),
        stage("B", "adapted", 200),
        stage("B", "stopped", 10),
        stage("C", "tried", 179),
        stage("D", "saw", 400),
    ]
    things = [
        takeaway(1, partner="A", practice="yard", source_partners=frozenset(["owner"])),
        takeaway(2, partner="B", practice="yard", source_partners=frozenset("A")),
        takeaway(3, partner="A", practice="yard", source_partners=frozenset("B")),
    ]
    noticed = [follow_up(things[1], "any", "in_use", effect="public")]
    found = spread(rows([], stages=stages, takeaways=things, follow_ups=noticed), "yard", {"owner"})

    assert (found.reached, found.tried, found.kept, found.adapted) == (4, (3, 4), (1, 2), (1, 3))
    assert found.chain == ("owner", "A", "B", "outside")
    assert dict(found.stages)["B"] == "stopped"


def test_spread_goes_on_from_where_a_thing_had_come_by_then():
    early = takeaway(1, days=1, partner="B", practice="yard", source_partners=frozenset("A"))
    later = takeaway(2, days=9, partner="A", practice="yard", source_partners=frozenset(["owner"]))

    assert spread(rows([], takeaways=[early, later]), "yard", {"owner"}).chain == ("owner", "A")


def test_spread_of_many_partners_who_all_took_from_each_other_is_counted_at_once():
    partners = [f"p{number:02}" for number in range(30)]
    things = [
        takeaway((maker, source), days=day, partner=maker, practice="yard", source_partners=frozenset([source]))
        for day in range(3)
        for maker in partners
        for source in partners
        if maker != source
    ]

    chain = spread(rows([], takeaways=things), "yard", {"p00"}).chain

    assert (chain[0], len(set(chain))) == ("p00", len(chain))
    assert len(chain) > 20


def test_spread_counts_the_stage_said_last_of_two_on_one_day():
    stages = [stage("A", "adapted", 10), stage("A", "tried", 10)]

    assert dict(spread(rows([], stages=stages), "yard", {"owner"}).stages) == {"A": "tried"}


def test_spread_of_a_practice_nobody_spoke_of():
    assert spread(rows([], stages=[stage("A", "tried", 1)]), "barn", {"owner"}) == Spread(0, (0, 0), (0, 0), (0, 0), (), ("owner",))
