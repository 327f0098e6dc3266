"""Small projects as rows: one line per thing said."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from learning.measures.rows import Activity, Attendance, Change, FollowUp, Obstacle, Reach, Reflection, Rows, Takeaway

END = datetime(2025, 9, 12, 15, tzinfo=UTC)
DAY = timedelta(days=1)
LONG_AFTER = END + 500 * DAY
OPEN_AT = {"w2": 14, "m3": 90, "m12": 365}


def kinds(*names):
    return tuple((name, Fraction(1, len(names))) for name in names)


def reflection(author, activity="C4", *, days=1, gave=None, **more):
    return Reflection(id=("reflection", author, activity, days), author=author, activity=activity, submitted_at=END + days * DAY, gave=gave, **more)


def takeaway(author, number=0, *, activity="C4", days=1, will_use=None, **more):
    return Takeaway(
        id=("takeaway", author, activity, number), author=author, activity=activity, made_at=END + days * DAY, since=END, will_use=will_use, **more
    )


def follow_up(thing, wave, state, effect="", **more):
    return FollowUp(takeaway=thing.id, wave=wave, state=state, effect=effect, observed_at=thing.since + (OPEN_AT.get(wave, 0) + 3) * DAY, **more)


def rows(people, *, activities=("C4",), now=LONG_AFTER, **more):
    return Rows(
        now=now,
        activities=tuple(Activity(id=activity, ended_at=END) for activity in activities),
        attendances=tuple(Attendance(person=person, activity=activity) for activity in activities for person in people),
        **{name: tuple(value) for name, value in more.items()},
    )


STATES = ("none_yet", "tried", "in_use", "stopped", "wont", "other", "unsure")
EFFECTS = ("", "no", "self", "team", "public", "harm", "unsure")
CODES = ("time", "money")


def random_project(seed, people=8, *, standings=("closed", "closed", "closed", "mixed", "open", "ticked", "silent")):
    """Up to two activities, two things per person and activity, follow-ups at m3; each person stands in one way."""
    chance = random.Random(seed)
    found = rows([f"p{number}" for number in range(people)], activities=("C4", "C5"))
    found = replace(found, attendances=tuple(row for row in found.attendances if row.activity == "C4" or chance.random() < 0.4))
    parts = {"reflections": [], "takeaways": [], "follow_ups": [], "obstacles": [], "changes": []}
    stands = {f"p{number}": chance.choice(standings) for number in range(people)}
    for row in found.attendances:
        _say(chance, row, stands[row.person], parts)
    return replace(found, **{name: tuple(value) for name, value in parts.items()}), stands


HOW = {
    "closed": {},
    "mixed": {"reach": Reach.SOME, "widest": Reach.SOME},
    "open": {"reach": Reach.PARTNERS, "widest": Reach.PARTNERS},
    "ticked": {"counts_when_few": True},
}


def _say(chance, row, stand, parts):
    if stand == "silent":
        return

    def how():
        return HOW[chance.choice(["closed", "open"]) if stand == "partly" else stand]

    person, activity = row.person, row.activity
    parts["reflections"].append(reflection(person, activity, gave=chance.choice([-1, 0, 1, 2, None]), **how()))
    for number in range(chance.randrange(3)):
        thing = takeaway(person, number, activity=activity, will_use=chance.choice([0, 1, 2, None]), has_plan=chance.random() < 0.4, **how())
        parts["takeaways"].append(thing)
        if chance.random() < 0.8:
            parts["follow_ups"].append(follow_up(thing, "m3", chance.choice(STATES), chance.choice(EFFECTS), **how()))
    if chance.random() < 0.6:
        codes = frozenset(code for code in CODES if chance.random() < 0.5)
        parts["obstacles"].append(Obstacle(person=person, wave="m3", codes=codes, activity=activity, **how()))
    if chance.random() < 0.3:
        parts["changes"].append(Change(person=person, wave="m3", changed=chance.choice(["no", "changed"]), activity=activity, **how()))


def people_there(found):
    """{activity: how many people took part}, None for all activities; not who is left out."""
    came = {(row.activity, row.person) for row in found.attendances if row.person not in found.left_out}
    return Counter(activity for activity, _person in came) | {None: len({person for _activity, person in came})}
