"""Queries whose SQL is written once in each process, and planned once on each connection. For a query that every page asks, Django takes longer to
write it, and PostgreSQL to plan it, than it takes to answer."""

from contextlib import nullcontext
from functools import cache, wraps
from operator import itemgetter

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import Expression
from django.db.models.query import FlatValuesListIterable


def written_once(build):
    """`build` makes a queryset of some values; this makes it a function that gives the list of its rows.

    `build` sees the values only as expressions, so what it does cannot depend on them. None of them may be None; keys are among several as
    `partner__pk__in=partners`.
    """
    written = cache(lambda count: Written(build(*map(Given, range(count)))))

    @wraps(build)
    def rows(*values):
        try:
            return written(len(values)).rows(values)
        except EmptyResultSet:  # one of nothing: there is no SQL for that
            return []

    rows.queryset, rows.written = build, written
    return rows


def at_once(*asked):
    """The rows of each of `asked`, (query, value, …), none of them of nothing: by one message to PostgreSQL, for the way there and back is half
    of what a small query takes. Each sees what those before it have waited for."""
    parts = [(query.written(len(values)), values) for query, *values in asked]
    connection = connections[parts[0][0].db]
    connection.ensure_connection()
    message = "; ".join(part.sql for part, _values in parts)
    with connection.wrap_database_errors, told(connection, message), connection.connection.pipeline():
        cursors = [part.asked(connection, values) for part, values in parts]
    return [part.made(cursor) for (part, _values), cursor in zip(parts, cursors, strict=True)]


def told(connection, sql):
    """One message among `connection.queries`, where they are counted."""
    return connection.make_debug_cursor(None).debug_sql(sql) if connection.queries_logged else nullcontext()


class Given(Expression):
    """Stands in a query for the value at `position`."""

    def __init__(self, position):
        super().__init__()
        self.position = position

    def as_sql(self, compiler, connection):
        return "%s", (self,)


class Written:
    """A queryset of models, with what `select_related` and `annotate` add, or of values; its SQL, and how a row of it is read."""

    def __init__(self, queryset):
        self.db, self.compiler = queryset.db, queryset.query.get_compiler(using=queryset.db)
        self.sql, self.params = self.compiler.as_sql()
        self.converters = self.compiler.get_converters([column for column, *_name in self.compiler.select])
        if queryset._fields is None:
            self.read = self.with_annotations(self.reader(self.compiler.klass_info))
        else:
            self.read = itemgetter(0) if queryset._iterable_class is FlatValuesListIterable else tuple

    def rows(self, values):
        connection = connections[self.db]
        connection.ensure_connection()
        with told(connection, self.sql):
            cursor = self.asked(connection, values)
        return self.made(cursor)

    def asked(self, connection, values):
        """A cursor whose values go beside the SQL: only so PostgreSQL can keep its plan (`prepare_threshold` in the settings)."""
        cursor = connection.make_cursor(ServerBindingCursor(connection.connection))
        cursor.execute(self.sql, [values[param.position] if isinstance(param, Given) else param for param in self.params])
        return cursor

    def made(self, cursor):
        with cursor:
            found = cursor.fetchall()
        if self.converters:
            found = self.compiler.apply_converters(found, self.converters)
        return list(map(self.read, found))

    def with_annotations(self, read):
        places = self.compiler.annotation_col_map
        if not places:
            return read

        def read_all(row):
            made = read(row)
            for name, place in places.items():
                setattr(made, name, row[place])
            return made

        return read_all

    def reader(self, info):
        """Makes an object of a row, and those it is related to; None where the row holds none."""
        first, last = info["select_fields"][0], info["select_fields"][-1] + 1
        names = [column.target.attname for column, *_name in self.compiler.select[first:last]]
        model, key = info["model"], first + names.index(info["model"]._meta.pk.attname)
        related = [(of["local_setter"], self.reader(of)) for of in info.get("related_klass_infos", ())]

        def read(row):
            if row[key] is None:
                return None
            made = model.from_db(self.db, names, row[first:last])
            for put, read_related in related:
                put(made, read_related(row))
            return made

        return read
