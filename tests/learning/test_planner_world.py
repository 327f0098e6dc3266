"""Two years of somebody's life, with the plan stepped through them day by day: no mail too many, none at a bad hour, none forgotten."""

import datetime
import random
import zoneinfo
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learning import planner, waves
from learning.defaults import DEFAULTS
from learning.own_defaults import overlay
from learning.planner import Existing, Experience, Mailed, Occasion, Question, Recipient

BEGIN = datetime.date(2025, 1, 1)
DAYS = 730
HOURS = [
    datetime.time(0, 5),
    datetime.time(8, 29),
    datetime.time(8, 30),
    datetime.time(9, 30),
    datetime.time(11, 30),
    datetime.time(12),
    datetime.time(17, 59),
    datetime.time(18),
]
ZONES = ["Europe/Stockholm", "Europe/Vilnius", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]
IN_SIGHT = 240  # days before its end from which a project's last question may be planned
DAY = datetime.timedelta(days=1)
LONG_AGO = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


@dataclass
class Prompt:
    """A row, as the table holds it."""

    due_at: datetime.datetime
    closes_at: datetime.datetime
    outcome: str
    mailed: tuple = ()
    snoozes: int = 0
    nudged_at: datetime.datetime | None = None

    @property
    def is_open(self):
        return self.outcome == ""


@dataclass
class Life:
    """One person: what happens to them, how they behave, and what the planner made of it."""

    calendar: waves.Calendar
    ends: list  # days on which an activity they were at ended
    names_after: list  # days after which they name something they may use, by activity; None: never
    projects: list  # (its numbers, its last day) of two projects: each activity belongs to one of them
    leaves_on: datetime.date
    returns_on: datetime.date
    answers: float  # the chance of answering on a day on which something is open
    snoozes: float
    fickle: float  # the chance of changing what one wants
    chance: random.Random
    preference: str = "all"
    off: set = field(default_factory=set)
    prompts: dict = field(default_factory=dict)
    mails: list = field(default_factory=list)  # (instant, Outgoing)
    heard_at: datetime.datetime = LONG_AGO
    is_paused: bool = False
    is_to_be_asked_how_often: bool = False

    def at(self, day, time):
        return datetime.datetime.combine(day, time, self.calendar.zone_info)

    def is_here(self, now):
        return not self.leaves_on <= now.astimezone(self.calendar.zone_info).date() < self.returns_on

    def defaults_of(self, occasion):
        return self.projects[occasion.id % 2][0]

    def named_at(self, number, now):
        """When something of that activity was named, if it was by now."""
        names_after = self.names_after[number]
        at = names_after is not None and self.at(self.ends[number], datetime.time(17)) + names_after * DAY
        return at if at and at <= now else None

    def experiences(self, now):
        for number, day in enumerate(self.ends):
            since = self.at(day, datetime.time(17))
            if since <= now < since + 500 * DAY:
                yield self.experience(Occasion("moment" if number % 3 == 2 else "activity", number), since, self.named_at(number, now), now)
        for number, (_numbers, ends_on) in enumerate(self.projects):
            named = [at for other in range(number, len(self.ends), 2) if (at := self.named_at(other, now))]
            if named and now.date() <= ends_on <= now.date() + IN_SIGHT * DAY:
                yield self.experience(Occasion("project", number), self.at(ends_on, datetime.time(17)), min(named), now)

    def experience(self, occasion, since, named_at, now):
        return Experience(
            person="ana",
            occasion=occasion,
            since=since,
            calendar=self.calendar,
            named_at=named_at,
            is_here=self.is_here(now),
            preference=self.preference,
            is_off=occasion in self.off,
            defaults=self.defaults_of(occasion),
        )

    def plan(self, now):
        for row in self.prompts.values():
            if row.is_open and row.closes_at <= now:
                row.outcome = "silent" if row.mailed else "cancelled"
                silent = [row for row in self.prompts.values() if row.outcome == "silent" and row.closes_at > self.heard_at]
                if row.outcome == "silent" and len(silent) >= 3 and not self.is_paused:
                    self.is_paused = self.is_to_be_asked_how_often = True
        there = {key: Existing(row.due_at, row.closes_at, row.outcome, bool(row.snoozes), bool(row.mailed), key) for key, row in self.prompts.items()}
        put_off = {key for key, row in there.items() if row.keeps_own_window(now)}
        changes = planner.changes(planner.plan(self.experiences(now), now, put_off), there)
        for key, want in changes.insert.items():
            self.prompts[key] = Prompt(want.due_at, want.closes_at, want.outcome)
        for key, want in changes.change.items():
            self.prompts[key].due_at, self.prompts[key].closes_at, self.prompts[key].outcome = want.due_at, want.closes_at, want.outcome
        for key in changes.cancel:
            self.prompts[key].outcome = "cancelled"

    def recipient(self, now):
        questions = [
            Question(key, key.form, row.due_at, row.closes_at, 2, row.mailed, row.nudged_at, bool(row.snoozes), self.defaults_of(key.occasion))
            for key, row in self.prompts.items()
            if row.is_open and row.due_at <= now < row.closes_at and planner.wants(self.preference, key.form)
        ]
        lately = tuple(at for at, _mail in self.mails if at > now - 8 * DAY)
        return Recipient("ana", self.calendar, tuple(questions), lately, self.is_paused, self.is_to_be_asked_how_often)

    def mail(self, now):
        if mail := planner.next_mail(self.recipient(now), now):
            self.mails.append((now, mail))
            self.is_to_be_asked_how_often = self.is_to_be_asked_how_often and mail.message != "pause"
            for key, kind in mail.asks:
                assert self.prompts[key].is_open
                assert self.is_here(now)
                self.prompts[key].mailed += (Mailed(now, kind),)
        return mail

    def behave(self, now):
        """What a person does on a day, or does not."""
        for key, row in self.prompts.items():
            if row.is_open and row.mailed and self.chance.random() < self.answers:
                row.outcome, self.heard_at, self.is_paused = "answered", now, False
            elif row.is_open and row.mailed and row.snoozes < 2 and self.chance.random() < self.snoozes:
                self.put_off(row, self.defaults_of(key.occasion).waves.snooze_max, now)
            elif row.is_open and row.mailed and self.chance.random() < 0.02:
                row.nudged_at = now
            elif row.is_open and self.chance.random() < self.fickle:
                self.off.add(key.occasion)
        if self.chance.random() < self.fickle:
            self.preference = self.chance.choice(["all", "fewer", "none"])
        if self.is_paused and not self.is_to_be_asked_how_often and self.chance.random() < 0.05:
            self.is_paused, self.heard_at = False, now

    def put_off(self, row, most_days, now):
        due = waves.next_working_day(now + self.chance.choice([2, 13]) * DAY, self.calendar)
        latest = row.mailed[0].at + most_days * DAY
        if due and due < latest:
            row.due_at, row.closes_at, row.snoozes = due, min(max(row.closes_at, due + 7 * DAY), latest), row.snoozes + 1

    def live(self):
        for ahead in range(DAYS):
            day = BEGIN + ahead * DAY
            self.plan(self.at(day, datetime.time(0, 1)))
            for hour in HOURS:
                self.mail(self.at(day, hour))
            self.nobody_was_forgotten(self.at(day, datetime.time(17, 59)))
            self.behave(self.at(day, datetime.time(20)))

    def nobody_was_forgotten(self, now):
        """On a day on which a mail may go there is nothing left at its end that could have gone; who came back is among those who are asked."""
        assert planner.next_mail(self.recipient(now), now) is None
        gone = [row for row in self.prompts.values() if row.outcome == "left" and row.closes_at > now]
        assert not (gone and self.is_here(now))


