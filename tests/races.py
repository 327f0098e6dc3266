"""Two requests at the same moment: each in a thread of its own, with a database connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection
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
