"""Somebody who was at a visit, and one thing they took with them."""

import pytest

from tests.factories import AttendanceFactory
from tests.learning import circle


@pytest.fixture
def around():
    around = circle.build()
    AttendanceFactory(person=around.author, activity=around.activity, partner=around.home)
    circle.accept(around.author)
    return around


@pytest.fixture
def keys(around):
    return around.takeaway(title="Neighbours hold the keys")
