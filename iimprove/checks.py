"""What `migrate` asks of the database before it begins."""

from django.core.checks import Error, Tags, register
from django.db import connections
from django.db.migrations.loader import MigrationLoader

TOO_OLD = (
    "The database comes from a trial version of I_Improve whose steps this one no longer knows; it stays as it is. "
    "Bring it up to date with commit 7e7a9b3, then with this one; or start with another data folder: make run VAR=var-2"
)


@register(Tags.database)
def no_half_taken_steps(databases=None, **kwargs):
    return [Error(TOO_OLD, id="iimprove.E001") for alias in databases or () if is_half_taken(MigrationLoader(connections[alias]))]


def is_half_taken(loader):
    """Whether some, but not all, of the migrations that one replaces were applied: Django drops that one without a word."""
    return bool(loader.replacements.keys() - loader.graph.nodes.keys())
