"""R8: how long it takes until the next mail goes, with the lease and the tick of operation."""

import time

import psycopg
import redis

from tests.faults.experiments.experiment import Watch, addresses, all_arrive, experiment
from tests.faults.rig import wait_until
from tests.faults.tally import of_mails

LEASE, TICK, PLAN_TICK, RETURN = 60, 10, 10, 15  # seconds
MARGIN = 5  # for a batch of mails before the last row


@experiment("R8", n=400, small=100, lease=LEASE, tick=TICK, plan_tick=PLAN_TICK, batch=50)
def recovery(place, n):
    watch, expected, broken = Watch(), [], []
    longest = {"worker": 0.0, "postgres": 0.0, "valkey": 0.0}
    for turn in range(2):
        for name, measure, limit in (("worker", _leased, LEASE + TICK + MARGIN), ("postgres", _returned, RETURN), ("valkey", _looked_at, RETURN)):
            word = f"{name}{turn}"
            expected += addresses(word, n)
            place.scene("visited", f"{word}={n}")
            wait_until(lambda word=word: any(arrival.to.startswith(f"{word}-") for arrival in place.arrived()), 60)
            longest[name] = max(longest[name], measure(place, name))
            all_arrive(place, expected, 120)
            if longest[name] > limit:
                broken.append(f"{longest[name]:.0f} s after {name}")
    remark = ", ".join(f"{seconds:.1f} s after {name}" for name, seconds in longest.items())
    tally = of_mails("R8", expected, place, watch.seconds, allowed=2 * (place.faults["worker"] + place.faults["postgres"]), remark=remark)
    tally.broken += broken
    return tally


def _leased(place, name):
    """Seconds from the kill until everything the dead worker had in hand has been sent."""
    in_hand = {f"<{pk}@localhost>" for (pk,) in place.rows("SELECT id FROM iimprove_mail WHERE state = 'leased'")}
    place.kill(name)
    watch = Watch()
    wait_until(lambda: in_hand <= {arrival.message_id for arrival in place.arrived()}, LEASE + TICK + 30)
    return watch.seconds


def _returned(place, name):
    """Seconds from its return until the next mail."""
    place.kill(name)
    time.sleep(0.5)
    wait_until(lambda: _database_answers(place), 60)
    watch, before = Watch(), len(place.arrived())
    wait_until(lambda: len(place.arrived()) > before, 60)
    return watch.seconds


def _looked_at(place, name):
    """Seconds from the broker's return until a worker looks at the outbox again: what it had in hand leaves without a broker."""
    place.kill(name)
    time.sleep(0.5)
    wait_until(lambda: _broker_answers(place), 60)
    watch, before = Watch(), _last_look(place)
    wait_until(lambda: _last_look(place) != before, 60)
    return watch.seconds


def _last_look(place):
    return place.number("SELECT at FROM iimprove_heartbeat WHERE name = 'drain'")


def _broker_answers(place):
    try:
        return redis.from_url(place.env["REDIS_URL"], socket_timeout=2).ping()
    except redis.RedisError:
        return False


def _database_answers(place):
    try:
        psycopg.connect(place.env["DATABASE_URL"], connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True