@st.composite
def numbers(draw):
    """What a project may set: later, less, fewer; never more."""
    f2_close = draw(st.integers(7, 45))
    to, send, from_ = draw(st.sampled_from([("08:30", "09:30", "18:00"), ("10:00", "11:00", "12:00"), ("08:30", "11:30", "17:00")]))
    values = {
        "waves": {
            "f2_close": f2_close,
            "snooze_max": draw(st.integers(f2_close, 45)),
            "w2": draw(st.integers(7, 45)),
            "m3": draw(st.integers(60, 150)),
            "m12": draw(st.integers(300, 450)),
            "end_weeks_before": draw(st.integers(2, 26)),
            "close": draw(st.integers(14, 45)),
        },
        "reminders": {"max": draw(st.integers(0, 2)), "after_days": draw(st.sampled_from([[2, 3], [4, 10], [10, 30]]))},
        "load": {"mails_per_7d": draw(st.integers(1, 2)), "open_prompts": draw(st.integers(1, 3)), "things_f4": draw(st.integers(1, 5))},
        "quiet": {
            "to": to,
            "send": send,
            "from_": from_,
            "weekdays": draw(st.sampled_from([["mon", "tue", "wed", "thu", "fri"], ["tue", "thu"], ["mon"]])),
            "season_shift": draw(st.sampled_from([["F3", "F4", "F5"], ["F4"], []])),
        },
    }
    return overlay(DEFAULTS, values)


