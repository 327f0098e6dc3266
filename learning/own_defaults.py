"""A project's own numbers instead of the defaults: what may be set, within what, and how it is read.

A project may ask less often, later or of fewer things than the defaults; never more, earlier or at night: these are promised to people.
What protects people (thresholds, levels) is no setting.
"""

import datetime
import logging
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from learning.defaults import DEFAULTS
from learning.models import QuestionSettings

logger = logging.getLogger(__name__)

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
SEASONAL = ("F3", "F4", "F5")
MOST_DAYS_BEFORE = 30  # in which who goes is asked for
MOST_DAYS_OPEN = 45  # in which the first question may be answered


def defaults_of(project):
    """The defaults as this project (or its id) wants them."""
    return defaults_of_projects([getattr(project, "pk", project)])[getattr(project, "pk", project)]


def defaults_of_projects(ids):
    """{project id: its defaults}, read at once."""
    own = dict(QuestionSettings.objects.filter(project__in=ids).values_list("project", "values"))
    return {pk: _kept(pk, own.get(pk)) for pk in ids}


def _kept(project, values):
    """What was kept under other rules than today's must not hold up everybody's questions."""
    try:
        return overlay(DEFAULTS, values) if values else DEFAULTS
    except ValidationError as error:
        logger.error("settings of questions of project %s do not fit any more: %s", project, error)
        return DEFAULTS


def overlay(defaults, values):
    """`defaults` with `values` ({group: {name: value}} as JSON holds them) in their place.

    Raises ValidationError({"group.name": words}) about every value that does not fit.
    """
    parsed, wrong = {}, {}
    for group, names in values.items():
        for name, value in names.items():
            try:
                parsed.setdefault(group, {})[name] = _reader(group, name)(value)
            except ValidationError as error:
                wrong[f"{group}.{name}"] = error
    if wrong:
        raise ValidationError(wrong)
    made = replace(defaults, **{group: replace(getattr(defaults, group), **found) for group, found in parsed.items()})
    _check_together(made)
    return made


def _reader(group, name):
    try:
        return SETTABLE[group][name]
    except KeyError:
        raise ValidationError(_("There is no such setting.")) from None


def _check_together(made):
    wrong, waves, quiet = {}, made.waves, made.quiet
    if not waves.f2_close <= waves.snooze_max:
        wrong["waves.snooze_max"] = _("Not less than the days after which the first question closes.")
    if len(made.reminders.after_days) < made.reminders.max:
        wrong["reminders.after_days"] = _("A day for each reminder is missing.")
    if not quiet.to <= quiet.send < quiet.from_:
        wrong["quiet.send"] = _("Within the hours in which mails go out.")
    if wrong:
        raise ValidationError(wrong)


# What a value can be


def _whole(least, most):
    def read(value):
        if type(value) is not int or not least <= value <= most:
            raise ValidationError(_("A whole number from %(least)s to %(most)s.") % {"least": least, "most": most})
        return value

    return read


def _days(value):
    """Days after the first mail, each later than the one before."""
    is_list = isinstance(value, (list, tuple)) and all(type(day) is int and 2 <= day <= 30 for day in value)
    if not is_list or sorted(set(value)) != list(value):
        raise ValidationError(_("Days from 2 to 30, each later than the one before."))
    return tuple(value)


def _hour(earliest, latest):
    def read(value):
        try:
            time = datetime.time.fromisoformat(value)
        except (TypeError, ValueError):
            time = None
        if time is None or time.tzinfo or not earliest <= time <= latest:
            raise ValidationError(_("A time from %(earliest)s to %(latest)s.") % {"earliest": f"{earliest:%H:%M}", "latest": f"{latest:%H:%M}"})
        return time

    return read


def _some_of(names, *, least, as_=None):
    def read(value):
        if not isinstance(value, (list, tuple)) or len(value) < least or any(name not in names for name in value):
            raise ValidationError(_("Some of: %(names)s.") % {"names": ", ".join(names)})
        return frozenset(names.index(name) if as_ is int else name for name in value)

    return read


SETTABLE = {
    "waves": {
        "f2_close": _whole(7, MOST_DAYS_OPEN),
        "w2": _whole(7, 45),
        "m3": _whole(60, 150),
        "m12": _whole(300, 450),
        "end_weeks_before": _whole(2, 26),
        "close": _whole(14, 45),
        "snooze_max": _whole(7, 45),
    },
    "reminders": {"max": _whole(0, DEFAULTS.reminders.max), "after_days": _days},
    "load": {
        "mails_per_7d": _whole(1, DEFAULTS.load.mails_per_7d),
        "open_prompts": _whole(1, DEFAULTS.load.open_prompts),
        "things_f3": _whole(1, DEFAULTS.load.things_f3),
        "things_f4": _whole(1, DEFAULTS.load.things_f4),
    },
    "quiet": {
        "from_": _hour(datetime.time(12), DEFAULTS.quiet.from_),
        "to": _hour(DEFAULTS.quiet.to, datetime.time(12)),
        "send": _hour(DEFAULTS.quiet.to, DEFAULTS.quiet.from_),
        "weekdays": _some_of(WEEKDAYS, least=1, as_=int),
        "season_shift": _some_of(SEASONAL, least=0),
    },
    "attendance": {"ask_days_before": _whole(1, MOST_DAYS_BEFORE)},
}
