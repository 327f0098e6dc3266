"""The rows the measures read, free of Django. Who fills them decides nothing: a row says what was stored, by the names of VALUE_MODEL §4.1.

People, partners, activities and takeaways are any hashable ids. `reach` is how far a thing goes today, `widest` how far it ever went
(from the history of visibility; somebody asked to confirm a thing counts as a reader of it, and so does who saw a small figure when its taps
counted there): what was once read is known for ever.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import IntEnum
from fractions import Fraction
from functools import partial

Id = Hashable
row = partial(dataclass, kw_only=True, slots=True, unsafe_hash=True)  # nobody changes one; not frozen, which would make each thrice as slowly


class Reach(IntEnum):
    """Only me; one person or my organisation; all partners or the public."""

    ME = 0
    SOME = 1
    PARTNERS = 2


@row
class Item:
    """Something a person said, and who may know it."""

    reach: Reach = Reach.ME
    widest: Reach = Reach.ME
    counts_when_few: bool = False

    @property
    def is_open(self):
        """Its author lets it be counted however few there are: shared at least with all partners, or ticked."""
        return self.reach == Reach.PARTNERS or self.counts_when_few

    @property
    def is_closed(self):
        """Nobody but its author has ever been able to know it, not even through a small figure."""
        return max(self.reach, self.widest) == Reach.ME and not self.counts_when_few


@row
class Activity:
    id: Id
    ended_at: datetime | None = None


@row
class Attendance:
    """Somebody took part or was expected; who was absent has no row here."""

    person: Id
    activity: Id


@row
class Reflection(Item):
    """Submitted. `gave`: -1 cost more than it gave, 0 little, 1 something, 2 a lot, None not said."""

    id: Id
    author: Id
    submitted_at: datetime
    activity: Id | None = None
    gave: int | None = None


@row
class Takeaway(Item):
    """`kinds`: weights of the six kinds, summing to 1; none if uncoded. `since`: the activity's end, or the everyday moment's day.

    Both instants are missing only where nothing is counted by them.
    """

    id: Id
    author: Id
    made_at: datetime | None = None
    since: datetime | None = None
    activity: Id | None = None
    partner: Id | None = None
    kinds: tuple[tuple[str, Fraction], ...] = ()
    will_use: int | None = None
    has_plan: bool = False
    is_kept: bool = False
    source_partners: frozenset = frozenset()
    practice: Id | None = None
    taken_from: Id | None = None

    @property
    def is_live(self):
        return self.will_use is not None and self.will_use >= 1


@row
class FollowUp(Item):
    takeaway: Id
    observed_at: datetime
    wave: str
    state: str
    effect: str = ""
    evidence: int = 0


@row
class Obstacle(Item):
    person: Id
    wave: str
    codes: frozenset
    activity: Id | None = None


@row
class Change(Item):
    """F5 `changed`: no | look | changed (we changed a goal, plan or rule)."""

    person: Id
    wave: str
    changed: str
    activity: Id | None = None


@row
class Prompt:
    """`count`: so many alike, where `person` stands for several people."""

    person: Id
    wave: str
    due_at: datetime
    outcome: str = ""
    activity: Id | None = None
    count: int = 1


@row
class Membership:
    person: Id
    partner: Id
    started_on: date
    ended_on: date | None = None
    expected_end_on: date | None = None


@row
class Carrier:
    takeaway: Id
    person: Id
    confirmed_at: datetime | None = None


@row
class Artefact:
    takeaway: Id
    checked_at: datetime | None = None


@row
class PracticeStage:
    partner: Id
    practice: Id
    stage: str
    on: date


AT_ONCE = 30  # days after the end of an activity in which a takeaway counts as made at once


@dataclass(frozen=True, kw_only=True)
class Windows:
    """When a project asks, in days; a project's own numbers may differ from these defaults."""

    t0: int = 0
    w2: int = 14
    m3: int = 90
    m12: int = 365
    closes: int = 30  # after a wave opened
    first_closes: int = AT_ONCE
    snoozed: int = 45  # at most, when somebody asked for later
    end_before: int = 56  # the project's end, that the last wave opens

    def open_for(self, wave):
        """Days until nobody is asked at this wave any more."""
        return self.first_closes if wave == "t0" else self.closes


