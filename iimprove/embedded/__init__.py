"""The private PostgreSQL, Valkey and SMTP server of local mode, for one data folder (VAR).

Settings ask here for addresses, which starts nothing. `services(VAR)` starts what the environment does not name, and stops
it again. No Django in here: this runs before the settings can be read.
"""

import os
from contextlib import contextmanager

from iimprove.embedded import postgres, smtp, valkey
from iimprove.embedded.folder import InUse, Trouble, is_in_use, lock, make, version_check
from iimprove.embedded.processes import end_strays

__all__ = ["InUse", "Trouble", "database_url", "email_url", "is_in_use", "redis_url", "services"]

database_url = postgres.url
redis_url = valkey.url
email_url = smtp.url


@contextmanager
def services(var, *, durable=True):
    """Run the services whose address is not set in the environment; yields them as children to watch over.

    Holds the folder's lock, so that two sites never share it, and clears up what a killed run left behind.
    `durable=False` is for tests: PostgreSQL then does not wait for the disk.
    """
    make(var)
    with lock(var):
        version_check(var)
        postgres.end_stray(var)
        end_strays(var)
        children = []
        try:
            if not os.environ.get("EMAIL_URL"):
                children.append(smtp.start(var))
            if not os.environ.get("REDIS_URL"):
                children.append(valkey.start(var))
            if not os.environ.get("DATABASE_URL"):
                children.append(postgres.start(var, durable=durable))
            for child in children:
                child.wait_until_ready()
            yield children
        finally:
            for child in reversed(children):
                child.stop()
