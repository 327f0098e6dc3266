"""Two requests at the same moment: each in a thread of its own, with a database connection of its own."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection, transaction
from django.test import Client


def post_at_once(person, *posts):
    """The answers to `posts`, (address, data) each, that `person` sends at the same moment from as many tabs."""
    together = Barrier(len(posts))

    def send(address, data):
        client = Client()
        client.force_login(person)
        together.wait()
        try:
            return client.post(address, data)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(posts)) as pool:
        return list(pool.map(send, *zip(*posts, strict=True)))


def in_between(change, act, *, hold=None):
    """What `act()` gives, or the exception it raises, when `change()` was begun before it and is done only once `act` waits, or is over.

    With `hold()` that is begun before it, and `change()` is made once `act` waits.
    """
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            (hold or change)()
            answer = pool.submit(_alone, act)
            while not answer.done() and not _is_waited_for():
                time.sleep(0.01)
            if hold:
                change()
        return answer.exception(timeout=20) or answer.result()


def _alone(act):
    try:
        return act()
    finally:
        connection.close()


def _is_waited_for():
    """Does another connection wait for what this one holds?"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))")
        return cursor.fetchone()[0]
