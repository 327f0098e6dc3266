"""Figures that were found once, for as long as nothing changed that they count. docs/adr/0011-figures-kept-in-memory.md"""

import hashlib
from threading import Lock

from django.core.cache import caches
from django.utils import timezone

QUARTER = 900  # seconds: so old a figure may be that depends on the clock alone
FINDING = Lock()


def unchanged(*about, find):
    """What `find()` gives: found anew for anything else in `about`, and when a quarter of an hour begins.

    `about` must name all that the figures depend on: the marks of the project (ChangeMark) as they were before anything was read, so that what
    is found may be newer than its marks but never older; and, of what differs from reader to reader, who reads and by what right.
    A process finds one thing at a time: who asks for the same waits for it, and the memory of a large count is never needed twice.
    """
    said = repr((timezone.now().timestamp() // QUARTER, *about))
    key, near = hashlib.sha256(said.encode()).hexdigest(), caches["near"]
    if (found := near.get(key)) is not None:
        return found
    with FINDING:
        return near.get_or_set(key, find)