@st.composite
def projects(draw):
    return draw(st.just(DEFAULTS) | numbers()), BEGIN + draw(st.integers(60, DAYS + IN_SIGHT)) * DAY


@st.composite
def lives(draw):
    spells = draw(st.lists(st.tuples(st.integers(0, DAYS), st.integers(0, 60)), max_size=4))
    absences = tuple((BEGIN + begin * DAY, BEGIN + (begin + days) * DAY) for begin, days in spells)
    hour = draw(st.sampled_from([datetime.time(8, 30), datetime.time(9, 30), datetime.time(13, 15), datetime.time(17, 59), datetime.time(23)]))
    leaves = draw(st.sampled_from([2 * DAYS, 2 * DAYS, 500, 200, 110]))
    ends = sorted(draw(st.lists(st.integers(0, DAYS) | st.integers(100, 103), min_size=1, max_size=7)))  # often several at once
    return Life(
        calendar=waves.Calendar(draw(st.sampled_from(ZONES)), draw(st.sampled_from(["SE", "LT", "GB", "US", "AU", ""])), hour, absences),
        ends=[BEGIN + end * DAY for end in ends],
        names_after=[draw(st.sampled_from([None, -2, 1, 10, 40, 120])) for _end in ends],
        projects=[draw(projects()), draw(projects())],
        leaves_on=BEGIN + leaves * DAY,
        returns_on=BEGIN + (leaves + draw(st.sampled_from([2 * DAYS, 1, 20, 120]))) * DAY,
        answers=draw(st.sampled_from([0, 0.02, 0.3])),
        snoozes=draw(st.sampled_from([0, 0.1])),
        fickle=draw(st.sampled_from([0, 0, 0.003])),
        chance=random.Random(draw(st.integers(0, 2**32))),
    )


@settings(max_examples=25, deadline=None)
@given(lives())
def test_two_years_of_somebodys_life(life):
    life.live()

    days = []
    for at, mail in life.mails:
        local = at.astimezone(life.calendar.zone_info)
        days.append(local.date())
        assert datetime.time(8, 30) <= local.time() < datetime.time(18)
        assert local.weekday() < 5 and not waves.is_holiday(local.date(), life.calendar.country) and not life.calendar.is_absent(local.date())
        assert mail.message == "pause" or 1 <= len(mail.asks) <= 3
        for place, (key, _kind) in enumerate(mail.asks):
            own = life.defaults_of(key.occasion)
            lately = sum(at - 7 * DAY < other <= at and (local.date() - day_of(other, life)).days < 7 for other, _mail in life.mails)
            assert own.quiet.to <= local.time() < own.quiet.from_ and local.weekday() in own.quiet.weekdays
            assert key.form not in own.quiet.season_shift or life.prompts[key].snoozes or not waves.in_season(local.date())
            assert lately <= own.load.mails_per_7d and place < own.load.open_prompts
    assert len(set(days)) == len(days)
    assert all(sum(day <= other < day + 7 * DAY for other in days) <= 2 for day in days)
    end = life.at(BEGIN + (DAYS - 1) * DAY, datetime.time(20))
    for key, row in life.prompts.items():
        assert sum(mailed.kind == "reminder" for mailed in row.mailed) <= life.defaults_of(key.occasion).reminders.max
        assert not row.mailed or row.mailed[0].at >= earliest(key, life)
        assert row.closes_at > end - DAY or row.outcome  # sent or not, it is known what came of it
        assert row.outcome != "silent" or row.mailed  # nobody was silent who was not asked


def day_of(at, life):
    return at.astimezone(life.calendar.zone_info).date()


def earliest(key, life):
    """Before this instant nobody may be asked that, by the numbers of the project it belongs to."""
    days = life.defaults_of(key.occasion).waves
    if key.occasion.kind == "project":
        return life.at(life.projects[key.occasion.id][1] - 7 * days.end_weeks_before * DAY, datetime.time())
    after = {"F2": 1, "F3": days.w2, "F4": days.m3, "F5": days.m12}[key.form]
    return life.at(life.ends[key.occasion.id] + after * DAY, datetime.time())


def somebody(**values):
    """Calm, in Stockholm, at one activity of which something was named the next day; never answers."""
    usual = {
        "calendar": waves.Calendar("Europe/Stockholm", "SE"),
        "ends": [datetime.date(2025, 2, 4)],
        "names_after": [1],
        "projects": [(DEFAULTS, datetime.date(2025, 10, 31)), (DEFAULTS, datetime.date(2030, 1, 1))],
        "leaves_on": datetime.date(2030, 1, 1),
        "returns_on": datetime.date(2030, 1, 1),
        "answers": 1,
        "snoozes": 0,
        "fickle": 0,
        "chance": random.Random(2019),
    }
    return Life(**usual | values)


