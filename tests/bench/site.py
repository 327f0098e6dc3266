"""A site of its own: PostgreSQL and Valkey as in local mode, durable, and gunicorn as in operation. Nothing else runs, nothing stays."""

import os
import shutil
from contextlib import contextmanager

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
        "PORT": str(_free_port()),
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
def web(var):
    """gunicorn, with as many workers and threads as in operation."""
    port = int(os.environ["PORT"])
    child = runner.children(var, port)[0]
    child.argv[-1] = "tests.bench.wsgi"
    child.start().wait_until_ready()
    try:
        yield child
    finally:
        child.stop()


def _remove(var):
    postgres.remove(var)
    shutil.rmtree(var, ignore_errors=True)