@dataclass(frozen=True, kw_only=True)
class Rows:
    """All rows of one scope, as they stood at `now`."""

    now: datetime
    project_ends_at: datetime | None = None
    activities: tuple[Activity, ...] = ()
    attendances: tuple[Attendance, ...] = ()
    reflections: tuple[Reflection, ...] = ()
    takeaways: tuple[Takeaway, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    changes: tuple[Change, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    memberships: tuple[Membership, ...] = ()
    carriers: tuple[Carrier, ...] = ()
    artefacts: tuple[Artefact, ...] = ()
    stages: tuple[PracticeStage, ...] = ()
    left_out: frozenset = field(default=frozenset())
    windows: Windows = Windows()

    def opens_at(self, wave, since):
        """None where it is not known: the last wave of a project without an end."""
        if wave == "end":
            return self.project_ends_at and self.project_ends_at - timedelta(days=self.windows.end_before)
        return since + timedelta(days=getattr(self.windows, wave))

    def has_closed(self, wave, since):
        opens_at = self.opens_at(wave, since)
        return opens_at is not None and opens_at + timedelta(days=self.windows.open_for(wave)) <= self.now

    def belongs(self, follow_up, wave, since):
        """Asked at this wave, or said of one's own accord while it was open."""
        if follow_up.wave != "any":
            return follow_up.wave == wave
        opens_at = self.opens_at(wave, since)
        return opens_at is not None and opens_at <= follow_up.observed_at < opens_at + timedelta(days=self.windows.snoozed)

    def ends(self):
        """Activity → its end, where that is known."""
        return {activity.id: activity.ended_at for activity in self.activities if activity.ended_at is not None}

    def of(self, people):
        """The same rows for these people only; what belongs to nobody stays."""
        people = frozenset(people)
        takeaways = tuple(row for row in self.takeaways if row.author in people)
        ids = {row.id for row in takeaways}
        return replace(
            self,
            attendances=tuple(row for row in self.attendances if row.person in people),
            reflections=tuple(row for row in self.reflections if row.author in people),
            takeaways=takeaways,
            follow_ups=tuple(row for row in self.follow_ups if row.takeaway in ids),
            obstacles=tuple(row for row in self.obstacles if row.person in people),
            changes=tuple(row for row in self.changes if row.person in people),
            prompts=tuple(row for row in self.prompts if row.person in people),
        )

    def by_activity(self):
        """{activity: what `about` gives for it}, for all of them at once."""
        ids = [row.id for row in self.activities]
        activity_of = {row.id: row.activity for row in self.takeaways}
        parts = {
            "activities": _grouped(self.activities, lambda row: row.id),
            "follow_ups": _grouped(self.follow_ups, lambda row: activity_of.get(row.takeaway)),
            **{name: _grouped(getattr(self, name), lambda row: row.activity) for name in OF_ONE_ACTIVITY},
        }
        of_all = {name: tuple(row for row in getattr(self, name) if row.activity is None) for name in ("obstacles", "changes")}
        return {
            pk: replace(
                self,
                **{name: tuple(rows.get(pk, ())) for name, rows in parts.items()},
                **{name: (*(row for row in getattr(self, name) if row.activity == pk), *rows) for name, rows in of_all.items()},
            )
            for pk in ids
        }

    def about(self, *activities):
        """The same rows for these activities only. What somebody said of the project as a whole stays."""
        kept = frozenset(activities)
        of_all = kept | {None}
        takeaways = tuple(row for row in self.takeaways if row.activity in kept)
        ids = {row.id for row in takeaways}
        return replace(
            self,
            activities=tuple(row for row in self.activities if row.id in kept),
            attendances=tuple(row for row in self.attendances if row.activity in kept),
            reflections=tuple(row for row in self.reflections if row.activity in kept),
            takeaways=takeaways,
            follow_ups=tuple(row for row in self.follow_ups if row.takeaway in ids),
            obstacles=tuple(row for row in self.obstacles if row.activity in of_all),
            changes=tuple(row for row in self.changes if row.activity in of_all),
            prompts=tuple(row for row in self.prompts if row.activity in kept),
        )


OF_ONE_ACTIVITY = ("attendances", "reflections", "takeaways", "prompts")


def latest(rows, of, order):
    """{key: its last row}, by `order`; `of` gives a row its key."""
    found = {}
    for row in rows:
        key = of(row)
        if key not in found or order(found[key]) < order(row):
            found[key] = row
    return found


def _grouped(rows, key):
    groups = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups
