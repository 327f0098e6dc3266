"""An author who may note, signed in."""

import pytest

from tests.learning import circle as circles


@pytest.fixture
def circle(db):
    made = circles.build()
    circles.accept(made.author)
    return made


@pytest.fixture
def author(circle, client):
    client.force_login(circle.author)
    return circle.author
