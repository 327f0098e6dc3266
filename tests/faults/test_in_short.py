"""The short forms of `make faults`: the same experiments with few mails, on one site."""

import os

import pytest
from django.conf import settings

from tests.faults.experiments.changes import changed
from tests.faults.experiments.drains import drained, in_flight
from tests.faults.experiments.invitations import invited
from tests.faults.experiments.notes import noted
from tests.faults.experiments.replies import answered
from tests.faults.rig import site

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults in short")]  # all on the one site


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    os.environ["STATIC_ROOT"] = str(settings.STATIC_ROOT)
    with site(tmp_path_factory.mktemp("var"), web=True, batch=50, env={"WEB_WORKERS": "1"}) as place:
        yield place
    del os.environ["STATIC_ROOT"]


@pytest.fixture(autouse=True)
def untroubled(running):
    running.faults.clear()


def test_questions_are_neither_lost_nor_sent_twice_whatever_is_killed(running):
    tally = drained(running, "short", 60, ["worker", "valkey", "FLUSHALL"], allowed=in_flight, patience=1)

    assert (tally.n, tally.broken) == (60, [])


def test_invitations_all_arrive_whatever_is_killed(running):
    tally = invited(running, 40, faults=4)

    assert (tally.n, tally.broken) == (40, [])


def test_whatever_the_mail_server_answers_each_mail_ends_as_it_should(running):
    assert answered(running, 2, slow=0, moods=["away"]).broken == []


def test_who_stopped_or_left_meanwhile_gets_no_mail(running):
    assert changed(running, 20).broken == []


def test_notes_that_were_acknowledged_are_there_once_whatever_is_killed(running):
    tally = noted(running, 20, clients=5, kills=["web"])

    assert (tally.n, tally.broken) == (20, [])
