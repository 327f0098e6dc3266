"""Rows into tables by COPY: many times as fast as INSERT. Constraints and triggers of the database hold; foreign keys are checked once, at the end."""

from contextlib import contextmanager

from django.db import connection

FOREIGN_KEYS = (
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(%s::regclass[])"
)

NOTHING = r"\N"


class Copying:
    """Rows of `model` whose `columns` differ from row to row; the others hold their field's default. `flush` writes them.

    No value may hold a tab, a line break or a backslash: what is filled in is invented, and invented without them.
    """

    def __init__(self, model, columns):
        columns = columns.split()
        same = [field for field in model._meta.concrete_fields if field.attname not in columns and not (field.generated or field.primary_key)]
        names = ", ".join(connection.ops.quote_name(column) for column in [*columns, *(field.column for field in same)])
        self._sql = f"COPY {connection.ops.quote_name(model._meta.db_table)} ({names}) FROM STDIN"
        self._rest = "".join(f"\t{_text(_default(field))}" for field in same) + "\n"
        self._lines = []

    def add(self, *values):
        self._lines.append("\t".join([NOTHING if value is None else str(value) for value in values]) + self._rest)

    def __len__(self):
        """How many rows wait to be written."""
        return len(self._lines)

    def flush(self):
        with connection.cursor() as cursor, cursor.copy(self._sql) as copy:
            copy.write("".join(self._lines))
        self._lines.clear()


@contextmanager
def foreign_keys_at_the_end(models):
    """Those of these tables, all rows at once instead of one by one. Within a transaction: if it fails, nothing has changed."""
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else no table could be altered in the same transaction
        cursor.execute(FOREIGN_KEYS, [tables])
        keys = [(table, connection.ops.quote_name(name), definition) for table, name, definition in cursor.fetchall()]
        for table, name, _definition in keys:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        yield
        for table, name, definition in keys:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


def array(values):
    """As PostgreSQL writes a list of plain words."""
    return "{" + ",".join(values) + "}"


def _default(field):
    """What a row has that says nothing of it; of a field that is set when a row is made, now."""
    return field.pre_save(field.model(), add=True)


def _text(value):
    if isinstance(value, list):
        return array(value)
    return NOTHING if value is None else "{}" if value == {} else str(value)
