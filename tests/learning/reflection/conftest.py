"""Somebody who may note, and an educator."""

import pytest

from tests.learning import circle


@pytest.fixture
def around():
    around = circle.build()
    circle.accept(around.author, around.people["educator"])
    return around
