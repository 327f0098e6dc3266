"""The defaults of VALUE_MODEL §11 as data. Every function that needs one takes `defaults=DEFAULTS`, so that a project can have its own."""

import datetime
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Waves:
    """Days since the end of the activity, or since a moment happened."""

    f2_close: int = 21
    w2: int = 14
    m3: int = 90
    m12: int = 365
    end_weeks_before: int = 8
    close: int = 30
    snooze_max: int = 45


@dataclass(frozen=True)
class Reminders:
    max: int = 2
    after_days: tuple = (4, 10)


@dataclass(frozen=True)
class Load:
    mails_per_day: int = 1
    mails_per_7d: int = 2
    open_prompts: int = 3
    things_f2: int = 3
    things_f3: int = 3
    things_f4: int = 5


@dataclass(frozen=True)
class Quiet:
    """No mail from `from_` to `to` on the person's own clock, nor on other than these weekdays (Monday is 0) nor on public holidays."""

    from_: datetime.time = datetime.time(18, 0)
    to: datetime.time = datetime.time(8, 30)
    weekdays: frozenset = frozenset({0, 1, 2, 3, 4})
    send: datetime.time = datetime.time(9, 30)
    season_shift: frozenset = frozenset({"F3", "F4", "F5"})


@dataclass(frozen=True)
class Attendance:
    ask_days_before: int = 10


@dataclass(frozen=True)
class Privacy:
    shared_min: int = 3
    project_min: int = 5
    hidden_each_side: int = 2


@dataclass(frozen=True)
class Display:
    counts_only_below: int = 10
    interval_from: int = 20


@dataclass(frozen=True)
class Memory:
    artefact_valid_days: int = 365
    leaving_soon_days: int = 60
    retained_check_after_days: int = 30


@dataclass(frozen=True)
class Exit:
    form_before_workdays: tuple = (10, 3)
    personal_area_days: int = 90
    card_review_months: int = 24


@dataclass(frozen=True)
class Defaults:
    waves: Waves = field(default_factory=Waves)
    reminders: Reminders = field(default_factory=Reminders)
    load: Load = field(default_factory=Load)
    quiet: Quiet = field(default_factory=Quiet)
    attendance: Attendance = field(default_factory=Attendance)
    privacy: Privacy = field(default_factory=Privacy)
    display: Display = field(default_factory=Display)
    memory: Memory = field(default_factory=Memory)
    exit: Exit = field(default_factory=Exit)
    undo_days: int = 7  # how long what somebody deleted can be taken back
    notice: str = "1"  # version of the notice that everybody reads before the first note


DEFAULTS = Defaults()
