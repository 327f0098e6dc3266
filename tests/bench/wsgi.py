"""The site as gunicorn serves it, with one page more, and with each answer saying what it took: time, processor time, queries."""

import time

from django.conf import settings
from django.db import connection

from iimprove.wsgi import application as site

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