def asked(life):
    """[(occasion, form, day)], in order."""
    return [(key.occasion.kind, key.form, str(day_of(at, life))) for at, mail in life.mails for key, _kind in mail.asks]


def test_eight_weeks_before_a_project_ends_its_people_are_asked_about_all_of_it():
    life = somebody()

    life.live()

    assert asked(life) == [
        ("activity", "F2", "2025-02-05"),
        ("activity", "F3", "2025-02-18"),
        ("activity", "F4", "2025-05-05"),
        ("project", "F4", "2025-09-05"),
        ("activity", "F5", "2026-02-04"),
    ]


@pytest.mark.parametrize("answers", [0, 1])
def test_a_project_that_wants_less_asks_later_and_never_reminds(answers):
    own = overlay(DEFAULTS, {"waves": {"w2": 21, "m3": 120, "m12": 400, "end_weeks_before": 2}, "reminders": {"max": 0, "after_days": []}})
    life = somebody(projects=[(own, datetime.date(2025, 10, 31)), (DEFAULTS, datetime.date(2030, 1, 1))], answers=answers)

    life.live()

    assert asked(life) == [
        ("activity", "F2", "2025-02-05"),
        ("activity", "F3", "2025-02-25"),
        ("activity", "F4", "2025-06-04"),
        ("project", "F4", "2025-10-17"),
        ("activity", "F5", "2026-03-11"),
    ]


@pytest.mark.parametrize(("returns_on", "weeks"), [("2025-03-03", "2025-03-03"), ("2025-04-20", None)])
def test_who_comes_back_is_asked_what_is_still_open_and_what_comes_after(returns_on, weeks):
    life = somebody(leaves_on=datetime.date(2025, 2, 10), returns_on=datetime.date.fromisoformat(returns_on))

    life.live()

    days = {(kind, form): day for kind, form, day in asked(life)}
    assert (days["activity", "F2"], days.get(("activity", "F3")), days["activity", "F4"]) == ("2025-02-05", weeks, "2025-05-05")
    assert [row.outcome for row in life.prompts.values() if row.outcome != "answered"] == ([] if weeks else ["left"])


# Nights in which the clocks change


@pytest.mark.parametrize(
    ("zone", "sunday"),
    [
        ("Europe/London", datetime.date(2026, 3, 29)),
        ("Europe/London", datetime.date(2026, 10, 25)),
        ("America/New_York", datetime.date(2026, 3, 8)),
        ("America/New_York", datetime.date(2026, 11, 1)),
        ("Australia/Lord_Howe", datetime.date(2026, 4, 5)),
        ("Australia/Lord_Howe", datetime.date(2026, 10, 4)),
    ],
)
def test_a_night_in_which_the_clocks_change_doubles_and_loses_nothing(zone, sunday):
    calendar, there = waves.Calendar(zone), zoneinfo.ZoneInfo(zone)
    ended = datetime.datetime.combine(sunday, datetime.time(1, 30), there)
    window = waves.after_activity(ended, calendar)
    ana = Recipient("ana", calendar, (Question(1, "F2", window.due_at, window.closes_at),))
    instant, last = (datetime.datetime.combine(sunday + days * DAY, datetime.time(), there).astimezone(datetime.UTC) for days in (-1, 16))

    sent = []
    while instant < last:
        if mail := planner.next_mail(ana, instant):
            sent.append((instant.astimezone(there).replace(tzinfo=None), mail.asks[0][1]))
            ana = planner.after(ana, mail, instant)
        instant += datetime.timedelta(minutes=10)

    morning = datetime.datetime.combine(sunday, datetime.time(9, 30))
    assert sent == [(morning + DAY, "first"), (morning + 5 * DAY, "reminder"), (morning + 11 * DAY, "reminder")]


def test_the_founding_week_ended_on_22_august_and_was_asked_about_on_the_next_working_day():
    calendar = waves.Calendar("Europe/Stockholm", "SE")
    visit = Experience("ana", Occasion("activity", "TM2"), datetime.datetime(2019, 8, 22, 17, tzinfo=calendar.zone_info), calendar)
    ((key, want),) = planner.plan([visit], visit.since).items()
    ana = Recipient("ana", calendar, (Question(key, key.form, want.due_at, want.closes_at),))

    assert planner.preview([ana], visit.since)[0] == (datetime.date(2019, 8, 23), 1)
