"""The site as gunicorn serves it, with one page more, and with each answer saying what it took: time, processor time, queries."""

import sys
import time
from importlib import import_module

from django.conf import settings
from django.db import connection

OF_THE_TESTS = ("numpy", "PIL")  # other libraries use them where they find them


class NotInOperation:
    """Finds no library that only the tests bring along: a web process has none of them in its memory."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name in OF_THE_TESTS:
            raise ModuleNotFoundError(name=name)


sys.meta_path.insert(0, NotInOperation)
site = import_module("iimprove.wsgi").application
settings.ROOT_URLCONF = "tests.bench.urls"


def application(environ, start_response):
    queries = []
    began, used = time.perf_counter(), time.thread_time()

    def count(execute, sql, *rest):
        queries.append(sql)
        return execute(sql, *rest)

    def start(status, headers, *rest):
        took = f"{(time.perf_counter() - began) * 1000:.2f} {(time.thread_time() - used) * 1000:.2f} {len(queries)}"
        return start_response(status, [*headers, ("X-Took", took)], *rest)

    with connection.execute_wrapper(count):
        return site(environ, start)
