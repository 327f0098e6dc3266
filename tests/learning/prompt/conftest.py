"""Somebody who was at the founding week."""

import datetime

import pytest

from tests.factories import AttendanceFactory
from tests.learning import circle


@pytest.fixture
def around():
    around = circle.build()
    around.activity.starts_on, around.activity.ends_on = datetime.date(2019, 8, 18), datetime.date(2019, 8, 22)
    around.activity.code, around.activity.time_zone = "TM2", "Europe/Stockholm"
    around.activity.save()
    AttendanceFactory(person=around.author, activity=around.activity, partner=around.home)
    type(around.author).objects.update(time_zone="Europe/Stockholm")
    around.author.refresh_from_db()
    circle.accept(around.author)
    return around
