"""What a project's settings would send out, before they are saved."""

from learning import planner
from learning.defaults import DEFAULTS
from learning.facts import read_upcoming
from learning.own_defaults import overlay


def preview(project, values, now):
    """[(day, how many mails)] if nobody answered: the most it can be. Raises ValidationError where `values` do not fit."""
    return planner.preview(read_upcoming(project, now, overlay(DEFAULTS, values)), now)
