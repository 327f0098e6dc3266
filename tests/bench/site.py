"""A site of its own: PostgreSQL and Valkey as in local mode, durable, and gunicorn as in operation. Nothing else runs, nothing stays."""

import os
import shutil
from contextlib import contextmanager
from urllib.parse import quote

from django.db import connections

from iimprove import embedded, runner
from iimprove.embedded import postgres
from tests.faults.rig import WITHOUT, _free_port


@contextmanager
def services(var):
    """In the folder `var`, which is emptied before and removed afterwards; the environment then names them."""
    for name in WITHOUT:
        os.environ.pop(name, None)
    if embedded.is_in_use(var):
        raise SystemExit(f"Another measurement is using {var}; set VAR to another folder.")
    _remove(var)
    embedded.folder.make(var)
    os.environ |= {
        "LOCAL": "1",
        "VAR": str(var),
        "STATIC_ROOT": os.environ.get("STATIC_ROOT") or str(var.parent / "static"),
        "DJANGO_SETTINGS_MODULE": "iimprove.settings",
        "SECRET_KEY": "for measuring alone, and long enough that nothing complains about it",
        "LOG_LEVEL": "ERROR",
    }
    try:
        with embedded.services(var) as running:
            yield {child.name: child for child in running}
    finally:
        _remove(var)


@contextmanager
def web(var, database):
    """(gunicorn, with as many workers and threads as in operation; its port)."""
    port = _free_port()
    child = runner.children(var, port)[0]
    child.argv[-1] = "tests.bench.wsgi"
    child.env |= {"PORT": str(port), "DATABASE_URL": _url(database)}
    child.start().wait_until_ready()
    try:
        yield child, port
    finally:
        child.stop()


def copied(database):
    """The database as it is now once more, under this name; what comes later goes on in the first."""
    default = connections["default"]
    default.close()
    with default._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {database} TEMPLATE {default.settings_dict['NAME']}")
    connections.databases[database] = {**connections.databases["default"], "NAME": database}


def _url(database):
    at = connections.databases[database]
    return f"postgresql://{at['USER']}:{quote(at['PASSWORD'], safe='')}@{at['HOST']}:{at['PORT']}/{at['NAME']}"


def _remove(var):
    postgres.remove(var)
    shutil.rmtree(var, ignore_errors=True)
