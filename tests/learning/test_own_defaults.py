"""A project's own numbers: what may be set, and what is refused and why."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from learning import disclosure
from learning.defaults import DEFAULTS
from learning.models import QuestionSettings
from learning.own_defaults import SETTABLE, defaults_of, overlay
from tests.factories import ProjectFactory


def test_what_is_not_said_stays_as_it_was():
    made = overlay(DEFAULTS, {"waves": {"m3": 60}, "quiet": {"send": "10:15", "weekdays": ["tue", "thu"]}})

    assert (made.waves.m3, made.waves.m12, made.quiet.send, made.quiet.weekdays) == (60, 365, datetime.time(10, 15), frozenset({1, 3}))
    assert (made.load, made.privacy) == (DEFAULTS.load, DEFAULTS.privacy)


@pytest.mark.parametrize(
    ("group", "name", "value"),
    [
        ("waves", "m3", 59),
        ("waves", "m3", "90"),
        ("waves", "m3", True),
        ("waves", "m3", None),
        ("reminders", "max", 3),
        ("reminders", "after_days", [10, 4]),
        ("reminders", "after_days", "4, 10"),
        ("load", "mails_per_7d", 3),
        ("load", "mails_per_day", 2),
        ("quiet", "to", "07:00"),
        ("quiet", "from_", "20:00"),
        ("quiet", "from_", 18),
        ("quiet", "send", "09:30+02:00"),
        ("quiet", "weekdays", ["sun"]),
        ("quiet", "weekdays", [["mon"]]),
        ("quiet", "weekdays", []),
        ("privacy", "project_min", 1),
        ("nothing", "at_all", 1),
    ],
)
def test_what_does_not_fit_is_refused_where_it_stands(group, name, value):
    with pytest.raises(ValidationError) as refused:
        overlay(DEFAULTS, {group: {name: value}})

    assert list(refused.value.message_dict) == [f"{group}.{name}"]


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"reminders": {"after_days": [4]}}, "reminders.after_days"),
        ({"quiet": {"to": "10:00"}}, "quiet.send"),
        ({"waves": {"f2_close": 30, "snooze_max": 20}}, "waves.snooze_max"),
    ],
)
def test_what_does_not_fit_together_is_refused(values, where):
    with pytest.raises(ValidationError) as refused:
        overlay(DEFAULTS, values)

    assert list(refused.value.message_dict) == [where]


def test_everything_that_may_be_set_exists():
    assert all(hasattr(getattr(DEFAULTS, group), name) for group, names in SETTABLE.items() for name in names)


@pytest.mark.django_db
@pytest.mark.parametrize(("values", "months"), [({"waves": {"m3": 60}}, 60), ({"waves": {"m3": 1}}, 90), ({}, 90)])
def test_what_was_kept_and_does_not_fit_any_more_holds_nobody_up(values, months):
    project = ProjectFactory()
    QuestionSettings.objects.create(project=project, values=values)

    assert defaults_of(project).waves.m3 == months


@pytest.mark.django_db
@pytest.mark.parametrize(("values", "is_over"), [({}, True), ({"waves": {"m3": 120}}, False), ({"waves": {"close": 45}}, False)])
def test_figures_end_a_wave_when_the_project_does(values, is_over):
    project = ProjectFactory()
    QuestionSettings.objects.create(project=project, values=values)
    ended = timezone.now() - datetime.timedelta(days=125)

    assert disclosure.stored_windows(project).has_closed("m3", ended) is is_over
