"""Figures that were found once, for as long as nothing changed that they count. docs/adr/0011-figures-kept-in-memory.md"""

import hashlib

from django.core.cache import caches
from django.utils import timezone

QUARTER = 900  # seconds: so old a figure may be that depends on the clock alone


def unchanged(*about, find):
    """What `find()` gives: found anew for anything else in `about`, and when a quarter of an hour begins.

    `about` must name all that the figures depend on: the marks of the project (ChangeMark) as they were before anything was read, so that what
    is found may be newer than its marks but never older; and, of what differs from reader to reader, who reads and by what right.
    """
    said = repr((timezone.now().timestamp() // QUARTER, *about))
    return caches["near"].get_or_set(hashlib.sha256(said.encode()).hexdigest(), find)
